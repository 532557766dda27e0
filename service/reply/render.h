/* Rows -> JSON by the contract's columns, written directly into the reply. */
#pragma once

struct exchange;
struct pg_result;

/* Writes status, headers and reply of a successful statement. A record is the given row; a list has
 * all rows. 0, or 404 if there is no such row, or 500 if a row does not keep the contract. */
int render_reply(struct exchange *ex, const struct pg_result *rows, int row);
