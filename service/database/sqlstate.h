/* The SQLSTATEs that the service distinguishes (PostgreSQL, appendix A), and what they mean for the
 * connection and for a retry. Which problem an error is stands in reply/failure.c. */
#pragma once

#include <stdbool.h>

struct pg_result;

enum sqlstate {
	SQLSTATE_NONE, /* no error */
	SQLSTATE_LIBPQ, /* libpq's own error, without a code: no memory, or an unreadable reply */
	SQLSTATE_REPLAY, /* PT208, raised by our SQL: the key's earlier request has a kept reply */
	SQLSTATE_REFUSED, /* PTnnn, raised by our SQL: a problem's code is the message */
	SQLSTATE_CONNECTION_EXCEPTION, /* 08 */
	SQLSTATE_FEATURE_NOT_SUPPORTED, /* 0A000: a plan's result has another form now */
	SQLSTATE_DATA_EXCEPTION, /* 22: a value is out of range or malformed */
	SQLSTATE_UNIQUE_VIOLATION, /* 23505 */
	SQLSTATE_EXCLUSION_VIOLATION, /* 23P01 */
	SQLSTATE_INTEGRITY_VIOLATION, /* 23, all others: check, foreign key, not null */
	SQLSTATE_READ_ONLY_TRANSACTION, /* 25006: the server has become a standby */
	SQLSTATE_SERIALIZATION_FAILURE, /* 40001 */
	SQLSTATE_DEADLOCK_DETECTED, /* 40P01 */
	SQLSTATE_INSUFFICIENT_PRIVILEGE, /* 42501: no grant, or a policy refuses */
	SQLSTATE_DATATYPE_MISMATCH, /* 42804: a function's query has another form now */
	SQLSTATE_UNDEFINED_FUNCTION, /* 42883 */
	SQLSTATE_UNDEFINED_TABLE, /* 42P01 */
	SQLSTATE_INSUFFICIENT_RESOURCES, /* 53: disk, memory or connections are used up */
	SQLSTATE_LOCK_NOT_AVAILABLE, /* 55P03: lock_timeout */
	SQLSTATE_QUERY_CANCELED, /* 57014: statement_timeout */
	SQLSTATE_SHUTDOWN, /* 57P: the server stops, starts, or ended this connection */
	SQLSTATE_INTERNAL_ERROR, /* XX000: for example, a function was replaced meanwhile */
	SQLSTATE_CORRUPTED, /* XX, all others: data or an index is corrupted */
	SQLSTATE_OTHER, /* any other code */
	SQLSTATE__MAX,
};

/* The name of a five-character code. */
enum sqlstate sqlstate_named(const char *code);

/* The name of an error; NULL is no error. */
enum sqlstate sqlstate_of(const struct pg_result *error);

/* Whether to close the connection: it is lost, it leads to a standby, or its plans may be
 * outdated. */
bool sqlstate_ends_connection(const struct pg_result *error);

/* Whether a change of the schema undid the statement. Nothing was done; a new connection has new
 * plans. */
bool sqlstate_is_outdated(const struct pg_result *error);

/* Whether the same statement may succeed in a new transaction: a conflict with another one, or an
 * outdated plan. */
bool sqlstate_may_retry(const struct pg_result *error);
