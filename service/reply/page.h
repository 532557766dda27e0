/* A reply as an HTML page. */
#pragma once

#include <jansson.h>

struct exchange;

/* Fills the operation's template with this reply, in the request's language. */
void page_write(struct exchange *ex, const json_t *reply);
