/* Bytes that grow: replies, log lines, metrics. */
#pragma once

#include <stddef.h>

struct buffer {
	char *data; /* not terminated; NULL while empty */
	size_t size, capacity;
};

void buffer_put(struct buffer *buffer, const void *data, size_t size);
void buffer_puts(struct buffer *buffer, const char *text);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A JSON string in quotes, escaped by RFC 8259; NULL is written as null. */
void buffer_json(struct buffer *buffer, const char *text);
void buffer_json_size(struct buffer *buffer, const char *text, size_t size);

/* Copies valid JSON without the blanks between its tokens; the tokens keep their bytes. */
void buffer_json_compact(struct buffer *buffer, const char *text, size_t size);

/* "name":text as a member of an object, with the comma that it needs. */
void buffer_member(struct buffer *buffer, const char *name, const char *text);
void buffer_free(struct buffer *buffer);
