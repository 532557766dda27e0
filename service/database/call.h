/* A call to the database, its reply, and how the engine reads the reply. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "contract/contract.h"

struct pg_result;

enum db_outcome {
	DB_DONE, /* committed; result holds the rows */
	DB_FAILED, /* rolled back; result holds the error */
	DB_UNAVAILABLE, /* nothing was done; result may be NULL */
	DB_OVERLOADED, /* the call waited too long for a connection; nothing was done */
	DB_UNKNOWN, /* a write was sent, and whether it was committed is unknown */
};

/* The role of the engine's own statements; a name to pass as db_call.role. */
extern const char db_role_engine[];

struct db_call {
	/* A subject or an address, for a fair share of the lane; NULL: the engine. */
	const char *caller;
	/* Without its prefix: one of contract_roles, or db_role_engine; NULL: the login itself. */
	const char *role;
	enum lane_name lane;
	const char *claims; /* app.claims, a JSON object; NULL: the public */
	const char *principal, *key, *request_hash; /* Idempotency-Key; NULL: none */
	const struct statement *statement;
	const char *const *values; /* one for each of its binds, text form; NULL = null */
	bool keeps_plan; /* one plan for all values; alone in its batch */
	/* Reads many records for calls that differ only in the id, or NULL. */
	const struct statement *many;
	size_t many_key; /* which of the values is the record's id, a UUID */
};

struct db_reply {
	enum db_outcome outcome;
	bool claiming; /* the error came from the claims statement, before the operation's own */
	bool late; /* the server was silent beyond the statement timeout: do not retry */
	struct pg_result *result; /* the caller's; free with db_reply_free */
	int row; /* where its rows begin in the result; beyond the last when there is no row */
	int64_t waited_us; /* for a connection */
	atomic_int *holders; /* of a result that several replies share; NULL: this one alone */
};

void db_reply_free(struct db_reply *reply);

/* The number of rows, and a value of the first row. The value belongs to the reply; NULL for null,
 * no row or no such column. */
size_t db_rows(const struct db_reply *reply);
const char *db_value(const struct db_reply *reply, const char *column);
