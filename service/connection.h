/* A connection to PostgreSQL, of one thread at a time: how it is opened, what it has prepared, when it is of no more use. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "contract.h"

struct config;
struct pg_conn;

enum { CONNECTION_MAX_PREPARED = 2048 }; /* slots; operations × roles stay far below */

/* A statement is prepared once on a connection and, where connections change role, once for each role. */
struct prepared {
	const struct statement *statement;
	const char *role;
	bool known; /* to the server, which has said so */
};

struct connection {
	struct pg_conn *pg;
	int64_t opened_us;
	bool unsure; /* a commit came without the standby that it waited for */
	bool broken; /* to be closed and not used again */
	bool outdated; /* and so is what is as old: the schema has changed since */
	unsigned reign; /* of its server; 0: not asked yet */
	struct prepared prepared[CONNECTION_MAX_PREPARED];
};

/* For reads as this role, or with NULL for writes, whose role is set in each transaction; plans: plan_cache_mode. To the primary alone,
 * whichever host that is: a standby may not know yet what a client was told. Takes two seconds a host at most; NULL when it cannot be
 * had, and then whether a standby answered. */
struct connection *connection_open(const struct config *config, const char *role, const char *plans,
    bool *ret_standby);
void connection_close(struct connection *connection);

/* Whether an idle connection is alive, not replaced, not too old and not older than since_us. */
bool connection_is_fresh(const struct connection *connection, int64_t since_us);

/* What a connection is asked first: which database cluster this is, and how often a standby of it was promoted. */
extern const struct statement connection_introduction;

/* Notes what it answers. The first of a new cluster or of a later timeline begins a reign; what was opened in an earlier one is
 * replaced: that server may not know that it leads no more, and what it tells may be old. */
void connection_introduce(struct connection *connection, const char *cluster, const char *timeline);
bool connection_is_replaced(const struct connection *connection);

/* Where it is noted whether the statement is prepared for the role: its own from the first call on, also before it is. */
struct prepared *connection_slot(struct connection *connection, const struct statement *statement,
    const char *role);
