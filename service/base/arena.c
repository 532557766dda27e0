#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <malloc.h>

#include "base/arena.h"

enum { BLOCK_BYTES = 8192 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char data[];
};

static void *never_null(void *memory, size_t size)
{
	if (!memory && size)
		abort();
	return memory;
}

void *arena_malloc(size_t size)
{
	return never_null(malloc(size), size);
}

void *arena_realloc(void *old, size_t size)
{
	size_t room = old ? malloc_usable_size(old) : 0;

	if (room >= size && size)
		return old;
	void *result =
	    arena_malloc(size + room / 2); /* so that a growing body is not copied for each chunk */
	if (room)
		memcpy(result, old, room);
	arena_release(old);
	return result;
}

void arena_release(void *memory)
{
	if (memory)
		explicit_bzero(memory, malloc_usable_size(memory));
	free(memory);
}

void *arena_calloc(size_t n, size_t size)
{
	return never_null(calloc(n, size), n * size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	struct arena_block *block = arena->blocks;
	if (!block && sizeof(arena->first) - arena->used >= size) {
		arena->used += size;
		return arena->first + arena->used - size;
	}
	if (!block || block->size - block->used < size) {
		size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
		block = arena_calloc(1, sizeof(*block) + room);
		block->size = room;
		block->next = arena->blocks;
		arena->blocks = block;
	}
	void *result = block->data + block->used;
	block->used += size;
	return result;
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
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	char *text = arena_alloc(arena, (size_t)size + 1);
	vsnprintf(text, (size_t)size + 1, format, again);
	va_end(again);
	va_end(args);
	return text;
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *next = block->next;

		explicit_bzero(block->data, block->used);
		free(block);
		block = next;
	}
	explicit_bzero(arena->first, arena->used);
	arena->blocks = NULL;
	arena->used = 0;
}
