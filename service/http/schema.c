#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>

#include "base/encoding.h"
#include "base/pattern.h"
#include "http/schema.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "request/text.h"
#include "service.h"

/* Texts that may have this many characters may hold line breaks. */
enum { MULTILINE_LENGTH = 1000 };

/* A longer text, in characters, is no attempt at a form. */
enum { FORM_LENGTH = 100 };

/* The place of a value: in the body or among the parameters. */
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

/* A whole limit has up to 16 digits, another one few. */
static void note_number(struct spot *place, const char *code, double limit)
{
	note(place, code,
	    arena_printf(&place->ex->arena, trunc(limit) == limit ? "%.0f" : "%.15g", limit));
}

static void note_form(struct spot *place, const char *code, const struct form *form)
{
	place->broken = true;
	problem_note_form(place->ex, place->pointer, place->parameter, code, form);
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

/* RFC 3339 with a zone; a leap second is refused. */
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

/* Whether UTC, and PostgreSQL's milliseconds, keep a good timestamp within the years 1 to 9999. */
static bool stays_in_years(const char *text)
{
	const char *zone = text + 19 + strspn(text + 19, ".0123456789");
	int shift = *zone == 'Z' || *zone == 'z' ? 0 : atoi(zone + 1) * 60 + atoi(zone + 4);
	int minute = atoi(text + 11) * 60 + atoi(text + 14) + (*zone == '+' ? -shift : shift);

	if (!strncmp(text, "0001-01-01", 10))
		return minute >= 0;
	if (strncmp(text, "9999-12-31", 10) != 0)
		return true;
	return minute < 24 * 60 - 1 || (minute == 24 * 60 - 1 && strtod(text + 17, NULL) <= 59.999);
}

static bool is_uri(const char *text)
{
	static const char *const schemes[] = {"https://", "http://"};

	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t size = strlen(schemes[i]);

		if (!strncasecmp(text, schemes[i], size))
			return text[size] && !strpbrk(text, " <>\"{}|\\^`");
	}
	return false;
}

/* Characters that would begin the fields of a `mailto:` are refused. */
static bool is_email(const char *text)
{
	const char *at = strchr(text, '@');
	const char *dot = at ? strrchr(at, '.') : NULL;

	return at && at > text && !strchr(at + 1, '@') && dot && dot > at + 1 && dot[1] &&
	       !strpbrk(text, " ,;<>\"()?&#%");
}

static bool is_password(const char *text)
{
	return text;
}

static bool (*const formats[])(const char *text) = {
    [FORMAT_UUID] = encoding_is_uuid,
    [FORMAT_UUID_V7] = encoding_is_uuid_v7,
    [FORMAT_DATE] = is_date,
    [FORMAT_DATE_TIME] = is_date_time,
    [FORMAT_URI] = is_uri,
    [FORMAT_EMAIL] = is_email,
    [FORMAT_PASSWORD] = is_password,
};

/* Control characters, and characters that reorder the text around them (Trojan Source): U+061C,
 * 200E-200F, 202A-202E, 2066-2069. A line or paragraph separator (U+2028, 2029) is a line break. */
static bool has_control(const char *text, bool multiline)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		bool blank = multiline && strchr("\n\t\r", *c);

		if ((*c < 0x20 && !blank) || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0) ||
		    (*c == 0xd8 && c[1] == 0x9c))
			return true;
		if (*c == 0xe2 && c[1] == 0x80 && strchr("\x8e\x8f\xaa\xab\xac\xad\xae", c[2]))
			return true;
		if (!multiline && *c == 0xe2 && c[1] == 0x80 && (c[2] == 0xa8 || c[2] == 0xa9))
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

static bool has_pattern(struct spot *place, const struct schema *schema, const char *text)
{
	return !schema->pattern ||
	       pattern_matches(place->ex->service->patterns, schema->pattern, text);
}

/* If the text has not the form either, the sentence about the form says more than a number. */
static void check_length(struct spot *place, const struct schema *schema, const char *text)
{
	long length = encoding_utf8_length(text, strlen(text));
	bool is_short = length < (long)schema->min_size;
	const char *code = is_short ? "too_short" : "too_long";

	if (!is_short && (!schema->max_size || length <= (long)schema->max_size))
		return;
	if (schema->form && length <= FORM_LENGTH && !has_pattern(place, schema, text))
		note_form(place, code, schema->form);
	else
		note_number(place, code, is_short ? schema->min_size : schema->max_size);
}

static void check_string(struct spot *place, const struct schema *schema, const char *text)
{
	if (schema->values) {
		if (!among(schema->values, text))
			note(place, "enum", list_of(place->ex, schema->values));
		return;
	}
	check_length(place, schema, text);
	if (place->broken)
		return;
	if (has_control(text, schema->max_size >= MULTILINE_LENGTH))
		note(place, "control_character", NULL);
	else if (schema->format && !formats[schema->format](text))
		note_form(place, schema->format == FORMAT_UUID_V7 ? "uuid_v7" : "format",
		    schema->form);
	else if (schema->format == FORMAT_DATE_TIME && !stays_in_years(text))
		note(place, "year_range", NULL);
	else if (!has_pattern(place, schema, text))
		note_form(place, "pattern", schema->form);
	else if (!schema->format && !text_says_something(text))
		note(place, "blank", NULL);
	else if (!schema->format && place->pointer && text_has_blank_edges(text))
		note(place, "edges", NULL);
}

static void check_number(struct spot *place, const struct schema *schema, double value)
{
	if (value < schema->minimum)
		note_number(place, "too_small", schema->minimum);
	else if (value > schema->maximum)
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

/* The name of each type, and the types of jansson that fit it. */
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
	double number = json_number_value(value);
	bool whole =
	    schema->type == SCHEMA_INTEGER && json_is_real(value) && number == floor(number);

	if (!whole && !(types[schema->type].fitting & 1U << json_typeof(value)))
		note(&place, "type", types[schema->type].name);
	else if (schema->type == SCHEMA_STRING)
		check_string(&place, schema, json_string_value(value));
	else if (schema->type == SCHEMA_ARRAY)
		check_array(&place, schema, value);
	else if (schema->type == SCHEMA_OBJECT)
		check_object(&place, schema, value);
	else if (schema->type != SCHEMA_BOOLEAN)
		check_number(&place, schema, number);
}

/* At most 17 digits, so that a long holds it. */
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
