#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "arena.h"
#include "config.h"
#include "db.h"
#include "pool.h"

enum { MAX_RETRIES = 3, MAX_COMMANDS = 4 };

struct db {
	const struct config *config;
	struct pool writes;
	struct pool *reads; /* [lane * contract_n_roles + role] */
};

const char db_role_engine[] = "engine";

static const struct bind begin_binds[5];
static const struct statement begin_read = {"begin.read",
    "select set_config('app.claims', $1::text, true), set_config('plan_cache_mode', $2::text, true)",
    begin_binds, 2};
static const struct statement begin_write = {"begin.write",
    "select set_config('app.claims', $1::text, true), set_config('role', $2::text, true),"
    " idempotency_claim($3::text, $4::text, $5::text)",
    begin_binds, 5};
static const struct statement version_statement = {"version",
    "select case when pg_is_in_recovery() then -1 else max(number) end from schema_migrations",
    NULL, 0};

struct command {
	struct prepared *slot, prepared; /* what the slot holds once this has succeeded */
	bool begins, operates;
};

/* What was sent, in order; each command's results end with a NULL. */
struct pipeline {
	struct connection *connection;
	const struct db_call *call;
	struct command commands[MAX_COMMANDS + 1]; /* the last stays empty: what the sync answers */
	size_t n_commands, at;
	PGresult *rows, *error;
	bool claiming, synced;
};

static struct prepared *slot_of(struct connection *connection, const struct statement *statement,
    const char *role)
{
	size_t at = ((uintptr_t)statement >> 4 ^ (uintptr_t)role >> 2) % POOL_MAX_PREPARED;

	while (connection->prepared[at].statement &&
	       (connection->prepared[at].statement != statement ||
		   connection->prepared[at].role != role))
		at = (at + 1) % POOL_MAX_PREPARED;
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
		pipeline->commands[pipeline->n_commands++] =
		    (struct command){.slot = slot, .prepared = {statement, role}, .begins = begins};
	}
	pipeline->commands[pipeline->n_commands++] =
	    (struct command){.begins = begins, .operates = !begins};
	return PQsendQueryPrepared(pg, name, (int)statement->n_binds, values, NULL, NULL, 0);
}

static bool send_begin(struct pipeline *pipeline)
{
	const struct db_call *call = pipeline->call;
	const char *plan = call->custom_plan ? "force_custom_plan" : "auto";
	char role[64] = "none";
	const char *const reading[] = {call->claims ? call->claims : "", plan};
	const char *const writing[] = {reading[0], role, call->principal, call->key,
	    call->request_hash};

	if (call->role)
		snprintf(role, sizeof(role), "ovop_%s", call->role);
	if (call->write)
		return send_statement(pipeline, &begin_write, writing, true);
	return (!call->claims && !call->custom_plan) ||
	       send_statement(pipeline, &begin_read, reading, true);
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
	size_t at = pipeline->at < pipeline->n_commands ? pipeline->at : MAX_COMMANDS;
	const struct command *command = &pipeline->commands[at];
	PGresult **place = NULL;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		if (command->slot)
			*command->slot = command->prepared;
		break;
	case PGRES_TUPLES_OK: place = command->operates ? &pipeline->rows : NULL; break;
	case PGRES_PIPELINE_SYNC: pipeline->synced = true; break;
	case PGRES_PIPELINE_ABORTED: break;
	default:
		place = &pipeline->error;
		pipeline->claiming = pipeline->error ? pipeline->claiming : command->begins;
	}
	if (place && !*place)
		*place = result;
	else
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
	if (pipeline->synced && !pipeline->connection->unsure && !pipeline->error &&
	    pipeline->rows) {
		reply->outcome = DB_DONE;
		reply->result = pipeline->rows;
		return;
	}
	/* Rows without a sync: the commit may have happened. A FATAL in their place: it cannot have. */
	bool gone = !pipeline->synced || pipeline->connection->unsure;
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
	pipeline.connection = pool_take(pool, &reply->outcome);
	if (!pipeline.connection)
		return;
	pipeline.connection->unsure = false;
	if (send_all(&pipeline))
		receive_all(&pipeline);
	conclude(&pipeline, reply);
	if (must_close(&pipeline)) {
		pool_discard(pipeline.connection);
		pipeline.connection = NULL;
	}
	pool_give_back(pool, pipeline.connection);
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
		    ret_reply->outcome == DB_FAILED &&
		    (is_class(ret_reply->result, "40001") || is_class(ret_reply->result, "40P01"));
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

size_t db_rows(const struct db_reply *reply)
{
	return (size_t)PQntuples(reply->result);
}

const char *db_value(const struct db_reply *reply, const char *column)
{
	int at = PQntuples(reply->result) ? PQfnumber(reply->result, column) : -1;

	return at < 0 || PQgetisnull(reply->result, 0, at) ? NULL
							   : PQgetvalue(reply->result, 0, at);
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

struct db *db_open(const struct config *config)
{
	struct db *db = arena_calloc(1, sizeof(*db));

	db->config = config;
	db->reads = arena_calloc(2 * contract_n_roles, sizeof(*db->reads));
	pool_open(&db->writes, config, NULL, config->write_connections);
	for (size_t role = 0; role < contract_n_roles; role++) {
		pool_open(&db->reads[LANE_FAST * contract_n_roles + role], config,
		    contract_roles[role], config->read_connections);
		pool_open(&db->reads[LANE_SLOW * contract_n_roles + role], config,
		    contract_roles[role], config->slow_connections);
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
