/* Stage 5: path, query and headers -> values. Every broken rule is collected. */
#pragma once

struct exchange;

/* 0, 400, 406 or 428. */
int params_read(struct exchange *ex);
