/* Bytes as text and back: UTF-8, percent (RFC 3986), base64url (RFC 4648 5), hex. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A piece of a longer text. */
struct span {
	const char *text;
	size_t size;
};

/* The number of code points, or -1 if the text is no valid UTF-8 or holds a NUL. */
long encoding_utf8_length(const char *text, size_t size);

/* The decoded text in the arena; NULL if it has a broken escape, a NUL or invalid UTF-8. plus: '+'
 * is a blank, as in queries and forms. */
char *encoding_percent_decode(struct arena *arena, const char *text, size_t size, bool plus);

/* Without padding; in the arena. */
char *encoding_base64url(struct arena *arena, const void *data, size_t size);

/* The bytes in the arena with a NUL behind them, their number in ret_size. NULL if the text holds a
 * character outside the alphabet; padding is one. */
unsigned char *encoding_base64url_decode(struct arena *arena, const char *text, size_t size,
    size_t *ret_size);

/* FNV-1a of 64 bits, never 0. It continues an earlier hash; 0 begins a new one. */
uint64_t encoding_hash(uint64_t before, const char *text);

/* SHA-256 as hex, and random bytes as base64url; in the arena. */
char *encoding_digest(struct arena *arena, const void *data, size_t size);
char *encoding_random(struct arena *arena, size_t bytes);

/* out has room for 2 * size + 1. */
void encoding_hex(const void *data, size_t size, char *out);

/* Takes the next item of a list and moves `at` behind it. Each character of separators separates;
 * empty items are skipped. False at the end. */
bool encoding_next(const char **at, const char *separators, struct span *ret_item);
bool encoding_is(struct span item, const char *text);

/* Takes the next range of an Accept header without its parameters, and its weight (RFC 9110
 * 12.4.2). False at the end. */
bool encoding_next_range(const char **at, struct span *ret_range, double *ret_weight);

/* Takes the next name=value of a query or form (WHATWG URL 5.1). Both are decoded into the arena,
 * NULL if that fails. False at the end. */
bool encoding_next_pair(struct arena *arena, const char **at, const char **ret_name,
    const char **ret_value);

/* Whether it is a UUID in the text form of RFC 9562; letters may be capitals. */
bool encoding_is_uuid(const char *text);

/* RFC 9562: version 7 and its variant. */
bool encoding_is_uuid_v7(const char *text);
