#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "reply/page.h"
#include "request/exchange.h"

enum { PLAIN_BELOW = 10000 };

/* The values in which names are looked up, the innermost last. */
struct scopes {
	const json_t *value[PAGE_MAX_DEPTH];
	size_t n;
};

static const json_t *named_value(const struct scopes *scopes, const struct piece *piece)
{
	const json_t *value = scopes->value[scopes->n - 1 - piece->up];

	for (const char *name = piece->text; *name; name += *name == '.') {
		size_t size = strcspn(name, ".");

		value = json_object_getn(value, name, size);
		name += size;
	}
	return value;
}

static bool is_something(const json_t *value)
{
	if (json_is_string(value))
		return json_string_length(value) > 0;
	if (json_is_array(value))
		return json_array_size(value) > 0;
	if (json_is_number(value))
		return json_number_value(value) != 0;
	return json_is_true(value) || json_is_object(value);
}

static void put_escaped(struct buffer *out, const char *text)
{
	static const char special[] = "&<>\"'";
	static const char *const escaped[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#x27;"};

	for (;;) {
		size_t size = strcspn(text, special);

		buffer_put(out, text, size);
		text += size;
		if (!*text)
			return;
		buffer_puts(out, escaped[strchr(special, *text++) - special]);
	}
}

/* 1.250.000 and 0,5 in Indonesian, 1,250,000 and 0.5 in English. Only money groups four digits. */
static void put_grouped(struct buffer *out, const json_t *value, bool english, bool money)
{
	const char *group = english ? "," : ".", *point = english ? "." : ",";
	double number = json_number_value(value);
	bool grouped = fabs(number) >= (money ? 0 : PLAIN_BELOW);
	char text[64];

	if (json_is_integer(value))
		snprintf(text, sizeof(text), "%lld", llabs(json_integer_value(value)));
	else
		snprintf(text, sizeof(text), "%.15g", fabs(number));
	size_t whole = strcspn(text, ".");

	buffer_puts(out, number < 0 ? "-" : "");
	buffer_puts(out, money ? "Rp" : "");
	for (size_t i = 0; i < whole; i++) {
		if (i && (whole - i) % 3 == 0 && grouped)
			buffer_puts(out, group);
		buffer_put(out, &text[i], 1);
	}
	if (text[whole]) {
		buffer_puts(out, point);
		buffer_puts(out, text + whole + 1);
	}
}

/* 12 Juli 2023; an instant is shown as its local day. */
static void put_date(struct buffer *out, const char *text, bool english)
{
	static const char *const months[2][12] = {
	    {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
		"Oktober", "November", "Desember"},
	    {"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"},
	};
	struct tm day = {0};
	const char *rest = strptime(text, "%Y-%m-%d", &day);

	if (rest && strptime(rest, "T%H:%M:%S", &day)) {
		time_t instant = timegm(&day) + CLOCK_LOCAL_SECONDS;
		gmtime_r(&instant, &day);
	}
	buffer_printf(out, "%d %s %d", day.tm_mday, months[english][day.tm_mon],
	    day.tm_year + 1900);
}

static const char *word_of(const struct piece *piece, const char *code)
{
	for (const char *const *word = piece->words; *word; word += 2)
		if (!strcmp(word[0], code))
			return word[1];
	return code;
}

static void put_shown(struct exchange *ex, const struct piece *piece, const json_t *value)
{
	const char *text = json_string_value(value);
	bool english = ex->language == LANGUAGE_EN;
	struct buffer *out = &ex->reply;

	if (piece->kind == PIECE_WORD && text)
		put_escaped(out, word_of(piece, text));
	else if (piece->kind == PIECE_DATE && text)
		put_date(out, text, english);
	else if (text)
		put_escaped(out, text);
	else if (json_is_number(value))
		put_grouped(out, value, english, piece->kind == PIECE_RUPIAH);
}

static void put_pieces(struct exchange *ex, const struct piece *pieces, size_t n,
    struct scopes scopes);

static void put_inside(struct exchange *ex, const struct piece *section, struct scopes scopes,
    const json_t *value)
{
	if (section->kind == PIECE_SECTION)
		scopes.value[scopes.n++] = value;
	put_pieces(ex, section + 1, section->inside, scopes);
}

static void put_section(struct exchange *ex, const struct piece *section,
    const struct scopes *scopes)
{
	const json_t *value = named_value(scopes, section);
	const json_t *item;
	size_t i;

	if (is_something(value) != (section->kind == PIECE_SECTION))
		return;
	if (section->kind == PIECE_INVERTED || !json_is_array(value)) {
		put_inside(ex, section, *scopes, value);
		return;
	}
	json_array_foreach(value, i, item) {
		put_inside(ex, section, *scopes, item);
	}
}

static void put_pieces(struct exchange *ex, const struct piece *pieces, size_t n,
    struct scopes scopes)
{
	for (size_t i = 0; i < n; i += 1 + pieces[i].inside) {
		const struct piece *piece = &pieces[i];

		if (piece->kind == PIECE_TEXT)
			buffer_puts(&ex->reply, piece->text);
		else if (piece->kind >= PIECE_SECTION)
			put_section(ex, piece, &scopes);
		else
			put_shown(ex, piece, named_value(&scopes, piece));
	}
}

void page_write(struct exchange *ex, const json_t *reply)
{
	const struct page *page = ex->operation->formats->page;
	const struct scopes scopes = {.value = {reply}, .n = 1};

	exchange_header(ex, "Content-Security-Policy", page->policy);
	put_pieces(ex, page->in[ex->language].pieces, page->in[ex->language].n, scopes);
}
