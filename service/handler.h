/* The few operations that are C: tokens, passwords, keys, and the two documents. */
#ifndef HANDLER_H
#define HANDLER_H

#include <stdbool.h>

struct exchange;

/* Runs the handler that the operation names; 0 or the status of a problem. */
int handler_run(struct exchange *ex);

/* Whether the engine has a handler of this name; checked at start. */
bool handler_exists(const char *name);

#endif
