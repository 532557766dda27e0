/* A connection to PostgreSQL, of one thread at a time: how it is opened, what it has prepared, when it is of no more use. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "contract.h"

struct config;
struct leader;
struct pg_conn;

enum { CONNECTION_MAX_PREPARED = 2048 }; /* slots; operations × roles stay far below */

/* A statement is prepared once on a connection and, where connections change role, once for each role. */
struct prepared {
	const struct statement *statement;
	const char *role;
	bool known; /* to the server, which has said so */
};

enum connection_failure {
	CONNECTION_SILENT, /* nobody answers, or not as PostgreSQL does */
	CONNECTION_STANDBY, /* only a standby */
	CONNECTION_REPLACED, /* only a server in whose place another leads */
};

struct connection {
	struct pg_conn *pg;
	struct leader *leader;
	unsigned at; /* which of the hosts in DATABASE_URL */
	unsigned reign; /* its server's; 0: not known */
	int64_t opened_us;
	bool unsure; /* a commit came without the standby that it waited for */
	bool broken; /* to be closed and not used again */
	bool outdated; /* and so is what is as old: the schema has changed since */
	struct prepared prepared[CONNECTION_MAX_PREPARED];
};

/* For reads as this role, or with NULL for writes, whose role is set in each transaction; plans: plan_cache_mode. To the primary alone,
 * whichever host that is: a standby may not know yet what a client was told. Takes two seconds a host at most; NULL when it cannot be
 * had, and then why. */
struct connection *connection_open(const struct config *config, struct leader *leader,
    const char *role, const char *plans, enum connection_failure *reterr_why);
void connection_close(struct connection *connection);

/* Whether another server was promoted since, or has been found meanwhile. */
bool connection_is_replaced(const struct connection *connection);

/* The next search begins behind its server, which cannot do what a leader can. */
void connection_look_elsewhere(const struct connection *connection);

/* Whether an idle connection is alive, not replaced, not too old and not older than since_us. */
bool connection_is_fresh(const struct connection *connection, int64_t since_us);

/* Where it is noted whether the statement is prepared for the role: its own from the first call on, also before it is. */
struct prepared *connection_slot(struct connection *connection, const struct statement *statement,
    const char *role);
