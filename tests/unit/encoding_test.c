#include <string.h>

#include "base/encoding.h"
#include "unit.h"

START_TEST(utf8_of_one_and_two_bytes_is_recognised_exactly)
{
	int valid = 0;

	for (int c = 0; c < 256; c++) {
		const char text = (char)c;

		ck_assert_int_eq(encoding_utf8_length(&text, 1), c >= 1 && c < 0x80 ? 1 : -1);
	}
	for (int pair = 0; pair < 65536; pair++)
		valid +=
		    encoding_utf8_length((const char[]){(char)(pair >> 8), (char)pair}, 2) == 1;
	ck_assert_int_eq(valid, 0x800 - 0x80);
}

START_TEST(utf8_of_three_and_four_bytes_leaves_out_surrogates_and_overlong_forms)
{
	static const char ends[] = {'\x7f', '\x80', '\xbf', '\xc0'};
	int valid = 0;

	for (int first = 0xe0; first < 0xf0; first++)
		for (int rest = 0; rest < 65536; rest++)
			valid += encoding_utf8_length((const char[]){(char)first, (char)(rest >> 8),
							  (char)rest},
				     3) == 1;
	ck_assert_int_eq(valid, 0x10000 - 0x800 - 0x800);
	valid = 0;
	for (int first = 0xf0; first < 0x100; first++)
		for (int second = 0; second < 256; second++)
			for (int k = 0; k < 16; k++)
				valid +=
				    encoding_utf8_length((const char[]){(char)first, (char)second,
							     ends[k / 4], ends[k % 4]},
					4) == 1;
	/* 16 planes of 16 second bytes; 2 * 2 of the 4 * 4 pairs of ends are valid. */
	ck_assert_int_eq(valid, 16 * 16 * 4);
}

START_TEST(utf8_edges)
{
	static const struct {
		const char *text;
		size_t size;
		long length;
	} cases[] = {
	    {"", 0, 0},
	    {"lantern", 7, 7},
	    {"\xc3\xa9", 2, 1},
	    {"\xc3", 1, -1}, /* cut off */
	    {"\xe2\x82", 2, -1},
	    {"\xf0\x9f\x8f", 3, -1},
	    {"\xed\x9f\xbf", 3, 1}, /* U+D7FF */
	    {"\xed\xa0\x80", 3, -1}, /* U+D800 */
	    {"\xed\xbf\xbf", 3, -1}, /* U+DFFF */
	    {"\xee\x80\x80", 3, 1}, /* U+E000 */
	    {"\xef\xbf\xbf", 3, 1}, /* U+FFFF */
	    {"\xf0\x90\x80\x80", 4, 1}, /* U+10000 */
	    {"\xf4\x8f\xbf\xbf", 4, 1}, /* U+10FFFF */
	    {"\xf4\x90\x80\x80", 4, -1}, /* U+110000 */
	    {"\xf5\x80\x80\x80", 4, -1},
	    {"\xc0\x80", 2, -1}, /* overlong NUL */
	    {"\xc1\xbf", 2, -1},
	    {"\xe0\x9f\xbf", 3, -1},
	    {"\xf0\x8f\xbf\xbf", 4, -1},
	    {"\xf8\x88\x80\x80\x80", 5, -1},
	    {"a\0b", 3, -1},
	    {"\x80", 1, -1},
	    {"e\xcc\x81", 3, 2}, /* a combining accent counts as a code point */
	    {"\xf0\x9f\x8f\xae!", 5, 2},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_msg(encoding_utf8_length(cases[i].text, cases[i].size) == cases[i].length,
		    "row %zu", i);
}

START_TEST(percent_escapes)
{
	static const struct {
		const char *text;
		bool plus;
		const char *decoded;
	} cases[] = {
	    {"", false, ""},
	    {"lantern", false, "lantern"},
	    {"a%20b", false, "a b"},
	    {"a+b", false, "a+b"},
	    {"a+b%2B", true, "a b+"},
	    {"%c3%A9", false, "\xc3\xa9"},
	    {"%2F%2f", false, "//"},
	    {"%25%32%35", false, "%25"},
	    {"%", false, NULL},
	    {"%4", false, NULL},
	    {"a%4", false, NULL},
	    {"%4g", false, NULL},
	    {"%g4", false, NULL},
	    {"%%41", false, NULL},
	    {"%\x14\x11", false, NULL}, /* '4' and '1' with one bit changed */
	    {"%4\x11", false, NULL},
	    {"%00", false, NULL},
	    {"7%00x", true, NULL},
	    {"%ff", true, NULL},
	    {"%c3", false, NULL},
	    {"\xff", false, NULL},
	    {"%ed%a0%80", false, NULL},
	    {"%c0%af", false, NULL},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *decoded = encoding_percent_decode(&ex.arena, cases[i].text,
		    strlen(cases[i].text), cases[i].plus);

		ck_assert_pstr_eq(decoded, cases[i].decoded);
	}
}

START_TEST(percent_decoding_stops_at_its_size)
{
	ck_assert_pstr_eq(encoding_percent_decode(&ex.arena, "a%41", 3, false), NULL);
	ck_assert_str_eq(encoding_percent_decode(&ex.arena, "ab%41", 2, false), "ab");
}

START_TEST(base64url_vectors)
{
	/* RFC 4648 10, without padding, and the two characters that differ from base64. */
	static const char *const vectors[][2] = {
	    {"", ""},
	    {"f", "Zg"},
	    {"fo", "Zm8"},
	    {"foo", "Zm9v"},
	    {"foob", "Zm9vYg"},
	    {"fooba", "Zm9vYmE"},
	    {"foobar", "Zm9vYmFy"},
	    {"\xfb\xff\xbf", "-_-_"},
	};

	for (size_t i = 0; i < COUNT(vectors); i++)
		ck_assert_str_eq(encoding_base64url(&ex.arena, vectors[i][0],
				     strlen(vectors[i][0])),
		    vectors[i][1]);
}

START_TEST(base64url_comes_back)
{
	unsigned char bytes[70] = {0};

	for (size_t size = 0; size < sizeof(bytes); size++) {
		size_t decoded = 999;

		for (size_t i = 0; i < size; i++)
			bytes[i] = (unsigned char)(i * 37 + size);
		const char *text = encoding_base64url(&ex.arena, bytes, size);
		unsigned char *again =
		    encoding_base64url_decode(&ex.arena, text, strlen(text), &decoded);

		ck_assert_uint_eq(decoded, size);
		ck_assert_mem_eq(again, bytes, size);
		ck_assert_uint_eq(again[size], 0);
	}
}

START_TEST(base64url_has_one_form)
{
	static const char *const broken[] = {"Z", "Zg==", "Zg=", "Zm8=", "Z+8A", "Z/8A", "Zm 8",
	    "Zm8\n", "Zm.8", "Zh", "Zm9", "Zm9vZ"};

	for (size_t i = 0; i < COUNT(broken); i++) {
		size_t size;

		ck_assert_msg(!encoding_base64url_decode(&ex.arena, broken[i], strlen(broken[i]),
				  &size),
		    "%s", broken[i]);
	}
}

START_TEST(hex_is_lower_case)
{
	char text[9];

	encoding_hex("\x00\x7f\xab\xff", 4, text);
	ck_assert_str_eq(text, "007fabff");
	encoding_hex("", 0, text);
	ck_assert_str_eq(text, "");
}

START_TEST(digests_and_random_texts)
{
	ck_assert_str_eq(encoding_digest(&ex.arena, "abc", 3),
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	ck_assert_uint_eq(strlen(encoding_random(&ex.arena, 32)), 43);
	ck_assert_str_ne(encoding_random(&ex.arena, 32), encoding_random(&ex.arena, 32));
}

START_TEST(uuids_hold_hex_digits_only)
{
	ck_assert(encoding_is_uuid("0190a5b0-ABCD-7000-8000-00000000000f"));
	ck_assert(!encoding_is_uuid("0190a5b0-abcd-7000-8000-00000000000\x11"));
	ck_assert(!encoding_is_uuid("\x10"
				    "190a5b0-abcd-7000-8000-000000000000"));
	ck_assert(!encoding_is_uuid("0190a5b0-abcd-7000-8000-00000000000"));
	ck_assert(!encoding_is_uuid(""));
	ck_assert(encoding_is_uuid_v7("0190a5b0-abcd-7000-8000-00000000000f"));
	ck_assert(encoding_is_uuid_v7("0190A5B0-ABCD-7FFF-BFFF-00000000000F"));
	ck_assert(!encoding_is_uuid_v7("0190a5b0-abcd-4000-8000-00000000000f"));
	ck_assert(!encoding_is_uuid_v7("0190a5b0-abcd-1000-8000-00000000000f"));
	ck_assert(!encoding_is_uuid_v7("0190a5b0-abcd-7000-7000-00000000000f"));
	ck_assert(!encoding_is_uuid_v7("0190a5b0-abcd-7000-c000-00000000000f"));
	ck_assert(!encoding_is_uuid_v7("00000000-0000-0000-0000-000000000000"));
	ck_assert(!encoding_is_uuid_v7("ffffffff-ffff-ffff-ffff-ffffffffffff"));
	ck_assert(!encoding_is_uuid_v7("0190a5b0-abcd-7000-8000-00000000000"));
}

START_TEST(lists_have_items_and_no_empty_ones)
{
	const char *at = ",, red,green ,";
	struct span item;

	ck_assert(encoding_next(&at, ", ", &item));
	ck_assert(encoding_is(item, "red"));
	ck_assert(!encoding_is(item, "re"));
	ck_assert(!encoding_is(item, "red,"));
	ck_assert(encoding_next(&at, ", ", &item));
	ck_assert(encoding_is(item, "green"));
	ck_assert(!encoding_next(&at, ", ", &item));
	ck_assert(!encoding_next(&at, ", ", &item));
	ck_assert_str_eq(at, "");
}

START_TEST(pairs_are_cut_and_decoded)
{
	static const char *const pairs[][2] = {{"a b", "c=d"}, {"e", ""}, {"", ""}, {"f", ""},
	    {NULL, "1"}, {"g", NULL}, {"", "h"}};
	const char *at = "a+b=c%3Dd&e&&f=&%zz=1&g=%00&=h", *name, *value;

	for (size_t i = 0; i < COUNT(pairs); i++) {
		ck_assert(encoding_next_pair(&ex.arena, &at, &name, &value));
		ck_assert_pstr_eq(name, pairs[i][0]);
		ck_assert_pstr_eq(value, pairs[i][1]);
	}
	ck_assert(!encoding_next_pair(&ex.arena, &at, &name, &value));
}

SUITE(encoding, utf8_of_one_and_two_bytes_is_recognised_exactly,
    utf8_of_three_and_four_bytes_leaves_out_surrogates_and_overlong_forms, utf8_edges,
    percent_escapes, percent_decoding_stops_at_its_size, base64url_vectors, base64url_comes_back,
    base64url_has_one_form, hex_is_lower_case, digests_and_random_texts, uuids_hold_hex_digits_only,
    lists_have_items_and_no_empty_ones, pairs_are_cut_and_decoded);
