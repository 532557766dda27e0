/* Stages 6 and 7: may a body come, and its bytes -> checked JSON, with members sealed as the
 * contract says. */
#pragma once

struct exchange;

/* Decides by the head alone, and sets ex->body_limit. 0, 413 or 415. */
int body_admit(struct exchange *ex);

/* 0, 400, 413 or 422. */
int body_read(struct exchange *ex);
