/* The one door to PostgreSQL. A call sets its claims and runs one statement, on a connection of the
 * right role, in a transaction that only short reads share (lane.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct config;
struct db;
struct db_call;
struct db_reply;

struct db *db_open(const struct config *config);
void db_close(struct db *db);

/* Runs a call and waits for its reply. Reads that lost their connection are retried once, and any
 * call that PostgreSQL asks to retry a few times. */
void db_run(struct db *db, const struct db_call *call, struct db_reply *ret_reply);
/* How the lanes are used, as Prometheus text. */
void db_write_metrics(struct db *db, struct buffer *out);

/* The schema of the database: its newest migration, and the checksum of its functions. */
struct db_schema {
	int version;
	char functions[65];
};

/* Reads the schema of a database that accepts writes. It does not wait behind requests. False with
 * one line in reterr_why. */
bool db_read_schema(struct db *db, struct db_schema *ret_schema, char *reterr_why, size_t size);
