/* Connections to PostgreSQL of one kind: opened when needed, taken by one thread at a time, replaced when stale. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract.h"
#include "db.h"

struct config;
struct pg_conn;

enum { POOL_MAX_PREPARED = 2048 }; /* slots; operations × roles stay far below */

/* A statement is prepared once on a connection and, where connections change role, once for each role. */
struct prepared {
	const struct statement *statement;
	const char *role;
};

struct connection {
	struct pg_conn *pg;
	int64_t opened_us;
	bool unsure; /* a commit came without the standby that it waited for */
	struct prepared prepared[POOL_MAX_PREPARED];
};

/* A connection is in idle[], or with the thread that took it; open counts both. */
struct pool {
	const struct config *config;
	const char *role; /* NULL: writes; the role is set in each transaction */
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct connection **idle;
	size_t n_idle, open, size;
	int64_t down_until_us; /* a failed connect keeps others from trying at once */
};

void pool_open(struct pool *pool, const struct config *config, const char *role, long size);
void pool_close(struct pool *pool);

/* A live connection, to be given back; NULL with DB_OVERLOADED (none came in time) or DB_UNAVAILABLE. */
struct connection *pool_take(struct pool *pool, enum db_outcome *reterr_outcome);

/* NULL gives back the right to one that was discarded. */
void pool_give_back(struct pool *pool, struct connection *connection);
void pool_discard(struct connection *connection);
