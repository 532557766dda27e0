/* What all exchanges share. main makes it and passes it down. */
#pragma once

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "operating/config.h"

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
	struct keyring *keyring; /* use keyring_hold() */
	struct db *db;
	struct metrics *metrics;
	struct limiter *limiter;
	struct patterns *patterns;
	sem_t hashes; /* how many argon2 hashes may start now */
	atomic_bool draining;
	atomic_int in_flight;
};
