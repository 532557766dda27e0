/* Stage 4: bytes -> checked JSON, sealed where the contract says so. */
#ifndef BODY_H
#define BODY_H

struct exchange;

/* 0, 400, 413, 415 or 422. */
int body_read(struct exchange *ex);

#endif
