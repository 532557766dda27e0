#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arena.h"
#include "config.h"
#include "connection.h"
#include "encoding.h"
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

static const char *value_of(const PQconninfoOption *given, const char *keyword)
{
	while (given->keyword && strcmp(given->keyword, keyword) != 0)
		given++;
	return given->val;
}

static unsigned length_of(const char *list)
{
	unsigned n = 1;

	while ((list = strchr(list, ',')) != NULL) {
		list++;
		n++;
	}
	return n;
}

/* An entry of a list of hosts or ports, counted around its end: a list of one has it for all. */
static struct span entry_of(const char *list, unsigned at)
{
	for (at %= length_of(list); at; at--)
		list = strchr(list, ',') + 1;
	return (struct span){list, strcspn(list, ",")};
}

/* The list with this entry as its first; NULL of none. The caller's. */
static char *list_from(const char *list, unsigned first)
{
	if (!list)
		return NULL;
	char *turned = arena_calloc(1, strlen(list) + 1), *end = turned;

	for (unsigned i = 0; i < length_of(list); i++) {
		struct span entry = entry_of(list, first + i);
		end += sprintf(end, "%s%.*s", i ? "," : "", (int)entry.size, entry.text);
	}
	return turned;
}

/* How many entries behind the first the search has ended. */
static unsigned distance(const char *hosts, const char *host, const char *ports, const char *port,
    unsigned first)
{
	for (unsigned i = 0; hosts && i < length_of(hosts); i++)
		if (encoding_is(entry_of(hosts, first + i), host) &&
		    (!ports || encoding_is(entry_of(ports, first + i), port)))
			return i;
	return 0;
}

/* From this host of DATABASE_URL on, around the list, to the first that leads; ret_at: which one that is. NULL when the address is none. */
static PGconn *search(const struct config *config, const char *options, unsigned first,
    unsigned *ret_at)
{
	PQconninfoOption *given = PQconninfoParse(config->database_url, NULL);
	if (!given)
		return NULL;
	const char *hosts = value_of(given, "host"), *addresses = value_of(given, "hostaddr");
	const char *ports = value_of(given, "port");
	char *host = list_from(hosts, first), *hostaddr = list_from(addresses, first);
	char *port = list_from(ports, first);
	const char *const names[] = {"dbname", "host", "hostaddr", "port", "options",
	    "application_name", "client_encoding", "connect_timeout", "keepalives_idle",
	    "tcp_user_timeout", "target_session_attrs", NULL};
	const char *const values[] = {config->database_url, host, hostaddr, port, options, "ovopd",
	    "UTF8", "2", "30", "5000", "primary", NULL};
	PGconn *pg = PQconnectdbParams(names, values, 1);

	if (PQstatus(pg) == CONNECTION_OK)
		*ret_at =
		    first + distance(addresses ? addresses : hosts,
				addresses ? PQhostaddr(pg) : PQhost(pg), ports, PQport(pg), first);
	free(host);
	free(hostaddr);
	free(port);
	PQconninfoFree(given);
	return pg;
}

struct connection *connection_open(const struct config *config, struct leader *leader,
    const char *role, const char *plans, enum connection_failure *reterr_why)
{
	unsigned first = leader->first, at = first;
	char options[512];

	snprintf(options, sizeof(options),
	    "-c statement_timeout=%ld -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
	    " -c datestyle=ISO -c search_path=public -c default_transaction_read_only=%s -c plan_cache_mode=%s%s%s",
	    config->statement_timeout_ms, role ? "on" : "off", plans, role ? " -c role=ovop_" : "",
	    role ? role : "");
	PGconn *pg = search(config, options, first, &at);
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
	connection->at = at;
	/* The next search begins where this one has ended: a host that does not answer takes two seconds. */
	atomic_compare_exchange_strong(&leader->first, &first, at);
	PQsetNoticeReceiver(pg, read_notice, connection);
	connection->opened_us = service_clock_us();
	return connection;
}

bool connection_is_replaced(const struct connection *connection)
{
	return connection->reign && connection->reign < connection->leader->reign;
}

void connection_look_elsewhere(const struct connection *connection)
{
	unsigned at = connection->at;

	atomic_compare_exchange_strong(&connection->leader->first, &at, at + 1);
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
