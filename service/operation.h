/* Stage 5: values -> statement -> reply. */
#pragma once

struct exchange;

/* 0 with the reply written, or the status of a problem. */
int operation_run(struct exchange *ex);

/* app.claims of this exchange: the token's claims, request id and operation, a JSON object in the arena. */
const char *operation_claims(struct exchange *ex);
