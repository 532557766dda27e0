/* A reply as a page for people. */
#pragma once

#include <jansson.h>

struct exchange;

/* Prints the operation's page over this reply in the request's language. */
void page_write(struct exchange *ex, const json_t *reply);
