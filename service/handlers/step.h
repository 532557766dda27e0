/* The statements of a handler. A GET runs them in its caller's role, other methods in the engine's
 * own role. Inputs and results have names. */
#pragma once

struct db_reply;
struct exchange;

/* Runs the step <operation>.<name> in a transaction of its own. inputs: a name and its value (NULL
 * = null) in turn, then NULL. 0, or the status of a problem; the caller frees the reply in both
 * cases. */
int step_run(struct exchange *ex, struct db_reply *ret_reply, const char *name,
    const char *const *inputs);

#define STEP_INPUTS(...) ((const char *const[]){__VA_ARGS__, NULL})
