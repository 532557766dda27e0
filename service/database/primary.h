/* The primary, as far as this instance knows. PostgreSQL counts promotions in timelines, each
 * cluster for itself. A replaced primary may not know it yet, and its replies may be old. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

struct primary {
	pthread_mutex_t lock;
	atomic_uint generation; /* of the current primary: counts those that were found */
	atomic_uint first; /* the host in DATABASE_URL where the next search begins */
	char cluster[32];
	char timeline[16]; /* eight hexadecimal digits, so a later one is greater */
};

void primary_open(struct primary *primary);
void primary_close(struct primary *primary);

/* The generation of a server with this cluster and timeline. Another cluster, or a later timeline,
 * begins a new generation; an earlier timeline has an old one. */
unsigned primary_generation_of(struct primary *primary, const char *cluster, const char *timeline);
