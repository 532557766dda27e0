/* Bytes as text and back: UTF-8, percent (RFC 3986), base64url (RFC 4648 5), hex. */
#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Code points of a valid UTF-8 text without NUL, or -1. */
long encoding_utf8_length(const char *text, size_t size);

/* The decoded text in the arena, or NULL: a broken escape, NUL or invalid UTF-8. plus = '+' is a blank (query and forms). */
char *encoding_percent_decode(struct arena *arena, const char *text, size_t size, bool plus);

/* Without padding; in the arena. */
char *encoding_base64url(struct arena *arena, const void *data, size_t size);

/* The bytes in the arena (and a NUL behind them), their number in ret_size; NULL on any character that is none of the alphabet,
 * padding included. */
unsigned char *encoding_base64url_decode(struct arena *arena, const char *text, size_t size,
					 size_t *ret_size);

/* out has room for 2 * size + 1. */
void encoding_hex(const void *data, size_t size, char *out);

/* RFC 9562's text form, in any case of letters. */
bool encoding_is_uuid(const char *text);

#endif
