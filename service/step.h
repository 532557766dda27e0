/* A handler's statements: a GET's run as its caller's role, others as the engine's own; values go in and come out by name. */
#pragma once

struct db_reply;
struct exchange;

/* Runs the step <operation>.<name> in a transaction of its own; inputs are names, each followed by its value (NULL = null), and a last NULL.
 * 0, or the status of a problem; free the reply in any case. */
int step_run(struct exchange *ex, struct db_reply *ret_reply, const char *name,
    const char *const *inputs);

#define STEP_INPUTS(...) ((const char *const[]){__VA_ARGS__, NULL})
