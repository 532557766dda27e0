#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include "config.h"
#include "connection.h"
#include "db.h"
#include "pipeline.h"
#include "service.h"

enum {
	COMMANDS_PER_CALL = 4, /* claims and statement, each prepared before */
	MAX_COMMANDS = PIPELINE_MAX_CALLS * COMMANDS_PER_CALL,
	GRACE_MS = 1000, /* beyond statement_timeout, for a server that does not answer at all */
};

static const struct bind begin_binds[5];
static const struct statement begin_read = {"begin.read",
    "select set_config('app.claims', $1::text, true)", begin_binds, 1};
static const struct statement begin_write = {"begin.write",
    "select set_config('app.claims', $1::text, true), set_config('role', $2::text, true),"
    " idempotency_claim($3::text, $4::text, $5::text)",
    begin_binds, 5};

struct command {
	size_t call;
	struct prepared *slot, prepared; /* what the slot holds once this has succeeded */
	bool begins, operates;
};

struct outcome {
	PGresult *rows, *error;
	bool claiming;
};

/* What was sent, in order; each command's results end with a NULL. */
struct pipeline {
	struct connection *connection;
	const struct db_call *const *calls;
	struct outcome
	    outcomes[PIPELINE_MAX_CALLS + 1]; /* the last: of the sync, which is the commit */
	size_t n_calls;
	struct command commands[MAX_COMMANDS + 1]; /* the last stays empty: what the sync answers */
	size_t n_commands, at;
	const char *claims; /* those that stand when the next statement runs */
	int64_t until_us;
	bool synced;
};

/* Prepared, or on its way to be in this very batch. */
static bool is_prepared(const struct pipeline *pipeline, const struct prepared *slot,
    struct prepared wanted)
{
	if (slot->statement)
		return true;
	for (size_t i = 0; i < pipeline->n_commands; i++)
		if (pipeline->commands[i].slot == slot &&
		    pipeline->commands[i].prepared.statement == wanted.statement &&
		    pipeline->commands[i].prepared.role == wanted.role)
			return true;
	return false;
}

static bool send_statement(struct pipeline *pipeline, size_t at, const struct statement *statement,
    const char *const *values, bool begins)
{
	const struct db_call *call = pipeline->calls[at];
	PGconn *pg = pipeline->connection->pg;
	const struct prepared wanted = {statement,
	    begins || call->lane != LANE_WRITE ? NULL : call->role};
	struct prepared *slot = connection_slot(pipeline->connection, statement, wanted.role);
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", wanted.role ? wanted.role : "",
	    wanted.role ? "." : "", statement->name);
	if (!is_prepared(pipeline, slot, wanted)) {
		if (!PQsendPrepare(pg, name, statement->sql, 0, NULL))
			return false;
		pipeline->commands[pipeline->n_commands++] = (struct command){.call = at,
		    .slot = slot,
		    .prepared = wanted,
		    .begins = begins};
	}
	pipeline->commands[pipeline->n_commands++] =
	    (struct command){.call = at, .begins = begins, .operates = !begins};
	return PQsendQueryPrepared(pg, name, (int)statement->n_binds, values, NULL, NULL, 0);
}

/* Claims end with the sync; within a batch they stand until others are set. */
static bool send_begin(struct pipeline *pipeline, size_t at)
{
	const struct db_call *call = pipeline->calls[at];
	const char *claims = call->claims ? call->claims : "";
	char role[64] = "none";
	const char *const values[] = {claims, role, call->principal, call->key, call->request_hash};

	if (call->role)
		snprintf(role, sizeof(role), "ovop_%s", call->role);
	if (call->lane == LANE_WRITE)
		return send_statement(pipeline, at, &begin_write, values, true);
	if (!strcmp(claims, pipeline->claims))
		return true;
	pipeline->claims = claims;
	return send_statement(pipeline, at, &begin_read, values, true);
}

static bool send_all(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->n_calls; i++)
		if (!send_begin(pipeline, i) ||
		    !send_statement(pipeline, i, pipeline->calls[i]->statement,
			pipeline->calls[i]->values, false))
			return false;
	return PQpipelineSync(pipeline->connection->pg);
}

/* Waits until a result can be had without waiting, and sends what is still to be sent: it reads meanwhile, since a server whose
 * replies nobody takes takes no more requests either. False when the time is over or the connection gone. */
static bool await(struct pipeline *pipeline)
{
	PGconn *pg = pipeline->connection->pg;

	for (;;) {
		int unsent = PQflush(pg);

		if (unsent < 0 || (!unsent && !PQisBusy(pg)))
			return true; /* also with an error, which the result tells */
		struct pollfd poll_fd = {.fd = PQsocket(pg),
		    .events = (short)(POLLIN | (unsent ? POLLOUT : 0))};
		int64_t left_us = pipeline->until_us - service_clock_us();
		int ready = left_us > 0 ? poll(&poll_fd, 1, (int)(left_us / 1000 + 1)) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		if ((poll_fd.revents & ~POLLOUT) && !PQconsumeInput(pg))
			return true;
	}
}

/* A statement counts as prepared only after its own result: an aborted pipeline skips the rest. */
static void note_result(struct pipeline *pipeline, PGresult *result)
{
	bool beyond = pipeline->at >= pipeline->n_commands;
	const struct command *command = &pipeline->commands[beyond ? MAX_COMMANDS : pipeline->at];
	struct outcome *outcome = &pipeline->outcomes[beyond ? PIPELINE_MAX_CALLS : command->call];
	PGresult **place = NULL;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		if (command->slot)
			*command->slot = command->prepared;
		break;
	case PGRES_TUPLES_OK: place = command->operates ? &outcome->rows : NULL; break;
	case PGRES_PIPELINE_SYNC: pipeline->synced = true; break;
	case PGRES_PIPELINE_ABORTED: break;
	default:
		place = &outcome->error;
		outcome->claiming = outcome->error ? outcome->claiming : command->begins;
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

	while (!pipeline->synced && silent < 3 && await(pipeline)) {
		PGresult *result = PQgetResult(pipeline->connection->pg);

		silent = result ? 0 : silent + 1;
		if (result)
			note_result(pipeline, result);
		else
			pipeline->at++;
	}
}

/* Errors after which the connection is of no more use: gone, going, a standby now, or its plans are of another schema. */
static bool is_the_connections(const PGresult *error)
{
	static const char *const classes[] = {"08", "53", "57P", "25006", "0A000", "XX"};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (db_error_is(error, classes[i]))
			return true;
	return false;
}

/* The reply to one call; false when it was not run, because of an error before it. */
static bool conclude(const struct pipeline *pipeline, size_t at, struct db_reply *ret_reply)
{
	const struct outcome *outcome = &pipeline->outcomes[at];
	PGresult *lost = pipeline->outcomes[PIPELINE_MAX_CALLS].error;
	bool write = pipeline->calls[at]->lane == LANE_WRITE;
	bool sure = pipeline->synced && !pipeline->connection->unsure;
	bool undone = write && lost; /* a write stands alone in its batch */

	*ret_reply = (struct db_reply){.claiming = outcome->claiming};
	if (sure && outcome->rows && !outcome->error && !undone) {
		ret_reply->outcome = DB_DONE;
		ret_reply->result = outcome->rows;
		return true;
	}
	if (sure && !outcome->error && !undone && at)
		return false;
	/* Rows without a sync: the commit may have happened. A FATAL in their place: it cannot have. */
	ret_reply->result = outcome->error ? outcome->error : undone ? lost : NULL;
	bool refused = db_error_is(ret_reply->result, "57P") && !outcome->rows;
	ret_reply->outcome = sure ? DB_FAILED : write && !refused ? DB_UNKNOWN : DB_UNAVAILABLE;
	PQclear(outcome->rows);
	return true;
}

size_t pipeline_run(struct connection *connection, const struct config *config,
    const struct db_call *const *calls, struct db_reply *const *replies, size_t n_calls)
{
	struct pipeline pipeline = {.connection = connection,
	    .calls = calls,
	    .n_calls = n_calls,
	    .claims = "",
	    .until_us = service_clock_us() +
			(config->statement_timeout_ms * (int64_t)n_calls + GRACE_MS) * 1000};
	size_t n_done = 0;

	connection->unsure = false;
	if (send_all(&pipeline))
		receive_all(&pipeline);
	connection->broken = !pipeline.synced || PQstatus(connection->pg) != CONNECTION_OK;
	for (size_t i = 0; i <= PIPELINE_MAX_CALLS; i++)
		connection->broken |= is_the_connections(pipeline.outcomes[i].error);
	while (n_done < n_calls && conclude(&pipeline, n_done, replies[n_done]))
		n_done++;
	if (replies[0]->result != pipeline.outcomes[PIPELINE_MAX_CALLS].error)
		PQclear(pipeline.outcomes[PIPELINE_MAX_CALLS].error);
	return n_done;
}
