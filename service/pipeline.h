/* A batch of calls on one connection: sent together, one implicit transaction, one sync. */
#pragma once

#include <stddef.h>

struct connection;
struct db_call;
struct db_reply;
struct config;

enum { PIPELINE_MAX_CALLS = 8 };

/* Runs the calls in their order. An error undoes what stands behind it: returns how many calls have their reply; those behind it were
 * not run and are to be sent again. Only reads may share a batch, since an error also undoes the writes before it. Notes on the
 * connection when it is of no more use. */
size_t pipeline_run(struct connection *connection, const struct config *config,
    const struct db_call *const *calls, struct db_reply *const *replies, size_t n_calls);
