/* Rows -> JSON by the contract's columns, straight into the reply. */
#pragma once

struct exchange;
struct pg_result;

/* Writes status, headers and reply of a successful statement, of one record from the given row on. 0, 404 when there is no such row, or
 * 500 when a row breaks the contract's promise. */
int render_reply(struct exchange *ex, const struct pg_result *rows, int row);
