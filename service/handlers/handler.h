/* A handler answers an operation in C instead of a statement. This is what all handlers share. */
#pragma once

#include <jansson.h>

struct db_reply;
struct exchange;

/* Completes the exchange; body is the checked body, or NULL. 0, or the status of a problem. */
typedef int handler_fn(struct exchange *ex, const json_t *body);

/* Ends the exchange with success: with this JSON, or with the reply as it is. */
int handler_finish(struct exchange *ex);
int handler_reply(struct exchange *ex, const json_t *reply);

/* A text member of the body; NULL when absent. */
const char *handler_text(const json_t *body, const char *name);

/* 429 if the step's retry_after says to wait, else 0. */
int handler_throttled(struct exchange *ex, const struct db_reply *step);
