/* A batch of calls on one connection: sent together, one implicit transaction, one sync. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct connection;
struct db_call;
struct db_reply;

enum { PIPELINE_MAX_CALLS = 16 };

struct errand {
	const struct db_call *call;
	struct db_reply *reply;
	bool
	    alone; /* its statement is not shared: one that was has failed, through whose fault is not known */
	bool done; /* has its reply */
};

/* Runs the calls in their order, those of equal reads with equal claims as one statement. An error undoes what stands behind it: what
 * is not done then is to be sent again. Only reads may share a batch, since an error also undoes the writes before it. A server that says
 * nothing for a second more than a statement may take is given up. Notes on the connection when it is of no more use. */
void pipeline_run(struct connection *connection, long statement_ms, struct errand *const *errands,
    size_t n_errands);
