#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arena.h"
#include "config.h"
#include "connection.h"
#include "leader.h"
#include "service.h"

enum { MAX_AGE_SECONDS = 1800 };

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

/* One of the lists of DATABASE_URL (host, hostaddr, port), its first so many entries put last; NULL without one. The caller's. */
static char *list_from(const PQconninfoOption *given, const char *keyword, unsigned first)
{
	while (given->keyword && strcmp(given->keyword, keyword) != 0)
		given++;
	if (!given->val)
		return NULL;
	size_t n = 1, size = strlen(given->val) + 1;
	const char *at = given->val;
	for (const char *c = at; *c; c++)
		n += *c == ',';
	for (size_t skip = first % n; skip; skip--)
		at = strchr(at, ',') + 1;
	char *list = arena_calloc(1, size + 1);
	snprintf(list, size + 1, "%s,%.*s", at, (int)(at - given->val), given->val);
	list[size - 1] = 0; /* the comma at the end */
	return list;
}

/* NULL when nobody answers, or PostgreSQL refuses. */
static PGconn *search(const struct config *config, unsigned first, const char *options)
{
	PQconninfoOption *given = PQconninfoParse(config->database_url, NULL);
	if (!given)
		return NULL;
	char *host = list_from(given, "host", first);
	char *hostaddr = list_from(given, "hostaddr", first);
	char *port = list_from(given, "port", first);
	const char *const names[] = {"dbname", "host", "hostaddr", "port", "options",
	    "application_name", "client_encoding", "connect_timeout", "keepalives_idle",
	    "tcp_user_timeout", "target_session_attrs", NULL};
	const char *const values[] = {config->database_url, host, hostaddr, port, options, "ovopd",
	    "UTF8", "2", "30", "5000", "primary", NULL};
	PGconn *pg = PQconnectdbParams(names, values, 1);

	free(host);
	free(hostaddr);
	free(port);
	PQconninfoFree(given);
	return pg;
}

struct connection *connection_open(const struct config *config, struct leader *leader,
    const char *role, const char *plans, enum connection_failure *reterr_why)
{
	unsigned first = leader->first;
	char options[512];

	snprintf(options, sizeof(options),
	    "-c statement_timeout=%ld -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
	    " -c datestyle=ISO -c search_path=public -c default_transaction_read_only=%s -c plan_cache_mode=%s%s%s",
	    config->statement_timeout_ms, role ? "on" : "off", plans, role ? " -c role=ovop_" : "",
	    role ? role : "");
	PGconn *pg = search(config, first, options);
	*reterr_why = PQstatus(pg) != CONNECTION_OK && strstr(PQerrorMessage(pg), "hot standby")
			  ? CONNECTION_STANDBY
			  : CONNECTION_SILENT;
	if (PQstatus(pg) != CONNECTION_OK || !PQenterPipelineMode(pg) || PQsetnonblocking(pg, 1)) {
		PQfinish(pg);
		return NULL;
	}
	struct connection *connection = arena_calloc(1, sizeof(*connection));
	connection->pg = pg;
	connection->leader = leader;
	connection->first = first;
	PQsetNoticeReceiver(pg, read_notice, connection);
	connection->opened_us = service_clock_us();
	return connection;
}

bool connection_is_replaced(const struct connection *connection)
{
	return connection->reign && connection->reign < connection->leader->reign;
}

/* Who searched there, too, has come to no other end. */
void connection_look_elsewhere(const struct connection *connection)
{
	unsigned first = connection->first;

	atomic_compare_exchange_strong(&connection->leader->first, &first, first + 1);
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
