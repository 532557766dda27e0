/* A connection to PostgreSQL: how it is opened, what it has prepared, when it must be closed. One
 * thread uses it at a time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "contract/contract.h"

struct config;
struct primary;
struct pg_conn;

enum { CONNECTION_MAX_PREPARED = 2048 }; /* slots; operations × roles stay far below */

/* A statement is prepared once on a connection. If the connection changes roles, once for each
 * role. */
struct prepared {
	const struct statement *statement;
	const char *role;
	bool known; /* the server has confirmed it */
};

extern const char connection_only_standby[];

enum connection_failure {
	CONNECTION_SILENT, /* no server answers as PostgreSQL does */
	CONNECTION_STANDBY, /* only a standby answers */
	CONNECTION_REPLACED, /* only a server answers that another one has replaced as primary */
};

struct connection {
	struct pg_conn *pg;
	struct primary *primary;
	unsigned at; /* which of the hosts in DATABASE_URL */
	unsigned generation; /* of its server; 0: unknown */
	int64_t opened_us;
	bool unsure; /* a commit did not reach the standby that it waited for */
	bool broken; /* close it after this batch */
	bool outdated; /* close all connections of its age: the schema has changed */
	struct prepared prepared[CONNECTION_MAX_PREPARED];
};

/* The session settings on which statements and migrations rely. They override those of the server,
 * the database and the login. SQL to run once after connecting. */
extern const char connection_session[];

/* Whether a connection string can be read. If not: false, and why, which quotes nothing of it. */
bool connection_check_url(const char *setting, const char *url, char *reterr_why, size_t size);

/* Connects once with DATABASE_URL, before the service starts. If it cannot, or the database or a
 * pooler before it does not fit: false, and why, in the server's words. */
bool connection_try(const struct config *config, char *reterr_why, size_t size);

/* The service stores texts as UTF-8 only. */
bool connection_is_utf8(struct pg_conn *pg);
extern const char connection_not_utf8[];

/* Connects to the primary, whichever host that is. A standby may lack writes that the service has
 * confirmed. role: for reads; NULL for writes, which set the role in each transaction. plans:
 * plan_cache_mode. Takes at most two seconds a host. On failure: NULL, and the reason. */
struct connection *connection_open(const struct config *config, struct primary *primary,
    const char *role, const char *plans, enum connection_failure *reterr_why);
void connection_close(struct connection *connection);

/* Whether another primary has been found since. */
bool connection_is_replaced(const struct connection *connection);

/* Makes the next search begin after the server of this connection, because it cannot commit. */
void connection_look_elsewhere(const struct connection *connection);

/* Whether an idle connection is alive, to the current primary, not too old and not older than
 * since_us. */
bool connection_is_fresh(const struct connection *connection, int64_t since_us);

/* The slot that notes whether the statement is prepared for the role. The first call reserves
 * it. */
struct prepared *connection_slot(struct connection *connection, const struct statement *statement,
    const char *role);
