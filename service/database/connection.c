#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "database/connection.h"
#include "database/primary.h"
#include "operating/config.h"

enum { MAX_AGE_SECONDS = 1800 };
#define START_SECONDS "10" /* nobody waits yet, so a busy server gets more time */

void connection_close(struct connection *connection)
{
	if (!connection)
		return;
	PQfinish(connection->pg);
	free(connection);
}

/* If a wait for a synchronous standby is cancelled, PostgreSQL only warns. The commit may then be
 * lost in a failover. */
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

/* An entry of a list of hosts or ports. The count continues at the start of the list, so one port
 * serves all hosts. */
static struct span entry_of(const char *list, unsigned at)
{
	for (at %= length_of(list); at; at--)
		list = strchr(list, ',') + 1;
	return (struct span){list, strcspn(list, ",")};
}

/* A copy of the list, rotated so that this entry comes first; NULL for no list. The caller frees
 * it. */
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

/* The position of the entry that answered. */
static unsigned distance(const char *hosts, const char *host, const char *ports, const char *port,
    unsigned first)
{
	for (unsigned i = 0; hosts && i < length_of(hosts); i++)
		if (encoding_is(entry_of(hosts, first + i), host) &&
		    (!ports || encoding_is(entry_of(ports, first + i), port)))
			return i;
	return 0;
}

/* What is wrong with a connection string. It is not quoted, since it holds a password. libpq would
 * connect to a part of the password if an `@` or `/` in it is not escaped. */
static const char *fault_of(const char *url)
{
	static const char *const schemes[] = {"postgresql://", "postgres://"};
	const char *authority = NULL;
	char *message = NULL;

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (!strncmp(url, schemes[i], strlen(schemes[i])))
			authority = url + strlen(schemes[i]);
	const char *at = authority ? strchr(authority, '@') : NULL;
	bool within = at && at < authority + strcspn(authority, "/?#");
	if (at && (!within || strchr(at + 1, '@')))
		return "has a special character in its user or password; write @ as %40, / as %2F, : as %3A, ? as %3F";
	PQconninfoOption *parsed = PQconninfoParse(url, &message);
	if (parsed) {
		PQconninfoFree(parsed);
		return NULL;
	}
	const char *fault =
	    message && strstr(message, "percent-encoded") ? "has a % that is not written as %25"
	    : message &&
		    (strstr(message, "query parameter") || strstr(message, "connection option"))
		? "has a parameter that libpq does not know"
		: "is no connection string; write postgresql://USER:PASSWORD@HOST:PORT/DATABASE";
	PQfreemem(message);
	return fault;
}

bool connection_check_url(const char *setting, const char *url, char *reterr_why, size_t size)
{
	const char *fault = fault_of(url);

	if (fault)
		snprintf(reterr_why, size, "%s %s", setting, fault);
	return !fault;
}

/* Connects to the first primary among the hosts of DATABASE_URL, beginning with this one. ret_at:
 * which one it is. NULL if the address is malformed. */
static PGconn *connect_from(const struct config *config, unsigned first, const char *seconds,
    unsigned *ret_at)
{
	PQconninfoOption *given = PQconninfoParse(config->database_url, NULL);
	if (!given)
		return NULL;
	const char *hosts = value_of(given, "host"), *addresses = value_of(given, "hostaddr");
	const char *ports = value_of(given, "port");
	char *host = list_from(hosts, first), *hostaddr = list_from(addresses, first);
	char *port = list_from(ports, first);
	const char *const names[] = {"dbname", "host", "hostaddr", "port", "application_name",
	    "client_encoding", "connect_timeout", "keepalives_idle", "tcp_user_timeout",
	    "target_session_attrs", NULL};
	const char *const values[] = {config->database_url, host, hostaddr, port, "ovopd", "UTF8",
	    seconds, "30", "5000", "primary", NULL};
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

/* JIT would compile for longer than a page takes, and gin_fuzzy_search_limit would leave rows out
 * of a search. The lane adds its plan_cache_mode; no other planner setting stands here. */
const char connection_session[] =
    "set jit = off; set standard_conforming_strings = on; set row_security = on; set array_nulls = on;"
    "set transform_null_equals = off; set client_min_messages = notice; set gin_fuzzy_search_limit = 0;"
    "set idle_session_timeout = 0; set default_transaction_isolation = 'read committed';"
    "set default_transaction_deferrable = off; set timezone = 'UTC'; set datestyle = 'ISO, YMD';"
    "set intervalstyle = postgres; set bytea_output = hex; set extra_float_digits = 1;"
    "set quote_all_identifiers = off; set search_path = public; set plpgsql.extra_errors = none;";

/* One statement after connecting, not start-up options: a pooler such as PgBouncer refuses these.
 * The first part ends a statement_timeout of the server that might interrupt the rest. */
static bool begin_session(PGconn *pg, const struct config *config, const char *role,
    const char *plans)
{
	char sql[1200];

	snprintf(sql, sizeof(sql),
	    "set statement_timeout = %ld; %s set lock_timeout = 3000; set idle_in_transaction_session_timeout = 10000;"
	    "set default_transaction_read_only = %s; set plan_cache_mode = %s; %s%s",
	    config->statement_timeout_ms, connection_session, role ? "on" : "off", plans,
	    role ? "set role ovop_" : "", role ? role : "");
	PGresult *done = PQexec(pg, sql);
	bool begun = PQresultStatus(done) == PGRES_COMMAND_OK;
	PQclear(done);
	return begun;
}

static enum connection_failure failure_of(const PGconn *pg)
{
	return PQstatus(pg) != CONNECTION_OK && strstr(PQerrorMessage(pg), "hot standby")
		   ? CONNECTION_STANDBY
		   : CONNECTION_SILENT;
}

struct connection *connection_open(const struct config *config, struct primary *primary,
    const char *role, const char *plans, enum connection_failure *reterr_why)
{
	unsigned first = primary->first, at = first;
	PGconn *pg = connect_from(config, first, "2", &at);

	*reterr_why = failure_of(pg);
	if (PQstatus(pg) != CONNECTION_OK || !begin_session(pg, config, role, plans) ||
	    !PQenterPipelineMode(pg) || PQsetnonblocking(pg, 1)) {
		PQfinish(pg);
		return NULL;
	}
	struct connection *connection = arena_calloc(1, sizeof(*connection));
	connection->pg = pg;
	connection->primary = primary;
	connection->at = at;
	/* The next search begins with this host, since each host that does not answer takes two
	 * seconds. */
	atomic_compare_exchange_strong(&primary->first, &first, at);
	PQsetNoticeReceiver(pg, read_notice, connection);
	connection->opened_us = clock_us();
	return connection;
}

/* The number of the server's process that answers; 0 on failure. */
static int server_process(PGconn *pg)
{
	PGresult *result = PQexec(pg, "select pg_backend_pid()");
	int pid = PQntuples(result) == 1 ? atoi(PQgetvalue(result, 0, 0)) : 0;

	PQclear(result);
	return pid;
}

/* Whether one process of the server answers two connections: then a pooler gives each transaction
 * any process, and roles, settings and prepared statements are lost. */
static bool shares_processes(const struct config *config, PGconn *one)
{
	unsigned at = 0;
	int pid = server_process(one);
	PGconn *other = connect_from(config, 0, START_SECONDS, &at);
	bool shared = PQstatus(other) == CONNECTION_OK &&
		      begin_session(other, config, NULL, "auto") && pid &&
		      server_process(other) == pid;

	PQfinish(other);
	return shared;
}

bool connection_try(const struct config *config, char *reterr_why, size_t size)
{
	unsigned at = 0;

	if (!connection_check_url("DATABASE_URL", config->database_url, reterr_why, size))
		return false;
	PGconn *pg = connect_from(config, 0, START_SECONDS, &at);
	bool connected = PQstatus(pg) == CONNECTION_OK && begin_session(pg, config, NULL, "auto");
	bool fine = connected && connection_is_utf8(pg) && !shares_processes(config, pg);

	if (!connected && failure_of(pg) == CONNECTION_STANDBY)
		snprintf(reterr_why, size, "DATABASE_URL: %s", connection_only_standby);
	else if (!connected)
		snprintf(reterr_why, size, "DATABASE_URL: %.*s",
		    (int)strcspn(PQerrorMessage(pg), "\n"), PQerrorMessage(pg));
	else if (!connection_is_utf8(pg))
		snprintf(reterr_why, size, "DATABASE_URL: %s", connection_not_utf8);
	else if (!fine)
		snprintf(reterr_why, size,
		    "DATABASE_URL: a pooler gives each transaction another session; set pool_mode = session");
	PQfinish(pg);
	return fine;
}

const char connection_only_standby[] = "only a standby answers, which takes no writes";
const char connection_not_utf8[] =
    "the database has another encoding than UTF8; create it with: create database ... encoding 'UTF8' template template0";

bool connection_is_utf8(PGconn *pg)
{
	const char *encoding = PQparameterStatus(pg, "server_encoding");

	return encoding && !strcmp(encoding, "UTF8");
}

bool connection_is_replaced(const struct connection *connection)
{
	return connection->generation && connection->generation < connection->primary->generation;
}

void connection_look_elsewhere(const struct connection *connection)
{
	unsigned at = connection->at;

	atomic_compare_exchange_strong(&connection->primary->first, &at, at + 1);
}

/* On an idle connection nothing arrives, unless the server has closed it. */
bool connection_is_fresh(const struct connection *connection, int64_t since_us)
{
	struct pollfd poll_fd = {.fd = PQsocket(connection->pg), .events = POLLIN};

	return PQstatus(connection->pg) == CONNECTION_OK && poll(&poll_fd, 1, 0) == 0 &&
	       !connection_is_replaced(connection) && connection->opened_us >= since_us &&
	       clock_us() - connection->opened_us < MAX_AGE_SECONDS * 1000000LL;
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
