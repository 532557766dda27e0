/* Rows -> JSON by the contract's columns, straight into the reply. */
#pragma once

struct exchange;
struct pg_result;

/* Writes status, headers and reply of a successful statement. 0, 304, 404, or 500 when a row breaks the contract's promise. */
int render_reply(struct exchange *ex, const struct pg_result *rows);
