/* What a database error means to a client. */
#pragma once

struct db_reply;
struct exchange;

/* Whether the claims statement found the kept answer of an earlier request with the same key. */
_Bool sqlstate_is_replay(const struct db_reply *reply);

/* Ends the exchange with the problem that a reply other than DB_DONE means; logs the server's text of a 5xx. */
int sqlstate_problem(struct exchange *ex, const struct db_reply *reply);
