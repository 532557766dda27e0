#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libpq-fe.h>

#include "config.h"
#include "db.h"
#include "service.h"

enum {
	MAX_AGE_SECONDS = 1800,
	MAX_RETRIES = 3,
	BACKOFF_MS = 200,
	MAX_PREPARED = 2048, /* slots of a power of two; operations × roles stay far below */
};

/* A statement is prepared once on a connection and, where connections change role, once for each role. */
struct prepared {
	const struct statement *statement;
	const char *role;
};

struct connection {
	PGconn *pg;
	int64_t opened_us;
	struct prepared prepared[MAX_PREPARED];
};

/* Connections of one kind. A connection is in idle[], or with the thread that took it; open counts both. */
struct pool {
	const struct db *db;
	const char *role; /* NULL: writes; the role is set in each transaction */
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct connection **idle;
	size_t n_idle, open, size;
	int64_t down_until_us; /* a failed connect keeps others from trying at once */
};

struct db {
	const struct config *config;
	struct pool writes;
	struct pool *reads; /* [lane * contract_n_roles + role] */
};

const char db_role_engine[] = "engine";

static const struct bind begin_binds[5];
static const struct statement begin_read = {
	"begin.read",
	"select set_config('app.claims', $1::text, true), set_config('plan_cache_mode', $2::text, true)",
	begin_binds, 2};
static const struct statement begin_write = {
	"begin.write",
	"select set_config('app.claims', $1::text, true), set_config('role', $2::text, true),"
	" idempotency_claim($3::text, $4::text, $5::text)",
	begin_binds, 5};
static const struct statement version_statement = {
	"version",
	"select case when pg_is_in_recovery() then -1 else max(number) end from schema_migrations",
	NULL, 0};

/* ---- connections ---------------------------------------------------------------------------------------------------- */

static void disconnect(struct connection *connection)
{
	PQfinish(connection->pg);
	free(connection);
}

static void ignore_notice(void *context, const PGresult *result)
{
	(void)context;
	(void)result;
}

static struct connection *establish(const struct pool *pool)
{
	char options[512];

	snprintf(
		options, sizeof(options),
		"-c statement_timeout=%ld -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
		" -c datestyle=ISO -c search_path=public -c default_transaction_read_only=%s%s%s",
		pool->db->config->statement_timeout_ms, pool->role ? "on" : "off",
		pool->role ? " -c role=ovop_" : "", pool->role ? pool->role : "");
	const char *const names[] = {"dbname",		 "options",
				     "application_name", "client_encoding",
				     "connect_timeout",	 "keepalives_idle",
				     "tcp_user_timeout", NULL};
	const char *const values[] = {
		pool->db->config->database_url, options, "ovopd", "UTF8", "2", "30", "5000", NULL};
	PGconn *pg = PQconnectdbParams(names, values, 1);

	if (PQstatus(pg) != CONNECTION_OK || !PQenterPipelineMode(pg)) {
		PQfinish(pg);
		return NULL;
	}
	PQsetNoticeReceiver(pg, ignore_notice, NULL);
	struct connection *connection = calloc(1, sizeof(*connection));

	if (!connection)
		abort();
	connection->pg = pg;
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

static void deadline_after(long ms, struct timespec *deadline)
{
	clock_gettime(CLOCK_MONOTONIC, deadline);
	deadline->tv_sec += ms / 1000;
	deadline->tv_nsec += ms % 1000 * 1000000;
	if (deadline->tv_nsec >= 1000000000) {
		deadline->tv_sec++;
		deadline->tv_nsec -= 1000000000;
	}
}

/* An idle connection, or NULL and the right to open one; false when neither came in time. */
static bool reserve(struct pool *pool, struct connection **ret_connection)
{
	struct timespec deadline;
	bool reserved = true;

	deadline_after(pool->db->config->pool_wait_ms, &deadline);
	pthread_mutex_lock(&pool->lock);
	while (!pool->n_idle && pool->open >= pool->size && reserved)
		reserved = pthread_cond_timedwait(&pool->returned, &pool->lock, &deadline) !=
			   ETIMEDOUT;
	*ret_connection = reserved && pool->n_idle ? pool->idle[--pool->n_idle] : NULL;
	if (reserved && !*ret_connection)
		pool->open++;
	pthread_mutex_unlock(&pool->lock);
	return reserved;
}

static void give_back(struct pool *pool, struct connection *connection)
{
	pthread_mutex_lock(&pool->lock);
	if (connection)
		pool->idle[pool->n_idle++] = connection;
	else
		pool->open--;
	pthread_cond_signal(&pool->returned);
	pthread_mutex_unlock(&pool->lock);
}

static struct connection *take(struct pool *pool, enum db_outcome *reterr_outcome)
{
	struct connection *connection;

	if (!reserve(pool, &connection)) {
		*reterr_outcome = DB_OVERLOADED;
		return NULL;
	}
	if (connection && is_fresh(connection))
		return connection;
	if (connection)
		disconnect(connection);
	pthread_mutex_lock(&pool->lock);
	bool down = service_clock_us() < pool->down_until_us;

	pthread_mutex_unlock(&pool->lock);
	connection = down ? NULL : establish(pool);
	if (connection)
		return connection;
	pthread_mutex_lock(&pool->lock);
	if (!down)
		pool->down_until_us =
			service_clock_us() + (BACKOFF_MS + rand() % BACKOFF_MS) * 1000LL;
	pthread_mutex_unlock(&pool->lock);
	give_back(pool, NULL);
	*reterr_outcome = DB_UNAVAILABLE;
	return NULL;
}

/* ---- one pipeline --------------------------------------------------------------------------------------------------- */

enum {
	MAX_COMMANDS = 4
};

/* What was sent, in order; each command's results end with a NULL. */
struct pipeline {
	struct connection *connection;
	const struct db_call *call;
	struct {
		struct prepared *prepares; /* this command prepares that slot */
		bool begins, operates;
	} commands[MAX_COMMANDS];
	size_t n_commands, at;
	PGresult *rows, *error;
	bool claiming, synced;
};

static struct prepared *slot_of(struct connection *connection, const struct statement *statement,
				const char *role)
{
	size_t at = ((uintptr_t)statement >> 4 ^ (uintptr_t)role >> 2) % MAX_PREPARED;

	while (connection->prepared[at].statement &&
	       (connection->prepared[at].statement != statement ||
		connection->prepared[at].role != role))
		at = (at + 1) % MAX_PREPARED;
	return &connection->prepared[at];
}

static bool send_statement(struct pipeline *pipeline, const struct statement *statement,
			   const char *const *values, bool begins)
{
	PGconn *pg = pipeline->connection->pg;
	const char *role = begins || !pipeline->call->write ? NULL : pipeline->call->role;
	struct prepared *slot = slot_of(pipeline->connection, statement, role);
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", role ? role : "", role ? "." : "", statement->name);
	if (!slot->statement) {
		if (!PQsendPrepare(pg, name, statement->sql, 0, NULL))
			return false;
		pipeline->commands[pipeline->n_commands].begins = begins;
		pipeline->commands[pipeline->n_commands++].prepares = slot;
	}
	pipeline->commands[pipeline->n_commands].begins = begins;
	pipeline->commands[pipeline->n_commands++].operates = !begins;
	return PQsendQueryPrepared(pg, name, (int)statement->n_binds, values, NULL, NULL, 0);
}

static bool send_begin(struct pipeline *pipeline)
{
	const struct db_call *call = pipeline->call;
	const char *claims = call->claims ? call->claims : "";
	char role[64] = "none";

	if (!call->write) {
		if (!call->claims && !call->custom_plan)
			return true;
		return send_statement(pipeline, &begin_read,
				      (const char *const[]){claims, call->custom_plan
									    ? "force_custom_plan"
									    : "auto"},
				      true);
	}
	if (call->role)
		snprintf(role, sizeof(role), "ovop_%s", call->role);
	return send_statement(pipeline, &begin_write,
			      (const char *const[]){claims, role, call->principal, call->key,
						    call->request_hash},
			      true);
}

static bool send_all(struct pipeline *pipeline)
{
	return send_begin(pipeline) &&
	       send_statement(pipeline, pipeline->call->statement, pipeline->call->values, false) &&
	       PQpipelineSync(pipeline->connection->pg);
}

/* A statement counts as prepared only after its own result: an aborted pipeline skips the rest. */
static void note_result(struct pipeline *pipeline, PGresult *result)
{
	bool in_range = pipeline->at < pipeline->n_commands;
	struct prepared *prepares = in_range ? pipeline->commands[pipeline->at].prepares : NULL;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		if (prepares) {
			bool begins = pipeline->commands[pipeline->at].begins;

			prepares->statement =
				begins ? (pipeline->call->write ? &begin_write : &begin_read)
				       : pipeline->call->statement;
			prepares->role =
				begins || !pipeline->call->write ? NULL : pipeline->call->role;
		}
		break;
	case PGRES_TUPLES_OK:
		if (in_range && pipeline->commands[pipeline->at].operates && !pipeline->rows) {
			pipeline->rows = result;
			return;
		}
		break;
	case PGRES_PIPELINE_SYNC:
		pipeline->synced = true;
		break;
	case PGRES_PIPELINE_ABORTED:
		break;
	default:
		if (!pipeline->error) {
			pipeline->error = result;
			pipeline->claiming = in_range && pipeline->commands[pipeline->at].begins;
			return;
		}
	}
	PQclear(result);
}

static void receive_all(struct pipeline *pipeline)
{
	int silent =
		0; /* NULLs in a row: one ends a command, more say that the connection is gone */

	while (!pipeline->synced && silent < 3) {
		PGresult *result = PQgetResult(pipeline->connection->pg);

		silent = result ? 0 : silent + 1;
		if (result)
			note_result(pipeline, result);
		else
			pipeline->at++;
	}
}

static bool is_class(const PGresult *error, const char *class)
{
	const char *state = error ? PQresultErrorField(error, PG_DIAG_SQLSTATE) : NULL;

	return state && !strncmp(state, class, strlen(class));
}

/* Errors after which the connection is of no more use: gone, going, a standby now, or its plans are of another schema. */
static bool must_close(const struct pipeline *pipeline)
{
	static const char *const classes[] = {"08", "53", "57P", "25006", "0A000", "XX"};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (is_class(pipeline->error, classes[i]))
			return true;
	return !pipeline->synced || PQstatus(pipeline->connection->pg) != CONNECTION_OK;
}

static void conclude(struct pipeline *pipeline, struct db_reply *reply)
{
	reply->claiming = pipeline->claiming;
	if (pipeline->synced && !pipeline->error && pipeline->rows) {
		reply->outcome = DB_DONE;
		reply->result = pipeline->rows;
		return;
	}
	/* Rows without a sync: the commit may have happened. A FATAL in their place: it cannot have. */
	bool gone = !pipeline->synced;
	bool refused = is_class(pipeline->error, "57P") && !pipeline->rows;

	reply->outcome = !gone				     ? DB_FAILED
			 : pipeline->call->write && !refused ? DB_UNKNOWN
							     : DB_UNAVAILABLE;
	reply->result = pipeline->error;
	PQclear(pipeline->rows);
}

static void run_once(struct pool *pool, const struct db_call *call, struct db_reply *reply)
{
	struct pipeline pipeline = {.call = call};

	*reply = (struct db_reply){0};
	pipeline.connection = take(pool, &reply->outcome);
	if (!pipeline.connection)
		return;
	if (send_all(&pipeline))
		receive_all(&pipeline);
	conclude(&pipeline, reply);
	if (must_close(&pipeline)) {
		disconnect(pipeline.connection);
		pipeline.connection = NULL;
	}
	give_back(pool, pipeline.connection);
}

static struct pool *pool_for(struct db *db, const struct db_call *call)
{
	if (call->write)
		return &db->writes;
	for (size_t role = 0; role < contract_n_roles; role++)
		if (!strcmp(contract_roles[role], call->role))
			return &db->reads[(size_t)call->lane * contract_n_roles + role];
	return &db->writes;
}

void db_run(struct db *db, const struct db_call *call, struct db_reply *ret_reply)
{
	struct pool *pool = pool_for(db, call);

	for (int attempt = 0;; attempt++) {
		run_once(pool, call, ret_reply);
		bool crossed =
			ret_reply->outcome == DB_FAILED && (is_class(ret_reply->result, "40001") ||
							    is_class(ret_reply->result, "40P01"));
		bool lost = ret_reply->outcome == DB_UNAVAILABLE && !call->write;

		if (attempt >= (crossed ? MAX_RETRIES : 1) || !(crossed || lost))
			return;
		db_reply_free(ret_reply);
	}
}

void db_reply_free(struct db_reply *reply)
{
	PQclear(reply->result);
	reply->result = NULL;
}

int db_schema_version(struct db *db, char *reterr_why, size_t size)
{
	struct db_reply reply;
	int version = -1;

	db_run(db, &(const struct db_call){.write = true, .statement = &version_statement}, &reply);
	if (reply.outcome == DB_DONE && !PQgetisnull(reply.result, 0, 0))
		version = atoi(PQgetvalue(reply.result, 0, 0));
	else if (is_class(reply.result, "42P01") || is_class(reply.result, "42883"))
		snprintf(reterr_why, size, "the database has no schema; run `ovopd migrate`");
	else
		snprintf(reterr_why, size, "the database does not answer");
	db_reply_free(&reply);
	return version;
}

/* ---- life cycle ----------------------------------------------------------------------------------------------------- */

static void pool_open(struct pool *pool, const struct db *db, const char *role, long size)
{
	pthread_condattr_t attributes;

	*pool = (struct pool){.db = db, .role = role, .size = (size_t)size};
	pool->idle = calloc(pool->size, sizeof(*pool->idle));
	if (!pool->idle)
		abort();
	pthread_mutex_init(&pool->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&pool->returned, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void pool_close(struct pool *pool)
{
	for (size_t i = 0; i < pool->n_idle; i++)
		disconnect(pool->idle[i]);
	free(pool->idle);
	pthread_cond_destroy(&pool->returned);
	pthread_mutex_destroy(&pool->lock);
}

struct db *db_open(const struct config *config)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db || !(db->reads = calloc(2 * contract_n_roles, sizeof(*db->reads))))
		abort();
	db->config = config;
	pool_open(&db->writes, db, NULL, config->write_connections);
	for (size_t role = 0; role < contract_n_roles; role++) {
		pool_open(&db->reads[LANE_FAST * contract_n_roles + role], db, contract_roles[role],
			  config->read_connections);
		pool_open(&db->reads[LANE_SLOW * contract_n_roles + role], db, contract_roles[role],
			  config->slow_connections);
	}
	return db;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	pool_close(&db->writes);
	for (size_t i = 0; i < 2 * contract_n_roles; i++)
		pool_close(&db->reads[i]);
	free(db->reads);
	free(db);
}
