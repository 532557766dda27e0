/* A queue with a deadline before a few connections of one role. Callers take turns in it. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "database/connection.h"
#include "database/turns.h"

struct config;
struct db_call;
struct db_reply;
struct primary;
struct waiter;

struct lane_kind {
	const char *name;
	size_t size; /* connections */
	size_t depth; /* limit of calls under one sync */
	const char *plans; /* plan_cache_mode */
};

/* A connection is in idle[] or with a runner; open counts both. While one is idle, the queue is
 * empty. */
struct lane {
	const struct config *config;
	struct primary *primary;
	struct lane_kind kind;
	const char *role; /* NULL: writes; the role is set in each transaction */
	pthread_mutex_t lock;
	struct connection **idle;
	size_t n_idle, open;
	struct waiter *first, *last; /* in the queue, in the order in which they are due */
	struct turns turns;
	int64_t down_until_us; /* no attempt to connect before this, after a failure */
	_Atomic(enum connection_failure) failure; /* of the last search */
	atomic_llong since_us; /* older connections are closed */
	atomic_ulong waiting, calls, batches, refused; /* now in the queue; since the start */
};

void lane_open(struct lane *lane, const struct config *config, struct primary *primary,
    const char *role, struct lane_kind kind);
void lane_close(struct lane *lane);

/* Runs a call, maybe together with others that wait. DB_OVERLOADED if it waited too long.
 * Blocks. */
void lane_run(struct lane *lane, const struct db_call *call, struct db_reply *ret_reply);
