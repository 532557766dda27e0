/* The few operations that are C: tokens, passwords, keys, QR codes, and documents. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

struct db_reply;
struct exchange;

/* Completes the exchange; body is the checked body, or NULL. 0, or the status of a problem. */
typedef int handler_fn(struct exchange *ex, const json_t *body);

/* Runs the handler that the operation names. */
int handler_run(struct exchange *ex);

/* Whether the engine has a handler of this name; checked at start. */
bool handler_exists(const char *name);

/* What handlers share: success with what the reply holds, or with this JSON; a text member (NULL when absent); 429 when a step's
 * retry_after says to wait. */
int handler_finish(struct exchange *ex);
int handler_reply(struct exchange *ex, const json_t *reply);
const char *handler_text(const json_t *body, const char *name);
int handler_throttled(struct exchange *ex, const struct db_reply *step);

/* The token service (oauth.c). */
handler_fn oauth_issue, oauth_revoke, oauth_keys, oauth_metadata;

/* A QR code of the address that the step "target" finds for the first parameter (qr.c). */
handler_fn qr_draw;
