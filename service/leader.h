/* Who leads, as far as this instance knows: PostgreSQL counts promotions in timelines, and each cluster its own. A server in whose place
 * another was promoted may not know it yet, and what it tells may be old. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

struct leader {
	pthread_mutex_t lock;
	atomic_uint reign; /* the present one */
	atomic_uint first; /* of the hosts in DATABASE_URL: where the search begins */
	char cluster[32];
	char timeline[16]; /* hexadecimal, in eight digits: what is later is greater */
};

void leader_open(struct leader *leader);
void leader_close(struct leader *leader);

/* The reign of a server that says this of itself. The first one of another cluster, or of a later timeline, begins the next; one of an
 * earlier timeline is of a reign that is over. */
unsigned leader_reign_of(struct leader *leader, const char *cluster, const char *timeline);
