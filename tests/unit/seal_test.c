#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/encoding.h"
#include "identity/keyring.h"
#include "identity/seal.h"
#include "unit.h"

static const struct schema *owner_schema(void)
{
	ck_assert_int_eq(unit_find("PUT", "/v1/lanterns/1/owner"), 0);
	return ex.operation->body;
}

/* A part of one sealed member of an owner, in the arena. */
static const char *sealed(const char *member, const char *text, const char *part)
{
	const struct schema *schema = owner_schema();
	json_t *body = json_pack("{s:s}", member, text);

	seal_members(&ex, schema, body);
	const char *value = json_string_value(json_object_get(json_object_get(body, member), part));
	const char *kept = value ? arena_copy(&ex.arena, value, strlen(value)) : NULL;

	json_decref(body);
	return kept;
}

START_TEST(a_sealed_text_opens_again)
{
	static const char *const texts[] = {"3505171234567890", "", "a",
	    "Siti R\xc3\xa1hayu \xf0\x9f\x8f\xae", "\"quoted\"\n"};

	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *cipher = sealed("home", texts[i], "cipher");

		ck_assert_ptr_nonnull(cipher);
		ck_assert_pstr_eq(seal_open(&ex, "home", cipher), texts[i]);
	}
}

START_TEST(the_same_text_is_never_sealed_alike)
{
	const struct schema *schema = owner_schema();
	json_t *one = json_pack("{s:s}", "home", "Jalan Melati 3"), *two = json_deep_copy(one);

	seal_members(&ex, schema, one);
	seal_members(&ex, schema, two);
	ck_assert_str_ne(json_string_value(json_object_get(json_object_get(one, "home"), "cipher")),
	    json_string_value(json_object_get(json_object_get(two, "home"), "cipher")));
	ck_assert_str_eq(json_string_value(json_object_get(json_object_get(one, "home"), "hash")),
	    json_string_value(json_object_get(json_object_get(two, "home"), "hash")));
	json_decref(one);
	json_decref(two);
}

START_TEST(no_character_of_a_cipher_can_be_changed)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
	char cipher[200];

	strcpy(cipher, sealed("home", "Jalan Melati 3", "cipher"));
	for (char *c = cipher; *c; c++) {
		char right = *c;

		for (const char *other = alphabet; *other; other++) {
			*c = *other;
			ck_assert_msg(!seal_open(&ex, "home", cipher) == (*other != right),
			    "character %td as %c", c - cipher, *other);
		}
		*c = right;
	}
	for (size_t size = strlen(cipher); size--;) {
		cipher[size] = 0;
		ck_assert_ptr_null(seal_open(&ex, "home", cipher));
	}
}

START_TEST(a_cipher_belongs_to_its_member)
{
	const char *cipher = sealed("home", "3505171234567890", "cipher");

	ck_assert_ptr_null(seal_open(&ex, "number", cipher));
	ck_assert_ptr_null(seal_open(&ex, "hom", cipher));
	ck_assert_ptr_null(seal_open(&ex, "", cipher));
}

START_TEST(the_newest_key_seals_and_the_older_open)
{
	char path[300], why[200] = "";
	const char *directory = unit_directory();
	char *old = strdup(sealed("home", "Jalan Melati 3", "cipher"));
	struct seal_key first = service.keyring->seals[0];

	ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	snprintf(path, sizeof(path), "%s/seal-10.key", directory);
	FILE *file = fopen(path, "w");

	fputs("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n", file);
	fclose(file);
	ck_assert_int_eq(chmod(path, 0400), 0);
	struct keyring *fresh = keyring_load(directory, why, sizeof(why));

	ck_assert_str_eq(why, "");
	ck_assert_uint_eq(fresh->n_seals, 2);
	ck_assert_int_eq(fresh->seals[0].id, 10);
	fresh->seals[1] = first;
	keyring_release(service.keyring);
	service.keyring = fresh;
	const char *cipher = sealed("home", "Jalan Melati 4", "cipher");

	ck_assert(!strncmp(cipher, "10.", 3));
	ck_assert_pstr_eq(seal_open(&ex, "home", cipher), "Jalan Melati 4");
	ck_assert_pstr_eq(seal_open(&ex, "home", old), "Jalan Melati 3");
	fresh->n_seals = 1;
	ck_assert_ptr_null(seal_open(&ex, "home", old));
	free(old);
}

START_TEST(the_hash_is_keyed_and_belongs_to_its_member)
{
	unsigned char digest[32];
	char hex[65];

	HMAC(EVP_sha256(), service.keyring->hash, KEY_BYTES,
	    (const unsigned char *)"number\0003505171234567890", 23, digest, NULL);
	encoding_hex(digest, sizeof(digest), hex);
	ck_assert_pstr_eq(sealed("number", "3505171234567890", "hash"), hex);
	ck_assert_str_ne(sealed("home", "3505171234567890", "hash"), hex);
	service.keyring->hash[0] ^= 1;
	ck_assert_str_ne(sealed("number", "3505171234567890", "hash"), hex);
}

START_TEST(masks_show_what_they_promise)
{
	static const char *const cases[][3] = {
	    {"number", "3505171234567890", "3505************"},
	    {"number", "350517123456789", "3505***********"},
	    {"phone", "+6281234567890", "+62812****890"},
	    {"phone", "+62812345678901", "+62812****901"},
	    {"mail", "siti@lanterns.example", "s***@lanterns.example"},
	    {"mail", "\xc3\xa9lan@b.id", "\xc3\xa9***@b.id"},
	    {"name", "Siti Rahayu", "S*** R***"},
	    {"name", "Siti", "S***"},
	    {"name", "  Siti  R.  ", "  S***  R***  "},
	    {"name", "\xc3\x89lan \xf0\x9f\x8f\xae\xf0\x9f\x8f\xae",
		"\xc3\x89*** \xf0\x9f\x8f\xae***"},
	    {"home", "Jalan Melati 3", "********"},
	    {"home", "", "********"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_pstr_eq(sealed(cases[i][0], cases[i][1], "mask"), cases[i][2]);
}

/* For any text, the mask is valid UTF-8 and hides at least four characters or all. No clear text
 * remains. */
START_TEST(masks_hide_odd_texts)
{
	static const char *const members[] = {"number", "phone", "mail", "home"};
	static const char *const texts[] = {
	    "",
	    "1",
	    "1234",
	    "12345",
	    "12345678",
	    "1234567890",
	    "123456789012",
	    "+6281234",
	    "@",
	    "@b.id",
	    "siti",
	    "123\xc3\xa9"
	    "567890123456",
	    "12345\xc3\xa9"
	    "7890123\xc3\xa9"
	    "6",
	    "\xf0\x9f\x8f\xae\xf0\x9f\x8f\xae",
	    "\xf0\x9f\x8f\xae\xf0\x9f\x8f\xae\xf0\x9f\x8f\xae\xf0\x9f\x8f\xae",
	};

	for (size_t m = 0; m < COUNT(members); m++)
		for (size_t i = 0; i < COUNT(texts); i++) {
			const char *mask = sealed(members[m], texts[i], "mask");

			ck_assert_msg(mask != NULL, "%s '%s' goes on in the clear", members[m],
			    texts[i]);
			long length = encoding_utf8_length(texts[i], strlen(texts[i]));
			long shown = encoding_utf8_length(mask, strlen(mask));

			ck_assert_int_ge(shown, 0);
			for (const char *c = mask; *c; c++)
				shown -= *c == '*';
			ck_assert_msg(!shown || length - shown >= 4, "%s '%s' shows %s", members[m],
			    texts[i], mask);
		}
}

START_TEST(signatures_of_different_purposes_differ)
{
	unsigned char one[32], two[32];

	seal_mac(&service, "cursor", "abc", 3, one);
	seal_mac(&service, "request", "abc", 3, two);
	ck_assert_mem_ne(one, two, 32);
	seal_mac(&service, "cursora", "bc", 2, two);
	ck_assert_mem_ne(one, two, 32);
	seal_mac(&service, "cursor", "abc", 3, two);
	ck_assert_mem_eq(one, two, 32);
}

SUITE(seal, a_sealed_text_opens_again, the_same_text_is_never_sealed_alike,
    no_character_of_a_cipher_can_be_changed, a_cipher_belongs_to_its_member,
    the_newest_key_seals_and_the_older_open, the_hash_is_keyed_and_belongs_to_its_member,
    masks_show_what_they_promise, masks_hide_odd_texts, signatures_of_different_purposes_differ);
