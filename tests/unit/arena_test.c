#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

START_TEST(memory_is_zeroed_and_aligned)
{
	struct arena arena = {0};

	for (size_t size = 0; size < 3000; size += 7) {
		char *memory = arena_alloc(&arena, size);

		ck_assert_uint_eq((uintptr_t)memory % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_int_eq(memory[i], 0);
		memset(memory, 0xff, size);
	}
	arena_free(&arena);
}

START_TEST(earlier_memory_stays_when_blocks_are_added)
{
	static const size_t sizes[] = {1, 8191, 8192, 8193, 100000, 3};
	struct arena arena = {0};
	char *given[COUNT(sizes)];

	for (size_t i = 0; i < COUNT(sizes); i++) {
		given[i] = arena_alloc(&arena, sizes[i]);
		memset(given[i], (int)('a' + i), sizes[i]);
	}
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (size_t at = 0; at < sizes[i]; at++)
			ck_assert_int_eq(given[i][at], (char)('a' + i));
	arena_free(&arena);
}

START_TEST(texts_are_copied_with_an_end)
{
	struct arena arena = {0};
	char *long_text = calloc(1, 20001);

	memset(long_text, 'x', 20000);
	ck_assert_str_eq(arena_copy(&arena, "lantern", 4), "lant");
	ck_assert_str_eq(arena_copy(&arena, NULL, 0), "");
	ck_assert_str_eq(arena_text(&arena, "wick"), "wick");
	ck_assert_ptr_null(arena_text(&arena, NULL));
	ck_assert_str_eq(arena_printf(&arena, "%s-%d", "wick", 7), "wick-7");
	ck_assert_str_eq(arena_printf(&arena, "%s", long_text), long_text);
	free(long_text);
	arena_free(&arena);
}

START_TEST(a_growing_allocation_keeps_its_content)
{
	char *text = arena_realloc(NULL, 10);

	strcpy(text, "wick");
	for (size_t size = 11; size < 300000; size = size * 2 + 1) {
		text = arena_realloc(text, size);
		ck_assert_str_eq(text, "wick");
		text[size - 1] = 'x';
	}
	ck_assert_ptr_eq(arena_realloc(text, 5), text);
	arena_release(text);
	arena_release(NULL);
}

START_TEST(a_freed_arena_is_an_empty_one)
{
	struct arena arena = {0};

	arena_free(&arena);
	arena_alloc(&arena, 10);
	arena_free(&arena);
	arena_free(&arena);
	ck_assert_ptr_null(arena.blocks);
	arena_alloc(&arena, 10);
	arena_free(&arena);
}

SUITE(arena, memory_is_zeroed_and_aligned, earlier_memory_stays_when_blocks_are_added,
    texts_are_copied_with_an_end, a_growing_allocation_keeps_its_content,
    a_freed_arena_is_an_empty_one);
