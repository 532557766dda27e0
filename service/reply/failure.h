/* What a failed call of the database means to a client. */
#pragma once

#include <stdbool.h>

struct db_reply;
struct exchange;

/* Whether the claims statement found the kept reply of an earlier request with the same key. */
bool failure_is_replay(const struct db_reply *reply);

/* Ends the exchange with the problem that an outcome other than DB_DONE means. A 5xx keeps the
 * server's text in `fault`, for the log. */
int failure_problem(struct exchange *ex, const struct db_reply *reply);
