/* Stage 4: bytes -> checked JSON, sealed where the contract says so. */
#pragma once

struct exchange;

/* 0, 400, 413, 415 or 422. */
int body_read(struct exchange *ex);
