/* A reply in another format than JSON, chosen by the operation's parameter `format`. */
#pragma once

struct exchange;

/* Days are those of Blitar. */
enum { WESTERN_INDONESIA_SECONDS = 7 * 3600 };

/* The media type of the reply that was asked for, without its parameters; the parameters have been read. */
const char *format_media(const struct exchange *ex);

/* Writes the JSON reply anew in that format. 0, or the status of a problem. */
int format_reply(struct exchange *ex);
