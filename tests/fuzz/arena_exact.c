/* An arena with a separate allocation for each piece, so that AddressSanitizer sees the end of
 * each. It is linked before the engine's own. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct arena_block {
	struct arena_block *next;
	void *data;
};

void *arena_calloc(size_t n, size_t size)
{
	void *memory = calloc(n, size);

	if (!memory)
		abort();
	return memory;
}

void *arena_malloc(size_t size)
{
	return arena_calloc(1, size);
}

void *arena_realloc(void *old, size_t size)
{
	void *memory = realloc(old, size);

	if (!memory)
		abort();
	return memory;
}

void arena_release(void *memory)
{
	free(memory);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena_calloc(1, sizeof(*block));

	block->data = arena_calloc(1, size);
	block->next = arena->blocks;
	arena->blocks = block;
	return block->data;
}

char *arena_copy(struct arena *arena, const char *text, size_t size)
{
	char *copy = arena_alloc(arena, size + 1);

	if (size)
		memcpy(copy, text, size);
	return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *made;

	va_start(args, format);
	int size = vasprintf(&made, format, args);
	va_end(args);
	if (size < 0)
		abort();
	char *text = arena_copy(arena, made, (size_t)size);
	free(made);
	return text;
}

void arena_free(struct arena *arena)
{
	while (arena->blocks) {
		struct arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block->data);
		free(block);
	}
}
