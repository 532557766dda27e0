/* A handler's statements, run as the engine's own role; values go in and come out by name. */
#ifndef STEP_H
#define STEP_H

#include <stdbool.h>

#include "db.h"

struct exchange;

struct step {
	struct db_reply reply;
};

struct step_input {
	const char *name, *value; /* NULL name at the end; NULL value = null */
};

/* Runs the step <operation>.<name> in a transaction of its own; 0, or the status of a problem. Free the step in any case. */
int step_run(struct exchange *ex, struct step *ret_step, const char *name,
	     const struct step_input *inputs);

/* A column of the only row, as long as the step lives; NULL for null, no row or no such column. */
const char *step_value(const struct step *step, const char *name);

/* Name of the n-th column, or NULL behind the last. */
const char *step_column(const struct step *step, int column);
bool step_is_json(const struct step *step, int column);
void step_free(struct step *step);

#endif
