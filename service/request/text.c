#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/pattern.h"
#include "request/exchange.h"
#include "request/text.h"
#include "service.h"

/* No spelling of a form is longer, in bytes. The cost of a pattern grows with the text. */
enum { MAX_SPELLING = 400 };

/* Takes the next character of valid UTF-8; 0 at the end. */
static uint32_t next(const char **at)
{
	const unsigned char *c = (const unsigned char *)*at;
	int more = *c < 0xc0 ? 0 : *c < 0xe0 ? 1 : *c < 0xf0 ? 2 : 3;
	uint32_t point = more ? *c & (0x3fU >> more) : *c;

	if (!*c)
		return 0;
	for (int i = 1; i <= more; i++)
		point = point << 6 | (c[i] & 0x3f);
	*at += 1 + more;
	return point;
}

static bool in_ranges(const struct characters *ranges, size_t n, uint32_t point)
{
	while (n > 1) {
		size_t half = n / 2;

		if (ranges[half].first <= point) {
			ranges += half;
			n -= half;
		} else {
			n = half;
		}
	}
	return n && ranges->first <= point && point <= ranges->last;
}

static bool is_silent(uint32_t point)
{
	return in_ranges(vocabulary_silent, vocabulary_n_silent, point);
}

static bool is_blank(uint32_t point)
{
	return in_ranges(vocabulary_blank, vocabulary_n_blank, point);
}

bool text_says_something(const char *text)
{
	uint32_t point;

	while ((point = next(&text)))
		if (!is_silent(point))
			return true;
	return false;
}

bool text_has_blank_edges(const char *text)
{
	uint32_t first = next(&text), last = first, point;

	while ((point = next(&text)))
		last = point;
	return is_blank(first) || is_blank(last);
}

/* The ASCII character in place of a hyphen, a dash, a minus or a wide character; else 0. */
static char ascii_of(uint32_t point)
{
	if (point < 0x80)
		return (char)point;
	if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212)
		return '-';
	return point >= 0xff01 && point <= 0xff5e ? (char)(point - 0xfee0) : 0;
}

/* The text with plain hyphens and single blanks, without what nobody can see, and with the letters
 * of its form. */
static const char *plain(struct arena *arena, enum letters letters, const char *text)
{
	char *result = arena_alloc(arena, strlen(text) + 2), *out = result;
	const char *from = text;
	uint32_t point;

	while ((point = next(&text))) {
		char ascii = ascii_of(point);

		if (is_blank(point) || point == '\t' || point == '\n' || point == '\r') {
			if (out > result && out[-1] != ' ')
				*out++ = ' ';
		} else if (letters == LETTERS_UPPER && ascii >= 'a' && ascii <= 'z') {
			*out++ = (char)(ascii - 'a' + 'A');
		} else if (letters == LETTERS_LOWER && ascii >= 'A' && ascii <= 'Z') {
			*out++ = (char)(ascii - 'A' + 'a');
		} else if (ascii) {
			*out++ = ascii;
		} else if (!is_silent(point) || point < 0xa0) {
			out = mempcpy(out, from, (size_t)(text - from));
		}
		from = text;
	}
	if (out > result && out[-1] == ' ')
		out--;
	*out = 0;
	return result;
}

/* Most clients send what they have read, so most texts need no step. */
static bool is_kept(struct exchange *ex, const struct schema *schema, const char *text)
{
	const char *const *value = schema->values;

	while (value && *value && strcmp(*value, text) != 0)
		value++;
	return (value && *value) ||
	       (schema->pattern && pattern_matches(ex->service->patterns, schema->pattern, text));
}

const char *text_kept(struct exchange *ex, const struct schema *schema, const char *text)
{
	const struct form *form = schema->form;

	if (!form || (!form->n_steps && !form->letters) || strlen(text) > MAX_SPELLING ||
	    is_kept(ex, schema, text))
		return text;
	text = plain(&ex->arena, form->letters, text);
	for (size_t i = 0; i < form->n_steps; i++)
		text = pattern_replace(ex->service->patterns, &ex->arena, form->steps[i].pattern,
		    text, form->steps[i].replacement);
	return text;
}

static bool keep_members(struct exchange *ex, const struct schema *schema, json_t *object)
{
	bool changed = false;

	for (size_t i = 0; i < schema->n_members; i++)
		changed |= text_keep_all(ex, schema->members[i].schema,
		    json_object_get(object, schema->members[i].name));
	return changed;
}

bool text_keep_all(struct exchange *ex, const struct schema *schema, json_t *value)
{
	bool changed = false;

	if (schema->type == SCHEMA_OBJECT && json_is_object(value))
		return keep_members(ex, schema, value);
	for (size_t i = 0; schema->type == SCHEMA_ARRAY && i < json_array_size(value); i++)
		changed |= text_keep_all(ex, schema->items, json_array_get(value, i));
	if (schema->type != SCHEMA_STRING || !json_is_string(value))
		return changed;
	const char *kept = text_kept(ex, schema, json_string_value(value));
	changed = strcmp(kept, json_string_value(value)) != 0;
	if (changed)
		json_string_set(value, kept);
	return changed;
}
