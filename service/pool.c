#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libpq-fe.h>

#include "arena.h"
#include "config.h"
#include "pool.h"
#include "service.h"

enum { MAX_AGE_SECONDS = 1800, BACKOFF_MS = 200 };

void pool_discard(struct connection *connection)
{
	PQfinish(connection->pg);
	free(connection);
}

/* A cancelled wait for a synchronous standby is no error: only a warning tells that the commit may not survive a failover. */
static void read_notice(void *context, const PGresult *notice)
{
	struct connection *connection = context;
	const char *function = PQresultErrorField(notice, PG_DIAG_SOURCE_FUNCTION);

	if (function && !strcmp(function, "SyncRepWaitForLSN"))
		connection->unsure = true;
}

static struct connection *establish(const struct pool *pool)
{
	char options[512];

	snprintf(options, sizeof(options),
	    "-c statement_timeout=%ld -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
	    " -c datestyle=ISO -c search_path=public -c default_transaction_read_only=%s%s%s",
	    pool->config->statement_timeout_ms, pool->role ? "on" : "off",
	    pool->role ? " -c role=ovop_" : "", pool->role ? pool->role : "");
	const char *const names[] = {"dbname", "options", "application_name", "client_encoding",
	    "connect_timeout", "keepalives_idle", "tcp_user_timeout", NULL};
	const char *const values[] = {pool->config->database_url, options, "ovopd", "UTF8", "2",
	    "30", "5000", NULL};
	PGconn *pg = PQconnectdbParams(names, values, 1);
	if (PQstatus(pg) != CONNECTION_OK || !PQenterPipelineMode(pg)) {
		PQfinish(pg);
		return NULL;
	}
	struct connection *connection = arena_calloc(1, sizeof(*connection));
	connection->pg = pg;
	PQsetNoticeReceiver(pg, read_notice, connection);
	connection->opened_us = service_clock_us();
	return connection;
}

/* An idle connection has nothing to say; one that does has been closed from the other side. */
static bool is_fresh(const struct connection *connection)
{
	struct pollfd poll_fd = {.fd = PQsocket(connection->pg), .events = POLLIN};

	return PQstatus(connection->pg) == CONNECTION_OK && poll(&poll_fd, 1, 0) == 0 &&
	       service_clock_us() - connection->opened_us < MAX_AGE_SECONDS * 1000000LL;
}

/* An idle connection, or NULL and the right to open one; false when neither came in time. */
static bool reserve(struct pool *pool, struct connection **ret_connection)
{
	int64_t until_us = service_clock_us() + pool->config->pool_wait_ms * 1000;
	const struct timespec deadline = {until_us / 1000000, until_us % 1000000 * 1000};
	bool reserved = true;

	pthread_mutex_lock(&pool->lock);
	while (!pool->n_idle && pool->open >= pool->size && reserved)
		reserved =
		    pthread_cond_timedwait(&pool->returned, &pool->lock, &deadline) != ETIMEDOUT;
	*ret_connection = reserved && pool->n_idle ? pool->idle[--pool->n_idle] : NULL;
	if (reserved && !*ret_connection)
		pool->open++;
	pthread_mutex_unlock(&pool->lock);
	return reserved;
}

void pool_give_back(struct pool *pool, struct connection *connection)
{
	pthread_mutex_lock(&pool->lock);
	if (connection)
		pool->idle[pool->n_idle++] = connection;
	else
		pool->open--;
	pthread_cond_signal(&pool->returned);
	pthread_mutex_unlock(&pool->lock);
}

/* A new connection, but none while another's failure is fresh. */
static struct connection *try_establish(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	bool down = service_clock_us() < pool->down_until_us;
	pthread_mutex_unlock(&pool->lock);
	struct connection *connection = down ? NULL : establish(pool);
	if (connection || down)
		return connection;
	pthread_mutex_lock(&pool->lock);
	pool->down_until_us = service_clock_us() + (BACKOFF_MS + rand() % BACKOFF_MS) * 1000LL;
	pthread_mutex_unlock(&pool->lock);
	return NULL;
}

struct connection *pool_take(struct pool *pool, enum db_outcome *reterr_outcome)
{
	struct connection *connection;

	if (!reserve(pool, &connection)) {
		*reterr_outcome = DB_OVERLOADED;
		return NULL;
	}
	if (connection && is_fresh(connection))
		return connection;
	if (connection)
		pool_discard(connection);
	connection = try_establish(pool);
	if (!connection) {
		pool_give_back(pool, NULL);
		*reterr_outcome = DB_UNAVAILABLE;
	}
	return connection;
}

void pool_open(struct pool *pool, const struct config *config, const char *role, long size)
{
	pthread_condattr_t attributes;

	*pool = (struct pool){.config = config, .role = role, .size = (size_t)size};
	pool->idle = arena_calloc(pool->size, sizeof(*pool->idle));
	pthread_mutex_init(&pool->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&pool->returned, &attributes);
	pthread_condattr_destroy(&attributes);
}

void pool_close(struct pool *pool)
{
	for (size_t i = 0; i < pool->n_idle; i++)
		pool_discard(pool->idle[i]);
	free(pool->idle);
	pthread_cond_destroy(&pool->returned);
	pthread_mutex_destroy(&pool->lock);
}
