#include <string.h>

#include <jansson.h>

#include "unit.h"

static const char *json_of(const char *text, size_t size)
{
	struct buffer buffer = {0};

	buffer_json_size(&buffer, text, size);
	const char *json = arena_copy(&ex.arena, buffer.data, buffer.size);

	buffer_free(&buffer);
	return json;
}

START_TEST(control_characters_and_quotes_are_escaped)
{
	for (int c = 0; c < 0x20; c++) {
		const char byte = (char)c;

		ck_assert_str_eq(json_of(&byte, 1), arena_printf(&ex.arena, "\"\\u%04x\"", c));
	}
	ck_assert_str_eq(json_of("a\"b", 3), "\"a\\\"b\"");
	ck_assert_str_eq(json_of("a\\b", 3), "\"a\\\\b\"");
	ck_assert_str_eq(json_of("</script>", 9), "\"</script>\"");
	ck_assert_str_eq(json_of("\x7f\xc3\xa9\xf0\x9f\x8f\xae", 7),
	    "\"\x7f\xc3\xa9\xf0\x9f\x8f\xae\"");
	ck_assert_str_eq(json_of("", 0), "\"\"");
}

START_TEST(every_character_survives_a_foreign_reader)
{
	char text[128];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i + 1 < sizeof(text) ? i + 1 : 1);
	const char *json = json_of(text, sizeof(text));
	json_t *read = json_loads(json, JSON_DECODE_ANY, NULL);

	ck_assert_ptr_nonnull(read);
	ck_assert_uint_eq(json_string_length(read), sizeof(text));
	ck_assert_mem_eq(json_string_value(read), text, sizeof(text));
	json_decref(read);
}

START_TEST(text_that_breaks_off_is_copied_to_its_end)
{
	/* No terminator, so that ASan reports a read past the end. */
	static const char text[] = {'[', '"', 'a', ' ', '\\'};
	struct buffer out = {0};

	buffer_json_compact(&out, text, sizeof(text));
	ck_assert_uint_eq(out.size, sizeof(text));
	ck_assert_mem_eq(out.data, text, sizeof(text));
	buffer_free(&out);
}

START_TEST(a_null_text_is_null)
{
	struct buffer buffer = {0};

	buffer_json(&buffer, NULL);
	ck_assert_uint_eq(buffer.size, 4);
	ck_assert_mem_eq(buffer.data, "null", 4);
	buffer_free(&buffer);
	buffer_free(&buffer);
	ck_assert_ptr_null(buffer.data);
}

START_TEST(members_are_separated_by_commas)
{
	struct buffer buffer = {0};

	buffer_puts(&buffer, "{");
	buffer_member(&buffer, "a", "{");
	buffer_member(&buffer, "b", NULL);
	buffer_member(&buffer, "c", "\"");
	ck_assert_uint_eq(buffer.size, strlen("{\"a\":\"{\",\"b\":null,\"c\":\"\\\"\""));
	ck_assert_mem_eq(buffer.data, "{\"a\":\"{\",\"b\":null,\"c\":\"\\\"\"", buffer.size);
	buffer_free(&buffer);
}

START_TEST(it_grows_past_any_size)
{
	struct buffer buffer = {0};

	for (int i = 0; i < 5000; i++)
		buffer_printf(&buffer, "%04d", i);
	ck_assert_uint_eq(buffer.size, 20000);
	for (int i = 0; i < 5000; i++)
		ck_assert_mem_eq(buffer.data + 4 * i, arena_printf(&ex.arena, "%04d", i), 4);
	buffer_put(&buffer, NULL, 0);
	ck_assert_uint_eq(buffer.size, 20000);
	buffer_free(&buffer);
}

START_TEST(an_escaped_text_may_be_six_times_as_long)
{
	char text[1000] = {0};
	struct buffer buffer = {0};

	buffer_json_size(&buffer, text, sizeof(text));
	ck_assert_uint_eq(buffer.size, 6 * sizeof(text) + 2);
	buffer_free(&buffer);
}

SUITE(buffer, control_characters_and_quotes_are_escaped, every_character_survives_a_foreign_reader,
    text_that_breaks_off_is_copied_to_its_end, a_null_text_is_null, members_are_separated_by_commas,
    it_grows_past_any_size, an_escaped_text_may_be_six_times_as_long);
