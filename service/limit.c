#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "exchange.h"
#include "limit.h"
#include "service.h"

enum { N_SLOTS = 16384, N_PROBES = 8 };

struct slot {
	uint64_t
	    key; /* hash of limit and caller; a collision shares a bucket, which only makes it stricter */
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

/* FNV-1a, 64 bit. */
static uint64_t hash(const char *name, const char *caller)
{
	uint64_t value = 14695981039346656037ULL;
	const char *const parts[] = {name, "/", caller};

	for (size_t i = 0; i < 3; i++)
		for (const char *c = parts[i]; *c; c++)
			value = (value ^ (unsigned char)*c) * 1099511628211ULL;
	return value | 1;
}

/* The caller's slot, or the longest unseen one of its neighbours, emptied. */
static struct slot *find(struct limiter *limiter, uint64_t key)
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

/* Tokens left after taking one, or below zero: by how much one is missing. */
static double take(struct limiter *limiter, uint64_t key, long per_minute)
{
	int64_t now = service_clock_us();

	pthread_mutex_lock(&limiter->lock);
	struct slot *slot = find(limiter, key);
	double tokens =
	    slot->seen_us ? slot->tokens + (double)(now - slot->seen_us) * (double)per_minute / 60e6
			  : (double)per_minute;
	if (tokens > (double)per_minute)
		tokens = (double)per_minute;
	tokens -= 1;
	slot->tokens = tokens < 0 ? tokens + 1 : tokens;
	slot->seen_us = now;
	pthread_mutex_unlock(&limiter->lock);
	return tokens;
}

int limit_check(struct exchange *ex, const char *name, const char *caller, long per_minute)
{
	if (!per_minute)
		return 0;
	double left = take(ex->service->limiter, hash(name, caller), per_minute);
	long seconds = (long)ceil((left < 0 ? -left : 1) * 60 / (double)per_minute);
	exchange_header(ex, "RateLimit-Policy",
	    arena_printf(&ex->arena, "\"%s\";q=%ld;w=60", name, per_minute));
	exchange_header(ex, "RateLimit",
	    arena_printf(&ex->arena, "\"%s\";r=%ld;t=%ld", name, left < 0 ? 0 : (long)left,
		seconds));
	if (left >= 0)
		return 0;
	exchange_header(ex, "Retry-After", arena_printf(&ex->arena, "%ld", seconds));
	return problem(ex, PROBLEM_RATE_LIMITED, NULL);
}
