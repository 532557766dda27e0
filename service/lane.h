/* Where calls of one kind wait: a queue with a deadline before a few connections of one role. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "connection.h"

struct config;
struct db_call;
struct db_reply;
struct leader;
struct work;

struct lane_kind {
	const char *name;
	size_t size; /* connections */
	size_t depth; /* calls under one sync, at most */
	const char *plans; /* plan_cache_mode */
};

/* A connection is in idle[], or with the thread that leads a batch; open counts both. While one is idle nobody waits. */
struct lane {
	const struct config *config;
	struct leader *leader;
	struct lane_kind kind;
	const char *role; /* NULL: writes; the role is set in each transaction */
	pthread_mutex_t lock;
	struct connection **idle;
	size_t n_idle, open;
	struct work *first, *last; /* in the queue */
	int64_t down_until_us; /* a failed connect keeps others from trying at once */
	_Atomic(enum connection_failure) failure; /* of the last search */
	atomic_llong since_us; /* connections that are older are of no more use */
	atomic_ulong waiting, calls, batches, refused; /* now in the queue; since the start */
};

void lane_open(struct lane *lane, const struct config *config, struct leader *leader,
    const char *role, struct lane_kind kind);
void lane_close(struct lane *lane);

/* Runs one call, together with others that wait; DB_OVERLOADED when its turn did not come in time. Blocks. */
void lane_run(struct lane *lane, const struct db_call *call, struct db_reply *ret_reply);
