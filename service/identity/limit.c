#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/encoding.h"
#include "identity/limit.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { N_SLOTS = 16384, N_PROBES = 8 };

struct slot {
	uint64_t key; /* hash of limit and caller; on a collision two callers share a bucket */
	double tokens;
	int64_t seen_us;
};

struct limiter {
	pthread_mutex_t lock;
	struct slot slots[N_SLOTS];
};

struct limiter *limiter_open(void)
{
	struct limiter *limiter = arena_calloc(1, sizeof(*limiter));
	pthread_mutex_init(&limiter->lock, NULL);
	return limiter;
}

void limiter_close(struct limiter *limiter)
{
	if (!limiter)
		return;
	pthread_mutex_destroy(&limiter->lock);
	free(limiter);
}

/* The caller's slot. A new caller gets the least recently seen slot among its neighbours,
 * emptied. */
static struct slot *slot_for(struct limiter *limiter, uint64_t key)
{
	struct slot *oldest = NULL;

	for (uint64_t i = 0; i < N_PROBES; i++) {
		struct slot *slot = &limiter->slots[(key + i) % N_SLOTS];

		if (slot->key == key)
			return slot;
		if (!oldest || slot->seen_us < oldest->seen_us)
			oldest = slot;
	}
	*oldest = (struct slot){.key = key};
	return oldest;
}

/* Takes tokens and returns the rest. A negative result is the number of missing tokens. In that
 * case it takes none, unless the caller may owe them. */
static double take(struct limiter *limiter, uint64_t key, long per_minute, double tokens,
    bool may_owe)
{
	double most = (double)per_minute, least = may_owe ? -most : 0;
	int64_t now = clock_us();

	pthread_mutex_lock(&limiter->lock);
	struct slot *slot = slot_for(limiter, key);
	double held =
	    slot->seen_us ? slot->tokens + (double)(now - slot->seen_us) * most / 60e6 : most;
	if (held > most)
		held = most;
	double left = held - tokens;
	if (left >= least)
		held = left;
	else if (may_owe)
		held = least;
	slot->tokens = held;
	slot->seen_us = now;
	pthread_mutex_unlock(&limiter->lock);
	return may_owe ? held : left;
}

static long seconds_until(double tokens, long per_minute)
{
	return (long)ceil(tokens * 60 / (double)per_minute);
}

static void show_limit(struct exchange *ex, const char *name, long per_minute, double left)
{
	exchange_header(ex, "RateLimit",
	    arena_printf(&ex->arena, "\"%s\";r=%ld;t=%ld", name, left < 0 ? 0 : (long)left,
		seconds_until(left < 0 ? -left : 1, per_minute)));
}

static uint64_t bucket_of(const char *name, const char *caller)
{
	return encoding_hash(encoding_hash(encoding_hash(0, name), "/"), caller);
}

int limit_check(struct exchange *ex, const char *name, const char *caller, long per_minute)
{
	if (!per_minute)
		return 0;
	double left = take(ex->service->limiter, bucket_of(name, caller), per_minute, 1, false);
	exchange_header(ex, "RateLimit-Policy",
	    arena_printf(&ex->arena, "\"%s\";q=%ld;w=60", name, per_minute));
	show_limit(ex, name, per_minute, left);
	if (left >= 0)
		return 0;
	exchange_header(ex, "Retry-After",
	    arena_printf(&ex->arena, "%ld", seconds_until(-left, per_minute)));
	return problem(ex, PROBLEM_RATE_LIMITED, NULL);
}

void limit_charge(struct exchange *ex)
{
	int64_t worked_us = clock_us() - ex->started_us - ex->waited_us;
	long per_minute = ex->service->config.rate_limit;
	long more = (long)(worked_us / LIMIT_REQUEST_US);
	bool counted = ex->pays_by_time && ex->problem != PROBLEM_RATE_LIMITED;

	if (!per_minute || !counted || more <= 0)
		return;
	show_limit(ex, "default", per_minute,
	    take(ex->service->limiter, bucket_of("default", ex->caller), per_minute, (double)more,
		true));
}
