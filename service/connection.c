#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arena.h"
#include "config.h"
#include "connection.h"
#include "service.h"

enum { MAX_AGE_SECONDS = 1800 };

const struct statement connection_introduction = {"introduction",
    "select system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8) from pg_control_system()",
    NULL, 0};

/* The process serves one database, wherever it goes. */
static struct {
	pthread_mutex_t lock;
	atomic_uint number;
	char cluster[32];
	char timeline[16]; /* hexadecimal, in eight digits: what is later is greater */
} reign = {.lock = PTHREAD_MUTEX_INITIALIZER, .number = 1};

void connection_close(struct connection *connection)
{
	if (!connection)
		return;
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

struct connection *connection_open(const struct config *config, const char *role, const char *plans,
    bool *ret_standby)
{
	char options[512];

	snprintf(options, sizeof(options),
	    "-c statement_timeout=%ld -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
	    " -c datestyle=ISO -c search_path=public -c default_transaction_read_only=%s -c plan_cache_mode=%s%s%s",
	    config->statement_timeout_ms, role ? "on" : "off", plans, role ? " -c role=ovop_" : "",
	    role ? role : "");
	const char *const names[] = {"dbname", "options", "application_name", "client_encoding",
	    "connect_timeout", "keepalives_idle", "tcp_user_timeout", "target_session_attrs", NULL};
	const char *const values[] = {config->database_url, options, "ovopd", "UTF8", "2", "30",
	    "5000", "primary", NULL};
	PGconn *pg = PQconnectdbParams(names, values, 1);
	*ret_standby =
	    PQstatus(pg) != CONNECTION_OK && strstr(PQerrorMessage(pg), "hot standby") != NULL;
	if (PQstatus(pg) != CONNECTION_OK || !PQenterPipelineMode(pg) || PQsetnonblocking(pg, 1)) {
		PQfinish(pg);
		return NULL;
	}
	struct connection *connection = arena_calloc(1, sizeof(*connection));
	connection->pg = pg;
	PQsetNoticeReceiver(pg, read_notice, connection);
	connection->opened_us = service_clock_us();
	return connection;
}

void connection_introduce(struct connection *connection, const char *cluster, const char *timeline)
{
	pthread_mutex_lock(&reign.lock);
	bool same = !strcmp(cluster, reign.cluster);
	int later = strcmp(timeline, reign.timeline);

	if (!same || later > 0) {
		snprintf(reign.cluster, sizeof(reign.cluster), "%s", cluster);
		snprintf(reign.timeline, sizeof(reign.timeline), "%s", timeline);
		reign.number++;
	}
	connection->reign = same && later < 0 ? reign.number - 1 : reign.number;
	pthread_mutex_unlock(&reign.lock);
}

bool connection_is_replaced(const struct connection *connection)
{
	return connection->reign && connection->reign < reign.number;
}

/* An idle connection has nothing to say; one that does has been closed from the other side. */
bool connection_is_fresh(const struct connection *connection, int64_t since_us)
{
	struct pollfd poll_fd = {.fd = PQsocket(connection->pg), .events = POLLIN};

	return PQstatus(connection->pg) == CONNECTION_OK && poll(&poll_fd, 1, 0) == 0 &&
	       !connection_is_replaced(connection) && connection->opened_us >= since_us &&
	       service_clock_us() - connection->opened_us < MAX_AGE_SECONDS * 1000000LL;
}

struct prepared *connection_slot(struct connection *connection, const struct statement *statement,
    const char *role)
{
	size_t at = ((uintptr_t)statement >> 4 ^ (uintptr_t)role >> 2) % CONNECTION_MAX_PREPARED;
	struct prepared *slot;

	while (slot = &connection->prepared[at],
	    slot->statement && (slot->statement != statement || slot->role != role))
		at = (at + 1) % CONNECTION_MAX_PREPARED;
	slot->statement = statement;
	slot->role = role;
	return slot;
}
