/* A batch of calls on one connection, sent together: one implicit transaction, one sync. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct connection;
struct db_call;
struct db_reply;

enum { PIPELINE_MAX_CALLS = 16 };

struct batch_item {
	const struct db_call *call;
	struct db_reply *reply;
	bool
	    alone; /* in a group of its own: a shared statement failed and the culprit is unknown */
	bool done; /* has its reply */
};

/* Runs the calls in their order. Reads that differ only in the record's id share a statement. An
 * error undoes the calls behind it; they are not done, and the caller must send them again. Only
 * reads may share a batch, since an error also undoes earlier writes. If a server is silent for a
 * second longer than the statement timeout, the batch fails. Marks the connection if the caller
 * must close it. */
void pipeline_run(struct connection *connection, long statement_ms, struct batch_item *const *items,
    size_t n_items);
