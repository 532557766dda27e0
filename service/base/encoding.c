#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/rand.h>
#include <openssl/sha.h>

#include "base/arena.h"
#include "base/encoding.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64url_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* The size of the UTF-8 sequence at text, or 0 if it is invalid (RFC 3629: no overlong forms, no
 * surrogates, at most U+10FFFF). */
static size_t sequence(const unsigned char *text, size_t left)
{
	static const struct {
		unsigned char first_low, first_high, second_low, second_high, size;
	} forms[] = {
	    {0x01, 0x7f, 0, 0, 1},
	    {0xc2, 0xdf, 0x80, 0xbf, 2},
	    {0xe0, 0xe0, 0xa0, 0xbf, 3},
	    {0xe1, 0xec, 0x80, 0xbf, 3},
	    {0xed, 0xed, 0x80, 0x9f, 3},
	    {0xee, 0xef, 0x80, 0xbf, 3},
	    {0xf0, 0xf0, 0x90, 0xbf, 4},
	    {0xf1, 0xf3, 0x80, 0xbf, 4},
	    {0xf4, 0xf4, 0x80, 0x8f, 4},
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (text[0] < forms[i].first_low || text[0] > forms[i].first_high)
			continue;
		if (left < forms[i].size)
			return 0;
		if (forms[i].size > 1 &&
		    (text[1] < forms[i].second_low || text[1] > forms[i].second_high))
			return 0;
		for (size_t k = 2; k < forms[i].size; k++)
			if ((text[k] & 0xc0) != 0x80)
				return 0;
		return forms[i].size;
	}
	return 0;
}

long encoding_utf8_length(const char *text, size_t size)
{
	long length = 0;

	for (size_t at = 0; at < size; length++) {
		size_t step = sequence((const unsigned char *)text + at, size - at);

		if (!step)
			return -1;
		at += step;
	}
	return length;
}

static int hex_value(char c)
{
	const char *digit = c ? strchr(hex_digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;

	return digit ? (int)(digit - hex_digits) : -1;
}

char *encoding_percent_decode(struct arena *arena, const char *text, size_t size, bool plus)
{
	char *result = arena_alloc(arena, size + 1), *out = result;

	for (size_t i = 0; i < size; i++) {
		if (text[i] == '%') {
			int high = i + 2 < size ? hex_value(text[i + 1]) : -1;
			int low = high >= 0 ? hex_value(text[i + 2]) : -1;

			if (low < 0)
				return NULL;
			*out++ = (char)(high << 4 | low);
			i += 2;
		} else {
			*out++ = plus && text[i] == '+' ? ' ' : text[i];
		}
	}
	return encoding_utf8_length(result, (size_t)(out - result)) < 0 ? NULL : result;
}

char *encoding_base64url(struct arena *arena, const void *data, size_t size)
{
	const unsigned char *in = data;
	char *result = arena_alloc(arena, size * 4 / 3 + 4), *out = result;
	uint32_t bits = 0;
	int held = 0;

	for (size_t i = 0; i < size; i++) {
		bits = bits << 8 | in[i];
		for (held += 8; held >= 6; held -= 6)
			*out++ = base64url_digits[bits >> (held - 6) & 63];
	}
	if (held)
		*out++ = base64url_digits[bits << (6 - held) & 63];
	return result;
}

unsigned char *encoding_base64url_decode(struct arena *arena, const char *text, size_t size,
    size_t *ret_size)
{
	unsigned char *result = arena_alloc(arena, size * 3 / 4 + 2), *out = result;
	uint32_t bits = 0;
	int held = 0;

	if (size % 4 == 1)
		return NULL;
	for (size_t i = 0; i < size; i++) {
		const char *digit = text[i] ? strchr(base64url_digits, text[i]) : NULL;

		if (!digit)
			return NULL;
		bits = bits << 6 | (uint32_t)(digit - base64url_digits);
		held += 6;
		if (held >= 8) {
			held -= 8;
			*out++ = (unsigned char)(bits >> held);
		}
	}
	/* The bits left over must be zero, so that these bytes have one text only (RFC 4648
	 * 3.5). */
	if (bits & ((1U << held) - 1))
		return NULL;
	*ret_size = (size_t)(out - result);
	return result;
}

void encoding_hex(const void *data, size_t size, char *out)
{
	const unsigned char *in = data;

	for (size_t i = 0; i < size; i++) {
		*out++ = hex_digits[in[i] >> 4];
		*out++ = hex_digits[in[i] & 15];
	}
	*out = 0;
}

char *encoding_digest(struct arena *arena, const void *data, size_t size)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	char *hex = arena_alloc(arena, 2 * sizeof(digest) + 1);

	if (!SHA256(data, size, digest))
		abort();
	encoding_hex(digest, sizeof(digest), hex);
	return hex;
}

char *encoding_random(struct arena *arena, size_t bytes)
{
	unsigned char *random = arena_alloc(arena, bytes);

	if (RAND_bytes(random, (int)bytes) != 1)
		abort(); /* without random bytes nothing that follows would be secret */
	return encoding_base64url(arena, random, bytes);
}

bool encoding_is_uuid(const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'x' ? hex_value(text[i]) < 0 : text[i] != form[i])
			return false;
	return !text[sizeof(form) - 1];
}

bool encoding_is_uuid_v7(const char *text)
{
	return encoding_is_uuid(text) && text[14] == '7' && strchr("89abAB", text[19]);
}

bool encoding_next(const char **at, const char *separators, struct span *ret_item)
{
	ret_item->text = *at + strspn(*at, separators);
	ret_item->size = strcspn(ret_item->text, separators);
	*at = ret_item->text + ret_item->size;
	return ret_item->size > 0;
}

bool encoding_is(struct span item, const char *text)
{
	return item.size == strlen(text) && !memcmp(item.text, text, item.size);
}

bool encoding_next_range(const char **at, struct span *ret_range, double *ret_weight)
{
	struct span item;

	if (!encoding_next(at, ",", &item))
		return false;
	const char *range = item.text + strspn(item.text, " \t");
	const char *rest = memchr(item.text, ';', item.size), *end = item.text + item.size;
	*ret_range = (struct span){range, strcspn(range, ",; \t")};
	*ret_weight = 1;
	for (; rest; rest = memchr(rest, ';', (size_t)(end - rest))) {
		rest += 1 + strspn(rest + 1, " \t");
		if ((*rest == 'q' || *rest == 'Q') && rest[1] == '=')
			*ret_weight = strtod(rest + 2, NULL);
	}
	return true;
}

bool encoding_next_pair(struct arena *arena, const char **at, const char **ret_name,
    const char **ret_value)
{
	const char *text = *at;
	size_t size = strcspn(text, "&"), name_size = strcspn(text, "=&");
	size_t value = name_size + (text[name_size] == '=');

	if (!*text)
		return false;
	*ret_name = encoding_percent_decode(arena, text, name_size, true);
	*ret_value = encoding_percent_decode(arena, text + value, size - value, true);
	*at = text + size + (text[size] == '&');
	return true;
}

uint64_t encoding_hash(uint64_t before, const char *text)
{
	uint64_t hash = before ? before : 14695981039346656037ULL;

	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * 1099511628211ULL;
	return hash ? hash : 1;
}
