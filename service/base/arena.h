/* Memory that lives as long as one exchange and is freed in one go. */
#pragma once

#include <stdalign.h>
#include <stddef.h>

enum { ARENA_FIRST_BYTES = 4096 }; /* what most exchanges need */

struct arena_block;

/* Initialise it with {0}. */
struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes used in first[]; unused once there are blocks */
	alignas(max_align_t) char first[ARENA_FIRST_BYTES];
};

/* Zeroed memory, aligned for anything. Never NULL: without memory the process aborts. */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_text(struct arena *arena, const char *text); /* a copy, or NULL for NULL */
void arena_free(struct arena *arena);

/* Zeroed memory outside all arenas, for what lives as long as the service. Never NULL; the caller
 * calls free(). */
void *arena_calloc(size_t n, size_t size);

/* The same for libraries that handle a failed malloc badly: one writes to NULL, others return an
 * error of the client. */
void *arena_malloc(size_t size);

/* For memory that may hold a secret, such as a password or a NIK in a body. Both functions wipe it
 * when they free or move it. */
void *arena_realloc(void *old, size_t size);
void arena_release(void *memory); /* takes NULL, and memory of any malloc */
