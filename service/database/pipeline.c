#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <libpq-fe.h>

#include "base/arena.h"
#include "base/clock.h"
#include "database/call.h"
#include "database/connection.h"
#include "database/pipeline.h"
#include "database/sqlstate.h"

enum {
	COMMANDS_PER_CALL = 4, /* claims and statement, and the preparation of each */
	MAX_COMMANDS = PIPELINE_MAX_CALLS * COMMANDS_PER_CALL,
	UUID_CHARS = 36,
	GRACE_MS = 1000, /* after statement_timeout, for a server that is silent */
};

static const struct bind begin_binds[5];
static const struct statement begin_read = {"begin.read",
    "select set_config('app.claims', $1::text, true)", begin_binds, 1};
/* A usual statement keeps its plan: planning it again takes a tenth of its time. This setting
 * chooses between plans and makes none, so it leaves no trace in the plans of functions. */
static const struct statement begin_usual = {"begin.usual",
    "select set_config('app.claims', $1::text, true), set_config('plan_cache_mode', 'force_generic_plan', true)",
    begin_binds, 1};
/* Writes share the lock. A statement that must be alone takes it for itself, before any table. */
static const struct statement begin_write = {"begin.write",
    "select pg_advisory_xact_lock_shared(hashtext('write')),"
    " set_config('app.claims', $1::text, true), set_config('role', $2::text, true),"
    " idempotency_claim($3::text, $4::text, $5::text)",
    begin_binds, 5};

struct command {
	size_t group;
	struct prepared *prepares;
	bool begins, operates;
};

/* The calls that share a statement of the batch: one call, or several that differ only in the
 * record's id. */
struct group {
	size_t n_calls;
	PGresult *rows, *error;
	bool claiming;
};

/* The commands that were sent, in order. The results of each one end with a NULL. */
struct pipeline {
	struct connection *connection;
	struct batch_item *const *items;
	size_t n_items, group_of[PIPELINE_MAX_CALLS];
	struct group
	    groups[PIPELINE_MAX_CALLS + 1]; /* the last one is the sync, which is the commit */
	size_t n_groups;
	struct command
	    commands[MAX_COMMANDS + 1]; /* the last one stays empty, for the result of the sync */
	size_t n_commands, at;
	const char *claims; /* in force when the next statement runs */
	int64_t patience_us; /* how long a server may be silent */
	bool late; /* the server was silent for too long */
	bool synced;
	bool replaced; /* its server is no longer the primary */
};

/* Whether the statement is prepared, or an earlier command of this batch prepares it. */
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
	size_t group = pipeline->n_groups;
	const char *role = begins || call->lane != LANE_WRITE ? NULL : call->role;
	struct prepared *slot = connection_slot(pipeline->connection, statement, role);
	char name[128];

	snprintf(name, sizeof(name), "%s%s%s", role ? role : "", role ? "." : "", statement->name);
	if (!is_prepared(pipeline, slot)) {
		if (!PQsendPrepare(pg, name, statement->sql, 0, NULL))
			return false;
		pipeline->commands[pipeline->n_commands++] =
		    (struct command){.group = group, .prepares = slot, .begins = begins};
	}
	pipeline->commands[pipeline->n_commands++] =
	    (struct command){.group = group, .begins = begins, .operates = !begins};
	return PQsendQueryPrepared(pg, name, (int)statement->n_binds, values, NULL, NULL, 0);
}

static const char *claims_of(const struct db_call *call)
{
	return call->claims ? call->claims : "";
}

/* Claims end with the sync. Within a batch they hold until others are set. */
static bool send_begin(struct pipeline *pipeline, const struct db_call *call)
{
	char role[64] = "none";
	const char *const values[] = {claims_of(call), role, call->principal, call->key,
	    call->request_hash};

	if (call->role)
		snprintf(role, sizeof(role), "ovop_%s", call->role);
	if (call->lane == LANE_WRITE)
		return send_statement(pipeline, call, &begin_write, values, true);
	if (call->keeps_plan) /* a list, alone in its batch */
		return send_statement(pipeline, call, &begin_usual, values, true);
	if (!strcmp(values[0], pipeline->claims))
		return true;
	pipeline->claims = values[0];
	return send_statement(pipeline, call, &begin_read, values, true);
}

static bool is_equal(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Whether the calls differ only in the record's id: same statement, claims and other values. */
static bool may_share(const struct batch_item *a, const struct batch_item *b)
{
	bool same = a->call->many && a->call->statement == b->call->statement && !a->alone &&
		    !b->alone && !strcmp(claims_of(a->call), claims_of(b->call));

	for (size_t i = 0; same && i < a->call->statement->n_binds; i++)
		same = i == a->call->many_key || is_equal(a->call->values[i], b->call->values[i]);
	return same;
}

/* Puts this call, and later ones that may share its statement, into the next group. Their ids
 * become an array. */
static void gather(struct pipeline *pipeline, size_t first, char *ret_ids)
{
	struct group *group = &pipeline->groups[pipeline->n_groups];

	for (size_t i = first; i < pipeline->n_items; i++) {
		const struct db_call *call = pipeline->items[i]->call;

		if (i != first && (pipeline->group_of[i] != SIZE_MAX ||
				      !may_share(pipeline->items[first], pipeline->items[i])))
			continue;
		pipeline->group_of[i] = pipeline->n_groups;
		ret_ids += sprintf(ret_ids, "%c%.*s", group->n_calls++ ? ',' : '{', UUID_CHARS,
		    call->many ? call->values[call->many_key] : "");
	}
	strcpy(ret_ids, "}");
}

static bool send_group(struct pipeline *pipeline, size_t first)
{
	const struct db_call *call = pipeline->items[first]->call;
	char ids[PIPELINE_MAX_CALLS * (UUID_CHARS + 1) + 2];
	const char *values[MANY_MAX_BINDS];

	gather(pipeline, first, ids);
	if (!send_begin(pipeline, call))
		return false;
	if (pipeline->groups[pipeline->n_groups].n_calls == 1)
		return send_statement(pipeline, call, call->statement, call->values, false);
	memcpy(values, call->values, call->many->n_binds * sizeof(*values));
	values[call->many_key] = ids;
	return send_statement(pipeline, call, call->many, values, false);
}

static bool send_all(struct pipeline *pipeline)
{
	bool sent = true;

	memset(pipeline->group_of, 0xff, sizeof(pipeline->group_of));
	for (size_t i = 0; i < pipeline->n_items; i++) {
		if (pipeline->group_of[i] != SIZE_MAX)
			continue;
		sent = sent && send_group(pipeline, i);
		pipeline->group_of[i] = pipeline->n_groups++;
	}
	return sent && PQpipelineSync(pipeline->connection->pg);
}

/* Waits for a result while it sends the rest of the batch. It must read meanwhile: a server stops
 * reading when nobody reads its replies. False if the server is silent for too long. */
static bool await(struct pipeline *pipeline)
{
	PGconn *pg = pipeline->connection->pg;
	int64_t until_us = clock_us() + pipeline->patience_us;

	for (;;) {
		int unsent = PQflush(pg);

		if (unsent < 0 || (!unsent && !PQisBusy(pg)))
			return true; /* an error shows in the result */
		struct pollfd poll_fd = {.fd = PQsocket(pg),
		    .events = (short)(POLLIN | (unsent ? POLLOUT : 0))};
		int64_t left_us = until_us - clock_us();
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

/* A statement counts as prepared only after the result of its Parse, because an aborted pipeline
 * skips the rest. */
static void note_result(struct pipeline *pipeline, PGresult *result)
{
	bool beyond = pipeline->at >= pipeline->n_commands;
	const struct command *command = &pipeline->commands[beyond ? MAX_COMMANDS : pipeline->at];
	struct group *group = &pipeline->groups[beyond ? PIPELINE_MAX_CALLS : command->group];
	PGresult **place = NULL;

	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
		if (command->prepares)
			command->prepares->known = true;
		break;
	case PGRES_TUPLES_OK: place = command->operates ? &group->rows : NULL; break;
	case PGRES_PIPELINE_SYNC: pipeline->synced = true; break;
	case PGRES_PIPELINE_ABORTED: break;
	default:
		place = &group->error;
		group->claiming = group->error ? group->claiming : command->begins;
	}
	if (place && !*place)
		*place = result;
	else
		PQclear(result);
}

static void receive_all(struct pipeline *pipeline)
{
	int silent = 0; /* NULLs in a row: one ends a command, more mean a lost connection */

	while (!pipeline->synced && silent < 3 && await(pipeline)) {
		PGresult *result = PQgetResult(pipeline->connection->pg);

		silent = result ? 0 : silent + 1;
		if (result)
			note_result(pipeline, result);
		else
			pipeline->at++;
	}
}

static int row_of(const PGresult *rows, const char *key)
{
	int column = PQfnumber(rows, "_key"), row = 0;

	while (row < PQntuples(rows) && strcasecmp(PQgetvalue(rows, row, column), key) != 0)
		row++;
	return row;
}

/* Fills the reply of each call of the group. They share the result; the last one frees it. */
static void deliver(const struct pipeline *pipeline, size_t group, enum db_outcome outcome,
    PGresult *result)
{
	size_t n = pipeline->groups[group].n_calls;
	atomic_int *holders = result && n > 1 ? arena_calloc(1, sizeof(*holders)) : NULL;

	if (holders)
		*holders = (int)n;
	for (size_t i = 0; i < pipeline->n_items; i++) {
		struct batch_item *item = pipeline->items[i];
		const struct db_call *call = item->call;

		if (pipeline->group_of[i] != group)
			continue;
		*item->reply = (struct db_reply){.outcome = outcome,
		    .claiming = pipeline->groups[group].claiming,
		    .late = pipeline->late,
		    .result = result,
		    .holders = holders};
		if (outcome == DB_DONE && n > 1)
			item->reply->row = row_of(result, call->values[call->many_key]);
		item->done = true;
	}
}

/* Each call of the group runs alone next time, so that only the culprit fails. */
static void separate(const struct pipeline *pipeline, size_t group)
{
	for (size_t i = 0; i < pipeline->n_items; i++)
		if (pipeline->group_of[i] == group)
			pipeline->items[i]->alone = true;
}

static enum db_outcome outcome_without_rows(bool sure, bool may_be_committed)
{
	if (sure)
		return DB_FAILED;
	return may_be_committed ? DB_UNKNOWN : DB_UNAVAILABLE;
}

/* Fills the replies of a group, unless an earlier error kept it from running. */
static void conclude(struct pipeline *pipeline, size_t at)
{
	struct group *group = &pipeline->groups[at], *sync = &pipeline->groups[PIPELINE_MAX_CALLS];
	bool write =
	    pipeline->items[0]->call->lane == LANE_WRITE; /* a write is alone in its batch */
	bool failed_at_commit = write && sync->error && !group->error;
	PGresult **error = failed_at_commit ? &sync->error : &group->error;
	bool sure = pipeline->synced && !pipeline->connection->unsure &&
		    sqlstate_of(*error) != SQLSTATE_LIBPQ && !pipeline->replaced;
	bool committed = sure && group->rows && !*error;
	bool culprit_unknown = sure && *error && group->n_calls > 1;
	bool has_run = !sure || *error || at == 0;

	if (committed) {
		deliver(pipeline, at, DB_DONE, group->rows);
		group->rows = NULL;
	} else if (culprit_unknown) {
		separate(pipeline, at);
	} else if (has_run) {
		/* Without a sync the commit may have happened, but not if the server ended the
		 * connection first. */
		bool refused = sqlstate_of(*error) == SQLSTATE_SHUTDOWN && !group->rows;

		deliver(pipeline, at, outcome_without_rows(sure, write && !refused), *error);
		*error = NULL;
	}
}

void pipeline_run(struct connection *connection, long statement_ms, struct batch_item *const *items,
    size_t n_items)
{
	struct pipeline pipeline = {.connection = connection,
	    .items = items,
	    .n_items = n_items,
	    .claims = "",
	    .patience_us = (statement_ms + GRACE_MS) * 1000};

	connection->unsure = false;
	if (send_all(&pipeline))
		receive_all(&pipeline);
	pipeline.replaced = connection_is_replaced(connection);
	connection->broken = !pipeline.synced || pipeline.replaced || connection->unsure ||
			     PQstatus(connection->pg) != CONNECTION_OK;
	for (size_t i = 0; i <= PIPELINE_MAX_CALLS; i++) {
		connection->broken |= sqlstate_ends_connection(pipeline.groups[i].error);
		connection->outdated |= sqlstate_is_outdated(pipeline.groups[i].error);
	}
	for (size_t i = 0; i < pipeline.n_groups; i++)
		conclude(&pipeline, i);
	for (size_t i = 0; i <= PIPELINE_MAX_CALLS; i++) {
		PQclear(pipeline.groups[i].rows);
		PQclear(pipeline.groups[i].error);
	}
}
