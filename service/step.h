/* A handler's statements, run as the engine's own role; values go in and come out by name. */
#pragma once

struct db_reply;
struct exchange;

struct step_input {
	const char *name, *value; /* NULL name at the end; NULL value = null */
};

/* Runs the step <operation>.<name> in a transaction of its own; 0, or the status of a problem. Free the reply in any case. */
int step_run(struct exchange *ex, struct db_reply *ret_reply, const char *name,
    const struct step_input *inputs);
