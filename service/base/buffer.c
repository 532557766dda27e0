#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

static char *reserve(struct buffer *buffer, size_t size)
{
	if (buffer->capacity - buffer->size < size) {
		size_t capacity = buffer->capacity ? buffer->capacity * 2 : 1024;

		while (capacity - buffer->size < size)
			capacity *= 2;
		buffer->data = arena_realloc(buffer->data, capacity);
		buffer->capacity = capacity;
	}
	return buffer->data + buffer->size;
}

void buffer_put(struct buffer *buffer, const void *data, size_t size)
{
	if (!size)
		return;
	memcpy(reserve(buffer, size), data, size);
	buffer->size += size;
}

void buffer_puts(struct buffer *buffer, const char *text)
{
	buffer_put(buffer, text, strlen(text));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	vsnprintf(reserve(buffer, (size_t)size + 1), (size_t)size + 1, format, again);
	buffer->size += (size_t)size;
	va_end(again);
	va_end(args);
}

void buffer_json_size(struct buffer *buffer, const char *text, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	/* Each byte takes up to six: \u001f */
	char *out = reserve(buffer, size * 6 + 2), *start = out;
	*out++ = '"';
	for (const char *c = text; c < text + size; c++) {
		unsigned char byte = (unsigned char)*c;

		if (byte == '"' || byte == '\\') {
			*out++ = '\\';
			*out++ = (char)byte;
		} else if (byte >= 0x20) {
			*out++ = (char)byte;
		} else {
			memcpy(out, "\\u00", 4);
			out[4] = hex[byte >> 4];
			out[5] = hex[byte & 15];
			out += 6;
		}
	}
	*out++ = '"';
	buffer->size += (size_t)(out - start);
}

void buffer_json(struct buffer *buffer, const char *text)
{
	if (text)
		buffer_json_size(buffer, text, strlen(text));
	else
		buffer_puts(buffer, "null");
}

/* The end of a JSON string, after its closing quote. That is the first quote after an even number
 * of backslashes. */
static const char *string_end(const char *text, const char *end)
{
	const char *quote = text;

	while ((quote = memchr(quote, '"', (size_t)(end - quote)))) {
		const char *c = quote++;

		while (c > text && c[-1] == '\\')
			c--;
		if ((quote - c) % 2)
			return quote;
	}
	return end;
}

void buffer_json_compact(struct buffer *buffer, const char *text, size_t size)
{
	char *out = reserve(buffer, size), *start = out;
	const char *end = text + size;

	while (text < end) {
		const char *token = text++;

		if (*token == '"') {
			text = string_end(text, end);
			memcpy(out, token, (size_t)(text - token));
			out += text - token;
		} else if (*token != ' ' && *token != '\n' && *token != '\t' && *token != '\r') {
			*out++ = *token;
		}
	}
	buffer->size += (size_t)(out - start);
}

void buffer_member(struct buffer *buffer, const char *name, const char *text)
{
	bool first = buffer->size && buffer->data[buffer->size - 1] == '{';

	buffer_printf(buffer, "%s\"%s\":", first ? "" : ",", name);
	buffer_json(buffer, text);
}

void buffer_free(struct buffer *buffer)
{
	arena_release(buffer->data);
	*buffer = (struct buffer){0};
}
