#include <string.h>

#include <libpq-fe.h>

#include "database/sqlstate.h"

/* A code or its beginning. The first row that fits is taken, so a class comes after its codes. */
static const struct {
	const char *code;
	bool ends_connection, may_retry;
} states[SQLSTATE__MAX] = {
    [SQLSTATE_LIBPQ] = {.code = NULL, .ends_connection = true},
    [SQLSTATE_REPLAY] = {.code = "PT208"},
    [SQLSTATE_REFUSED] = {.code = "PT"},
    [SQLSTATE_CONNECTION_EXCEPTION] = {.code = "08", .ends_connection = true},
    [SQLSTATE_FEATURE_NOT_SUPPORTED] = {.code = "0A000", .ends_connection = true},
    [SQLSTATE_DATA_EXCEPTION] = {.code = "22"},
    [SQLSTATE_UNIQUE_VIOLATION] = {.code = "23505"},
    [SQLSTATE_EXCLUSION_VIOLATION] = {.code = "23P01"},
    [SQLSTATE_INTEGRITY_VIOLATION] = {.code = "23"},
    [SQLSTATE_READ_ONLY_TRANSACTION] = {.code = "25006", .ends_connection = true},
    [SQLSTATE_SERIALIZATION_FAILURE] = {.code = "40001", .may_retry = true},
    [SQLSTATE_DEADLOCK_DETECTED] = {.code = "40P01", .may_retry = true},
    [SQLSTATE_INSUFFICIENT_PRIVILEGE] = {.code = "42501"},
    [SQLSTATE_DATATYPE_MISMATCH] = {.code = "42804"},
    [SQLSTATE_UNDEFINED_FUNCTION] = {.code = "42883"},
    [SQLSTATE_UNDEFINED_TABLE] = {.code = "42P01"},
    [SQLSTATE_INSUFFICIENT_RESOURCES] = {.code = "53", .ends_connection = true},
    [SQLSTATE_LOCK_NOT_AVAILABLE] = {.code = "55P03"},
    [SQLSTATE_QUERY_CANCELED] = {.code = "57014"},
    [SQLSTATE_SHUTDOWN] = {.code = "57P", .ends_connection = true},
    [SQLSTATE_INTERNAL_ERROR] = {.code = "XX000", .ends_connection = true},
    [SQLSTATE_CORRUPTED] = {.code = "XX", .ends_connection = true},
    [SQLSTATE_OTHER] = {.code = ""},
};

enum sqlstate sqlstate_named(const char *code)
{
	int state = SQLSTATE_LIBPQ + 1;

	while (strncmp(code, states[state].code, strlen(states[state].code)) != 0)
		state++;
	return (enum sqlstate)state;
}

enum sqlstate sqlstate_of(const PGresult *error)
{
	const char *code = error ? PQresultErrorField(error, PG_DIAG_SQLSTATE) : NULL;

	if (!error)
		return SQLSTATE_NONE;
	return code ? sqlstate_named(code) : SQLSTATE_LIBPQ;
}

bool sqlstate_ends_connection(const PGresult *error)
{
	return states[sqlstate_of(error)].ends_connection;
}

static bool field_is(const PGresult *error, int field, const char *wanted)
{
	const char *text = PQresultErrorField(error, field);

	return text && !strcmp(text, wanted);
}

bool sqlstate_is_outdated(const PGresult *error)
{
	const char *text;

	switch (sqlstate_of(error)) {
	case SQLSTATE_FEATURE_NOT_SUPPORTED:
		return field_is(error, PG_DIAG_SOURCE_FUNCTION, "RevalidateCachedQuery");
	case SQLSTATE_DATATYPE_MISMATCH:
		return field_is(error, PG_DIAG_SOURCE_FUNCTION, "build_attrmap_by_position");
	/* The check of a right finds no function or table of the number that the plan holds. */
	case SQLSTATE_UNDEFINED_FUNCTION:
	case SQLSTATE_UNDEFINED_TABLE: return field_is(error, PG_DIAG_SOURCE_FILE, "aclchk.c");
	case SQLSTATE_INTERNAL_ERROR:
		text = PQresultErrorField(error, PG_DIAG_MESSAGE_PRIMARY);
		return text && (strstr(text, "cache lookup failed") ||
				   strstr(text, "could not open relation with OID"));
	default: return false;
	}
}

bool sqlstate_may_retry(const PGresult *error)
{
	return states[sqlstate_of(error)].may_retry || sqlstate_is_outdated(error);
}
