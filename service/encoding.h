/* Bytes as text and back: UTF-8, percent (RFC 3986), base64url (RFC 4648 5), hex. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A piece of a longer text. */
struct span {
	const char *text;
	size_t size;
};

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

/* SHA-256 as hex, and so many random bytes as base64url; in the arena. */
char *encoding_digest(struct arena *arena, const void *data, size_t size);
char *encoding_random(struct arena *arena, size_t bytes);

/* out has room for 2 * size + 1. */
void encoding_hex(const void *data, size_t size, char *out);

/* The next item of a list, which moves `at` behind it; separators are characters, empty items are none. False at the end. */
bool encoding_next(const char **at, const char *separators, struct span *ret_item);
bool encoding_is(struct span item, const char *text);

/* The next range of an Accept header without its parameters, and its weight (RFC 9110 12.4.2). False at the end. */
bool encoding_next_range(const char **at, struct span *ret_range, double *ret_weight);

/* The next name=value of a query or form (WHATWG URL 5.1), decoded into the arena; NULL where that fails. False at the end. */
bool encoding_next_pair(struct arena *arena, const char **at, const char **ret_name,
    const char **ret_value);

/* RFC 9562's text form, in any case of letters. */
bool encoding_is_uuid(const char *text);
