#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <libpq-fe.h>

#include "arena.h"
#include "connection.h"
#include "db.h"
#include "pipeline.h"
#include "service.h"

enum {
	COMMANDS_PER_CALL = 4, /* claims and statement, each prepared before */
	MAX_COMMANDS = PIPELINE_MAX_CALLS * COMMANDS_PER_CALL,
	UUID_CHARS = 36,
	GRACE_MS = 1000, /* beyond statement_timeout, for a server that does not answer at all */
};

static const struct bind begin_binds[5];
static const struct statement begin_read = {"begin.read",
    "select set_config('app.claims', $1::text, true)", begin_binds, 1};
/* A usual statement walks an index. Where policy and filter say the same, the planner multiplies both, expects few rows, and would
 * read and sort all that the filter finds for one page. */
static const struct statement begin_once = {"begin.once",
    "select set_config('app.claims', $1::text, true), set_config('plan_cache_mode', 'force_generic_plan', true),"
    " set_config('enable_sort', 'off', true)",
    begin_binds, 1};
static const struct statement begin_write = {"begin.write",
    "select set_config('app.claims', $1::text, true), set_config('role', $2::text, true),"
    " idempotency_claim($3::text, $4::text, $5::text)",
    begin_binds, 5};

struct command {
	size_t unit;
	struct prepared *prepares;
	bool begins, operates;
};

/* A statement of the batch: one call's, or that of several that ask the same of other records. */
struct unit {
	size_t n_calls;
	PGresult *rows, *error;
	bool claiming;
};

/* What was sent, in order; each command's results end with a NULL. */
struct pipeline {
	struct connection *connection;
	struct errand *const *errands;
	size_t n_errands, unit_of[PIPELINE_MAX_CALLS];
	struct unit units[PIPELINE_MAX_CALLS + 1]; /* the last: the sync, which is the commit */
	size_t n_units;
	struct command commands[MAX_COMMANDS + 1]; /* the last stays empty: what the sync answers */
	size_t n_commands, at;
	const char *claims; /* those that stand when the next statement runs */
	int64_t patience_us; /* with a server that says nothing */
	bool late; /* it was given up */
	bool synced;
	bool replaced; /* its server leads no more */
};

/* Prepared, or on its way to be in this very batch. */
static bool is_prepared(const struct pipeline *pipeline, const struct prepared *slot)
{
	bool on_its_way = false;

	for (size_t i = 0; i < pipeline->n_commands; i++)
		on_its_way |= pipeline->commands[i].prepares == slot;
	return slot->known || on_its_way;
}

static bool send_statement(struct pipeline *pipeline, const struct db_call *call,
    const struct statement *statement, const char *const *values, bool begins)
{
	PGconn *pg = pipeline->connection->pg;
	size_t unit = pipeline->n_units;
	const char *role = begins || call->lane != LANE_WRITE ? NULL : call->role;
	struct prepared *slot = connection_slot(pipeline->connection, statement, role);
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", role ? role : "", role ? "." : "", statement->name);
	if (!is_prepared(pipeline, slot)) {
		if (!PQsendPrepare(pg, name, statement->sql, 0, NULL))
			return false;
		pipeline->commands[pipeline->n_commands++] =
		    (struct command){.unit = unit, .prepares = slot, .begins = begins};
	}
	pipeline->commands[pipeline->n_commands++] =
	    (struct command){.unit = unit, .begins = begins, .operates = !begins};
	return PQsendQueryPrepared(pg, name, (int)statement->n_binds, values, NULL, NULL, 0);
}

static const char *claims_of(const struct db_call *call)
{
	return call->claims ? call->claims : "";
}

/* Claims end with the sync; within a batch they stand until others are set. */
static bool send_begin(struct pipeline *pipeline, const struct db_call *call)
{
	char role[64] = "none";
	const char *const values[] = {claims_of(call), role, call->principal, call->key,
	    call->request_hash};

	if (call->role)
		snprintf(role, sizeof(role), "ovop_%s", call->role);
	if (call->lane == LANE_WRITE)
		return send_statement(pipeline, call, &begin_write, values, true);
	if (call->one_plan) /* a list, alone in its batch */
		return send_statement(pipeline, call, &begin_once, values, true);
	if (!strcmp(values[0], pipeline->claims))
		return true;
	pipeline->claims = values[0];
	return send_statement(pipeline, call, &begin_read, values, true);
}

static bool is_equal(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Whether both ask the same, with the same claims, of records that may differ. */
static bool may_share(const struct errand *a, const struct errand *b)
{
	bool same = a->call->many && a->call->statement == b->call->statement && !a->alone &&
		    !b->alone && !strcmp(claims_of(a->call), claims_of(b->call));

	for (size_t i = 0; same && i < a->call->statement->n_binds; i++)
		same = i == a->call->many_key || is_equal(a->call->values[i], b->call->values[i]);
	return same;
}

/* Into the unit that is sent next: this call and those behind it that may share its statement, their ids as an array. */
static void gather(struct pipeline *pipeline, size_t first, char *ret_ids)
{
	struct unit *unit = &pipeline->units[pipeline->n_units];

	for (size_t i = first; i < pipeline->n_errands; i++) {
		const struct db_call *call = pipeline->errands[i]->call;

		if (i != first && (pipeline->unit_of[i] != SIZE_MAX ||
				      !may_share(pipeline->errands[first], pipeline->errands[i])))
			continue;
		pipeline->unit_of[i] = pipeline->n_units;
		ret_ids += sprintf(ret_ids, "%c%.*s", unit->n_calls++ ? ',' : '{', UUID_CHARS,
		    call->many ? call->values[call->many_key] : "");
	}
	strcpy(ret_ids, "}");
}

static bool send_unit(struct pipeline *pipeline, size_t first)
{
	const struct db_call *call = pipeline->errands[first]->call;
	char ids[PIPELINE_MAX_CALLS * (UUID_CHARS + 1) + 2];
	const char *values[MANY_MAX_BINDS];

	gather(pipeline, first, ids);
	if (!send_begin(pipeline, call))
		return false;
	if (pipeline->units[pipeline->n_units].n_calls == 1)
		return send_statement(pipeline, call, call->statement, call->values, false);
	memcpy(values, call->values, call->many->n_binds * sizeof(*values));
	values[call->many_key] = ids;
	return send_statement(pipeline, call, call->many, values, false);
}

static bool send_all(struct pipeline *pipeline)
{
	bool sent = true;

	memset(pipeline->unit_of, 0xff, sizeof(pipeline->unit_of));
	for (size_t i = 0; i < pipeline->n_errands; i++) {
		if (pipeline->unit_of[i] != SIZE_MAX)
			continue;
		sent = sent && send_unit(pipeline, i);
		pipeline->unit_of[i] = pipeline->n_units++;
	}
	return sent && PQpipelineSync(pipeline->connection->pg);
}

/* Waits until a result can be had without waiting, and sends what is still to be sent: it reads meanwhile, since a server whose
 * replies nobody takes takes no more requests either. False when it has not come in time. */
static bool await(struct pipeline *pipeline)
{
	PGconn *pg = pipeline->connection->pg;
	int64_t until_us = service_clock_us() + pipeline->patience_us;

	for (;;) {
		int unsent = PQflush(pg);

		if (unsent < 0 || (!unsent && !PQisBusy(pg)))
			return true; /* also with an error, which the result tells */
		struct pollfd poll_fd = {.fd = PQsocket(pg),
		    .events = (short)(POLLIN | (unsent ? POLLOUT : 0))};
		int64_t left_us = until_us - service_clock_us();
		int ready = left_us > 0 ? poll(&poll_fd, 1, (int)(left_us / 1000 + 1)) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0) {
			pipeline->late = true;
			return false;
		}
		if ((poll_fd.revents & ~POLLOUT) && !PQconsumeInput(pg))
			return true;
	}
}

/* A statement counts as prepared only after its own result: an aborted pipeline skips the rest. */
static void note_result(struct pipeline *pipeline, PGresult *result)
{
	bool beyond = pipeline->at >= pipeline->n_commands;
	const struct command *command = &pipeline->commands[beyond ? MAX_COMMANDS : pipeline->at];
	struct unit *unit = &pipeline->units[beyond ? PIPELINE_MAX_CALLS : command->unit];
	PGresult **place = NULL;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		if (command->prepares)
			command->prepares->known = true;
		break;
	case PGRES_TUPLES_OK: place = command->operates ? &unit->rows : NULL; break;
	case PGRES_PIPELINE_SYNC: pipeline->synced = true; break;
	case PGRES_PIPELINE_ABORTED: break;
	default:
		place = &unit->error;
		unit->claiming = unit->error ? unit->claiming : command->begins;
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

/* libpq's own: it got no memory for what the server said, or could not read it. */
static bool is_libpqs(const PGresult *error)
{
	return error && !PQresultErrorField(error, PG_DIAG_SQLSTATE);
}

/* Errors after which the connection is of no more use: gone, going, a standby now, or its plans may be of another schema. */
static bool is_the_connections(const PGresult *error)
{
	static const char *const classes[] = {"08", "53", "57P", "25006", "0A000", "XX"};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (db_error_is(error, classes[i]))
			return true;
	return is_libpqs(error);
}

static int row_of(const PGresult *rows, const char *key)
{
	int column = PQfnumber(rows, "_key"), row = 0;

	while (row < PQntuples(rows) && strcasecmp(PQgetvalue(rows, row, column), key) != 0)
		row++;
	return row;
}

/* To each call of the unit its reply. Many hold a result that they share; the last lets it go. */
static void give(const struct pipeline *pipeline, size_t unit, enum db_outcome outcome,
    PGresult *result)
{
	size_t n = pipeline->units[unit].n_calls;
	atomic_int *holders = result && n > 1 ? arena_calloc(1, sizeof(*holders)) : NULL;

	if (holders)
		*holders = (int)n;
	for (size_t i = 0; i < pipeline->n_errands; i++) {
		struct errand *errand = pipeline->errands[i];
		const struct db_call *call = errand->call;

		if (pipeline->unit_of[i] != unit)
			continue;
		*errand->reply = (struct db_reply){.outcome = outcome,
		    .claiming = pipeline->units[unit].claiming,
		    .late = pipeline->late,
		    .result = result,
		    .holders = holders};
		if (outcome == DB_DONE && n > 1)
			errand->reply->row = row_of(result, call->values[call->many_key]);
		errand->done = true;
	}
}

/* Whose fault it was shows when each runs a statement of its own. */
static void part(const struct pipeline *pipeline, size_t unit)
{
	for (size_t i = 0; i < pipeline->n_errands; i++)
		if (pipeline->unit_of[i] == unit)
			pipeline->errands[i]->alone = true;
}

/* The replies to a unit's calls, but none when an error before them kept them from being run. */
static void conclude(struct pipeline *pipeline, size_t at)
{
	struct unit *unit = &pipeline->units[at], *sync = &pipeline->units[PIPELINE_MAX_CALLS];
	bool write = pipeline->errands[0]->call->lane == LANE_WRITE; /* alone in its batch */
	PGresult **error = write && sync->error && !unit->error ? &sync->error : &unit->error;
	bool sure = pipeline->synced && !pipeline->connection->unsure && !is_libpqs(*error) &&
		    !pipeline->replaced;

	if (sure && unit->rows && !*error) {
		give(pipeline, at, DB_DONE, unit->rows);
		unit->rows = NULL;
	} else if (sure && *error && unit->n_calls > 1) {
		part(pipeline, at);
	} else if (!sure || *error || !at) {
		/* Rows without a sync: the commit may have happened. A FATAL in their place: it cannot have. */
		bool refused = db_error_is(*error, "57P") && !unit->rows;

		give(pipeline, at,
		    sure		? DB_FAILED
		    : write && !refused ? DB_UNKNOWN
					: DB_UNAVAILABLE,
		    *error);
		*error = NULL;
	}
}

void pipeline_run(struct connection *connection, long statement_ms, struct errand *const *errands,
    size_t n_errands)
{
	struct pipeline pipeline = {.connection = connection,
	    .errands = errands,
	    .n_errands = n_errands,
	    .claims = "",
	    .patience_us = (statement_ms + GRACE_MS) * 1000};

	connection->unsure = false;
	if (send_all(&pipeline))
		receive_all(&pipeline);
	pipeline.replaced = connection_is_replaced(connection);
	connection->broken = !pipeline.synced || pipeline.replaced || connection->unsure ||
			     PQstatus(connection->pg) != CONNECTION_OK;
	for (size_t i = 0; i <= PIPELINE_MAX_CALLS; i++) {
		connection->broken |= is_the_connections(pipeline.units[i].error);
		connection->outdated |= db_error_is_outdated(pipeline.units[i].error);
	}
	for (size_t i = 0; i < pipeline.n_units; i++)
		conclude(&pipeline, i);
	for (size_t i = 0; i <= PIPELINE_MAX_CALLS; i++) {
		PQclear(pipeline.units[i].rows);
		PQclear(pipeline.units[i].error);
	}
}
