/* The owner's connection, which changes the schema. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libpq-fe.h>

struct config;

/* The connection, the current step, and the place for the reason of a failure. */
struct owner {
	PGconn *pg;
	const char *step;
	char *why;
	size_t size;
	bool blocked; /* the last failure was a lock that another transaction holds */
};

/* Connects as OVOP_MIGRATE_URL. The caller ends the connection with PQfinish(), also on failure. */
bool owner_connect(struct owner *owner, const struct config *config);

/* Writes the current step and the reason. Returns false. */
bool owner_fail(const struct owner *owner, const char *why);

/* Runs one statement, or with n < 0 a whole script. The caller frees the result; NULL on failure.
 * */
PGresult *owner_query(struct owner *owner, const char *sql, int n, const char *const *values);

/* The same without a result. */
bool owner_execute(struct owner *owner, const char *sql, int n, const char *const *values);

/* A script. */
bool owner_run(struct owner *owner, const char *sql);
