/* Memory that lives as long as one exchange and is freed in one go. */
#pragma once

#include <stdalign.h>
#include <stddef.h>

enum { ARENA_FIRST_BYTES = 4096 }; /* what most exchanges need */

struct arena_block;

/* Begins as {0}. */
struct arena {
	struct arena_block *blocks;
	size_t used; /* of first, before there are blocks */
	alignas(max_align_t) char first[ARENA_FIRST_BYTES];
};

/* Zeroed memory, aligned for anything; never NULL: out of memory is the one abort. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_text(struct arena *arena, const char *text); /* a copy; NULL of NULL */
void arena_free(struct arena *arena);

/* Zeroed memory beside all arenas, for what the service itself holds; the caller's to free(), never NULL. */
void *arena_calloc(size_t n, size_t size);

/* The same for libraries, of which one writes into what it did not get, and others take it for a fault of the client. */
void *arena_malloc(size_t size);

/* Whose bytes may be a secret's (a password in a body, a person's NIK): nothing of them stays behind in what is freed or grows. */
void *arena_realloc(void *old, size_t size);
void arena_release(void *memory); /* or NULL; of any malloc */
