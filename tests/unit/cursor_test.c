#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "identity/keyring.h"
#include "reply/cursor.h"
#include "unit.h"

#define RED "/v1/lanterns?colour=red&sort=-name"

/* A cursor after a row of the list at this target; the caller frees it. */
static char *cursor_of(const char *target, const char *key, const char *id)
{
	ck_assert_int_eq(unit_params("GET", target), 0);
	return strdup(cursor_make(&ex, key, id));
}

static int go_on(const char *target, const char *cursor)
{
	static char whole[2000];

	snprintf(whole, sizeof(whole), "%s%ccursor=%s", target, strchr(target, '?') ? '&' : '?',
	    cursor);
	return unit_params("GET", whole);
}

START_TEST(the_row_comes_back)
{
	static const char *const rows[][2] = {
	    {"Lentera", "17"},
	    {"", "17"},
	    {NULL, "17"},
	    {"k\xc3\xa9y \"x\"", "a.b"},
	    {"n", "n"},
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *cursor = cursor_of(RED, rows[i][0], rows[i][1]);

		ck_assert_int_eq(go_on(RED, cursor), 0);
		ck_assert_pstr_eq(ex.after_key, rows[i][0]);
		ck_assert_pstr_eq(ex.after_id, rows[i][1]);
		free(cursor);
	}
}

START_TEST(the_page_size_and_the_count_may_change)
{
	char *cursor = cursor_of(RED, "a", "1");

	ck_assert_int_eq(go_on(RED "&limit=3", cursor), 0);
	ck_assert_int_eq(go_on(RED "&count=exact", cursor), 0);
	free(cursor);
}

START_TEST(no_character_can_be_changed)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	char *cursor = cursor_of(RED, "Lentera", "17");

	ck_assert_int_eq(unit_params("GET", RED), 0);
	for (char *c = cursor; *c; c++) {
		char right = *c;

		for (const char *other = alphabet; *other; other++) {
			*c = *other;
			ck_assert_msg(cursor_read(&ex, cursor) == (*other == right),
			    "character %td as %c", c - cursor, *other);
		}
		*c = right;
	}
	free(cursor);
}

START_TEST(it_cannot_be_shortened_or_extended)
{
	char *cursor = cursor_of(RED, "Lentera", "17");

	for (size_t size = strlen(cursor); size--;) {
		cursor[size] = 0;
		ck_assert(!cursor_read(&ex, cursor));
	}
	free(cursor);
	cursor = cursor_of(RED, "Lentera", "17");
	ck_assert(!cursor_read(&ex, arena_printf(&ex.arena, "%sAAAA", cursor)));
	free(cursor);
}

START_TEST(it_belongs_to_its_filters_and_its_list)
{
	static const char *const others[] = {
	    "/v1/lanterns?colour=red",
	    "/v1/lanterns?colour=red&sort=name",
	    "/v1/lanterns?colour=red,blue&sort=-name",
	    "/v1/lanterns?colour=red&sort=-name&q=ab",
	    "/v1/lanterns?label=red&sort=-name",
	    "/v1/lanterns?sort=-name",
	    "/v1/lanterns/lost?at=2024-01-01",
	};
	char *cursor = cursor_of(RED, "Lentera", "17");

	for (size_t i = 0; i < COUNT(others); i++) {
		ck_assert_int_eq(go_on(others[i], cursor), 400);
		ck_assert_str_eq(unit_problem(), "invalid_cursor");
	}
	ck_assert_int_eq(go_on("/v1/lanterns?sort=-name&colour=red", cursor), 0);
	free(cursor);
}

START_TEST(it_belongs_to_this_service)
{
	char *cursor = cursor_of(RED, "Lentera", "17");

	service.keyring->secret[0] ^= 1;
	ck_assert_int_eq(go_on(RED, cursor), 400);
	ck_assert_str_eq(unit_problem(), "invalid_cursor");
	free(cursor);
}

SUITE(cursor, the_row_comes_back, the_page_size_and_the_count_may_change,
    no_character_can_be_changed, it_cannot_be_shortened_or_extended,
    it_belongs_to_its_filters_and_its_list, it_belongs_to_this_service);
