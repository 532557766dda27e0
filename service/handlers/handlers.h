/* The table of handlers, by the names that `x-handler` uses. */
#pragma once

#include <stdbool.h>

struct exchange;

/* Runs the handler that the operation names. 0, or the status of a problem. */
int handlers_run(struct exchange *ex);

/* Whether there is a handler of this name; checked at start. */
bool handlers_have(const char *name);
