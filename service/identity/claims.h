/* The claims of a caller as the database sees them. */
#pragma once

struct exchange;

/* app.claims of this exchange: a JSON object in the arena with the token's claims, the operation
 * and, for a write, the request id. */
const char *claims_text(struct exchange *ex);
