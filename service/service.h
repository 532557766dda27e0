/* What all exchanges share; made in main, passed down. */
#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>

#include "config.h"

struct db;
struct keyring;
struct limiter;
struct log;
struct metrics;
struct patterns;

struct service {
	struct config config;
	struct log *log;
	pthread_mutex_t keyring_lock;
	struct keyring *keyring; /* through keyring_hold() only */
	struct db *db;
	struct metrics *metrics;
	struct limiter *limiter;
	struct patterns *patterns;
	sem_t hashes; /* argon2 hashes that may run at once */
	atomic_bool draining;
	atomic_int in_flight;
};

/* Microseconds of a clock that never steps. */
int64_t service_clock_us(void);
