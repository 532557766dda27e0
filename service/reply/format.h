/* A reply in another format than JSON, chosen by the operation's parameter `format`. */
#pragma once

struct exchange;

/* The media type of the wanted reply, without parameters. Call it after params_read(). */
const char *format_media(const struct exchange *ex);

/* Replaces the JSON reply by the wanted format. 0, or the status of a problem. */
int format_reply(struct exchange *ex);
