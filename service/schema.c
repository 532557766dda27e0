#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "encoding.h"
#include "exchange.h"
#include "pattern.h"
#include "schema.h"
#include "service.h"

/* Texts of this many characters and more may hold line breaks. */
enum { MULTILINE_LENGTH = 1000 };

/* Where a value stands: in the body or among the parameters. */
struct spot {
	struct exchange *ex;
	const char *pointer, *parameter;
	bool broken;
};

static void note(struct spot *place, const char *code, const char *limit)
{
	place->broken = true;
	problem_note(place->ex, place->pointer, place->parameter, code, limit);
}

static void note_number(struct spot *place, const char *code, int64_t limit)
{
	note(place, code, arena_printf(&place->ex->arena, "%" PRId64, limit));
}

static bool digits(const char *text, const char *form)
{
	for (; *form; form++, text++)
		if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	return true;
}

static bool starts_with_date(const char *text)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (!digits(text, "0000-00-00"))
		return false;
	int year = atoi(text), month = atoi(text + 5), day = atoi(text + 8);
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
	       (leap || month != 2 || day < 29);
}

static bool is_date(const char *text)
{
	return strlen(text) == 10 && starts_with_date(text);
}

/* RFC 3339, with a zone; the leap second is not taken. */
static bool is_date_time(const char *text)
{
	if (!starts_with_date(text) || (text[10] != 'T' && text[10] != 't') ||
	    !digits(text + 11, "00:00:00"))
		return false;
	if (atoi(text + 11) > 23 || atoi(text + 14) > 59 || atoi(text + 17) > 59)
		return false;
	const char *zone = text + 19;
	if (*zone == '.') {
		size_t fraction = strspn(zone + 1, "0123456789");

		if (!fraction || fraction > 9)
			return false;
		zone += 1 + fraction;
	}
	if (!strcmp(zone, "Z") || !strcmp(zone, "z"))
		return true;
	return (*zone == '+' || *zone == '-') && digits(zone + 1, "00:00") && strlen(zone) == 6 &&
	       atoi(zone + 1) <= 14 && atoi(zone + 4) <= 59;
}

static bool is_uri(const char *text)
{
	size_t scheme = !strncmp(text, "https://", 8) ? 8 : !strncmp(text, "http://", 7) ? 7 : 0;

	return scheme && text[scheme] && !strpbrk(text, " <>\"{}|\\^`");
}

/* Without what would begin the fields of a `mailto:`. */
static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	const char *dot = at ? strrchr(at, '.') : NULL;

	return at && at > text && !strchr(at + 1, '@') && dot && dot > at + 1 && dot[1] &&
	       !strpbrk(text, " ,;<>\"()?&#%");
}

static bool (*const formats[])(const char *text) = {
    [FORMAT_UUID] = encoding_is_uuid,
    [FORMAT_DATE] = is_date,
    [FORMAT_DATE_TIME] = is_date_time,
    [FORMAT_URI] = is_uri,
    [FORMAT_EMAIL] = is_email,
};

/* Control characters, and those that reorder the text around them (Trojan Source): U+061C, 200E-200F, 202A-202E, 2066-2069. */
static bool has_control(const char *text, bool multiline)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		bool blank = multiline && strchr("\n\t\r", *c);

		if ((*c < 0x20 && !blank) || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0) ||
		    (*c == 0xd8 && c[1] == 0x9c))
			return true;
		if (*c == 0xe2 && c[1] == 0x80 && strchr("\x8e\x8f\xaa\xab\xac\xad\xae", c[2]))
			return true;
		if (*c == 0xe2 && c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9)
			return true;
	}
	return false;
}

static bool among(const char *const *values, const char *text)
{
	for (; *values; values++)
		if (!strcmp(*values, text))
			return true;
	return false;
}

static const char *list_of(struct exchange *ex, const char *const *values)
{
	const char *list = *values;

	while (*++values)
		list = arena_printf(&ex->arena, "%s, %s", list, *values);
	return list;
}

static void check_string(struct spot *place, const struct schema *schema, const char *text)
{
	long length = encoding_utf8_length(text, strlen(text));

	if (schema->values) {
		if (!among(schema->values, text))
			note(place, "enum", list_of(place->ex, schema->values));
		return;
	}
	if (length < (long)schema->min_size)
		note_number(place, "too_short", schema->min_size);
	else if (schema->max_size && length > (long)schema->max_size)
		note_number(place, "too_long", schema->max_size);
	else if (has_control(text, schema->max_size >= MULTILINE_LENGTH))
		note(place, "control_character", NULL);
	else if (schema->pattern &&
		 !pattern_matches(place->ex->service->patterns, schema->pattern, text))
		note(place, "pattern", schema->pattern);
	else if (schema->format && !formats[schema->format](text))
		note(place, "format", NULL);
}

/* A double holds every bound, and no integer beyond one comes to stand within it. */
static void check_number(struct spot *place, const struct schema *schema, double value)
{
	if (value < (double)schema->minimum)
		note_number(place, "too_small", schema->minimum);
	else if (value > (double)schema->maximum)
		note_number(place, "too_large", schema->maximum);
}

static void check_array(struct spot *place, const struct schema *schema, const json_t *value)
{
	size_t size = json_array_size(value);

	if (size < schema->min_size)
		note_number(place, "too_few_items", schema->min_size);
	if (size > schema->max_size) {
		note_number(place, "too_many_items", schema->max_size);
		return;
	}
	for (size_t i = 0; i < size; i++) {
		const json_t *item = json_array_get(value, i);
		const char *pointer = arena_printf(&place->ex->arena, "%s/%zu", place->pointer, i);

		schema_check(place->ex, schema->items, item, pointer);
		for (size_t k = 0; schema->unique && k < i; k++)
			if (json_equal(item, json_array_get(value, k))) {
				problem_note(place->ex, pointer, NULL, "duplicate_items", NULL);
				break;
			}
	}
}

const struct member *schema_member(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->n_members; i++)
		if (!strcmp(schema->members[i].name, name))
			return &schema->members[i];
	return NULL;
}

/* RFC 6901: ~ and / are escaped. */
static const char *pointer_to(struct exchange *ex, const char *parent, const char *name)
{
	char *result = arena_alloc(&ex->arena, strlen(parent) + 2 * strlen(name) + 2);
	char *out = stpcpy(stpcpy(result, parent), "/");

	for (; *name; name++)
		if (*name == '~' || *name == '/')
			out = stpcpy(out, *name == '~' ? "~0" : "~1");
		else
			*out++ = *name;
	return result;
}

static void check_object(struct spot *place, const struct schema *schema, const json_t *value)
{
	struct exchange *ex = place->ex;
	const char *name;
	json_t *item;

	if (json_object_size(value) < schema->min_size)
		note_number(place, "too_few_members", schema->min_size);
	for (size_t i = 0; i < schema->n_members; i++)
		if (schema->members[i].required && !json_object_get(value, schema->members[i].name))
			problem_note(ex, pointer_to(ex, place->pointer, schema->members[i].name),
			    NULL, "required", NULL);
	json_object_foreach((json_t *)value, name, item) {
		const struct member *member = schema_member(schema, name);
		const char *pointer = pointer_to(ex, place->pointer, name);

		if (!member)
			problem_note(ex, pointer, NULL, "unknown_member", NULL);
		else
			schema_check(ex, member->schema, item, pointer);
	}
}

/* What each type is called, and the types of jansson that fit it. */
static const struct {
	const char *name;
	unsigned fitting;
} types[] = {
    [SCHEMA_STRING] = {"string", 1 << JSON_STRING},
    [SCHEMA_INTEGER] = {"integer", 1 << JSON_INTEGER},
    [SCHEMA_NUMBER] = {"number", 1 << JSON_INTEGER | 1 << JSON_REAL},
    [SCHEMA_BOOLEAN] = {"boolean", 1 << JSON_TRUE | 1 << JSON_FALSE},
    [SCHEMA_ARRAY] = {"array", 1 << JSON_ARRAY},
    [SCHEMA_OBJECT] = {"object", 1 << JSON_OBJECT},
};

void schema_check(struct exchange *ex, const struct schema *schema, const json_t *value,
    const char *pointer)
{
	struct spot place = {ex, pointer, NULL, false};

	if (json_is_null(value) && schema->nullable)
		return;
	if (!(types[schema->type].fitting & 1U << json_typeof(value)))
		note(&place, "type", types[schema->type].name);
	else if (schema->type == SCHEMA_STRING)
		check_string(&place, schema, json_string_value(value));
	else if (schema->type == SCHEMA_ARRAY)
		check_array(&place, schema, value);
	else if (schema->type == SCHEMA_OBJECT)
		check_object(&place, schema, value);
	else if (schema->type != SCHEMA_BOOLEAN)
		check_number(&place, schema, json_number_value(value));
}

/* At most 17 digits, which a long holds. */
static bool is_integer(const char *text)
{
	text += *text == '-';
	size_t size = strspn(text, "0123456789");
	return size && size <= 17 && !text[size];
}

bool schema_check_text(struct exchange *ex, const struct schema *schema, const char *text,
    const char *parameter)
{
	struct spot place = {ex, NULL, parameter, false};
	bool flag = !strcmp(text, "true") || !strcmp(text, "false");

	if (schema->type == SCHEMA_STRING)
		check_string(&place, schema, text);
	else if (schema->type == SCHEMA_INTEGER && is_integer(text))
		check_number(&place, schema, strtod(text, NULL));
	else if (schema->type != SCHEMA_BOOLEAN || !flag)
		note(&place, "type", types[schema->type].name);
	return !place.broken;
}
