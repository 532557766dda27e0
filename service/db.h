/* The one door to PostgreSQL. A call is its claims and one statement in a transaction of its own, on a connection of the right role; it
 * waits in a lane, and short reads share a sync (lane.h). */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "contract.h"

struct buffer;
struct config;
struct db;
struct pg_result;

enum db_outcome {
	DB_DONE, /* committed; result holds the rows */
	DB_FAILED, /* rolled back; result holds the error */
	DB_UNAVAILABLE, /* nothing was done; result may be NULL */
	DB_OVERLOADED, /* its turn did not come in time; nothing was done */
	DB_UNKNOWN, /* a write was sent and its fate is not known */
};

struct db_call {
	const char *
	    role; /* without its prefix: one of contract_roles, or "engine"; NULL: the login itself */
	enum lane_name lane;
	const char *claims; /* app.claims, a JSON object; NULL: the public */
	const char *principal, *key, *request_hash; /* Idempotency-Key; NULL: none */
	const struct statement *statement;
	const char *const *values; /* one for each of its binds, text form; NULL = null */
	bool
	    one_plan; /* planned once, whatever the values, and without sorts where an index has the order; alone in its batch */
	const struct statement *many; /* what may stand for it and others of its kind, or NULL */
	size_t many_key; /* which of the values is the record's id, a UUID */
};

struct db_reply {
	enum db_outcome outcome;
	bool claiming; /* the error came from the claims statement, before the operation's own */
	bool late; /* the server said nothing for as long as a statement may take: no second try */
	struct pg_result *result; /* the caller's; free with db_reply_free */
	int row; /* where its rows begin in the result; beyond the last when there is none */
	atomic_int *holders; /* of a result that several replies share; NULL: this one alone */
};

/* The role of the engine's own statements; a name to pass as db_call.role. */
extern const char db_role_engine[];

struct db *db_open(const struct config *config);
void db_close(struct db *db);
void db_run(struct db *db, const struct db_call *call, struct db_reply *ret_reply);
void db_reply_free(struct db_reply *reply);

/* Whether this is an error whose SQLSTATE begins so; NULL is none. */
bool db_error_is(const struct pg_result *error, const char *class);

/* Whether a change of the schema undid the statement, prepared or running: nothing was done, and a new connection knows better. */
bool db_error_is_outdated(const struct pg_result *error);

/* What the engine itself reads of a reply: the number of rows, and a value of the first row, which belongs to the reply (NULL for
 * null, no row or no such column). */
size_t db_rows(const struct db_reply *reply);
const char *db_value(const struct db_reply *reply, const char *column);

/* How the lanes are used, as Prometheus text. */
void db_write_metrics(struct db *db, struct buffer *out);

/* Number of the newest migration in a database that takes writes, or -1 with one line in reterr_why; requests do not hold it up. */
int db_schema_version(struct db *db, char *reterr_why, size_t size);
