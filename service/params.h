/* Stage 3: path, query and headers -> values; every broken rule collected. */
#pragma once

struct exchange;

/* 0, 400, 406 or 428. */
int params_read(struct exchange *ex);
