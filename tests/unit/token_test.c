#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "base/encoding.h"
#include "identity/keyring.h"
#include "identity/token.h"
#include "unit.h"

#define SUBJECT "0190a5b0-0000-7000-8000-000000000001"

static const char *encoded(const void *data, size_t size)
{
	return encoding_base64url(&ex.arena, data, size);
}

static const char *encoded_text(const char *text)
{
	return encoded(text, strlen(text));
}

/* The two numbers of an ECDSA signature, 32 bytes each (RFC 7518 3.4). */
static void flatten(const unsigned char *der, size_t size, unsigned char flat[64])
{
	ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &der, (long)size);

	BN_bn2binpad(ECDSA_SIG_get0_r(signature), flat, 32);
	BN_bn2binpad(ECDSA_SIG_get0_s(signature), flat + 32, 32);
	ECDSA_SIG_free(signature);
}

/* Signed by OpenSSL, so that the test does not depend on the service's own signer. */
static const char *signed_by(const struct signing_key *key, const char *header, const char *payload)
{
	const char *text =
	    arena_printf(&ex.arena, "%s.%s", encoded_text(header), encoded_text(payload));
	BIO *pem = BIO_new_mem_buf(key->private_pem, -1);
	EVP_PKEY *pair = PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char der[100], flat[64];
	size_t size = sizeof(der);

	ck_assert(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pair));
	ck_assert(EVP_DigestSign(context, der, &size, (const unsigned char *)text, strlen(text)));
	flatten(der, size, flat);
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pair);
	BIO_free(pem);
	return arena_printf(&ex.arena, "%s.%s", text, encoded(flat, sizeof(flat)));
}

static const struct signing_key *current(void)
{
	return &service.keyring->signing[0];
}

static const char *header_with(const char *alg, const char *typ, const char *more)
{
	return arena_printf(&ex.arena, "{\"alg\":%s,\"typ\":%s,\"kid\":\"%s\"%s}", alg, typ,
	    current()->kid, more);
}

static const char *good_header(void)
{
	return header_with("\"ES256\"", "\"JWT\"", "");
}

/* Valid claims, except that one gets this JSON text; NULL leaves it out. */
static const char *claims_with(const char *name, const char *json)
{
	int64_t now = time(NULL);
	const char *const claims[][2] = {
	    {"iss", "\"https://lanterns.example\""},
	    {"aud", "\"https://lanterns.example\""},
	    {"sub", "\"" SUBJECT "\""},
	    {"role", "\"keeper\""},
	    {"jti", "\"1\""},
	    {"iat", arena_printf(&ex.arena, "%" PRId64, now)},
	    {"exp", arena_printf(&ex.arena, "%" PRId64, now + 600)},
	};
	const char *text = "", *value;
	bool known = false;

	for (size_t i = 0; i < COUNT(claims); i++) {
		bool it = name && !strcmp(claims[i][0], name);

		known = known || it;
		value = it ? json : claims[i][1];
		if (value)
			text = arena_printf(&ex.arena, "%s%s\"%s\":%s", text, *text ? "," : "",
			    claims[i][0], value);
	}
	if (name && !known)
		text = arena_printf(&ex.arena, "%s,\"%s\":%s", text, name, json);
	return arena_printf(&ex.arena, "{%s}", text);
}

static enum problem_kind verify(const char *token)
{
	struct claims claims = {0};

	return token_verify(&ex, token, &claims);
}

static enum problem_kind verify_claims(const char *name, const char *json)
{
	return verify(signed_by(current(), good_header(), claims_with(name, json)));
}

START_TEST(what_the_service_issues_it_accepts)
{
	struct claims claims = {0};
	json_t *given = json_pack("{s:s, s:s, s:s, s:[s,s]}", "sub", SUBJECT, "role", "robot",
	    "scope", "lanterns:read  lanterns:write", "villages", "A.1", "A.2");
	const char *token = token_issue(&ex, given);

	json_decref(given);
	ck_assert_ptr_nonnull(token);
	ck_assert_int_eq(token_verify(&ex, token, &claims), PROBLEM_NONE);
	ck_assert_uint_eq(claims.role, 3);
	ck_assert_str_eq(claims.subject, SUBJECT);
	ck_assert_str_eq(claims.scopes, "lanterns:read  lanterns:write");
	ck_assert(!claims.must_change_password);
	ck_assert_str_eq(claims.authority,
	    "\"role\":\"robot\",\"scope\":[\"lanterns:read\",\"lanterns:write\"],"
	    "\"sub\":\"" SUBJECT "\",\"villages\":[\"A.1\",\"A.2\"]");
}

START_TEST(an_issued_token_says_who_when_and_with_which_key)
{
	json_t *given = json_pack("{s:s, s:s, s:s, s:i}", "sub", SUBJECT, "role", "keeper", "iss",
	    "https://evil.example", "exp", 2000000000);
	const char *token = token_issue(&ex, given);
	const char *dot = strchr(token, '.');
	size_t size;
	const char *header =
	    (const char *)encoding_base64url_decode(&ex.arena, token, (size_t)(dot - token), &size);
	const char *payload = (const char *)encoding_base64url_decode(&ex.arena, dot + 1,
	    strcspn(dot + 1, "."), &size);
	json_t *head = json_loads(header, 0, NULL), *claims = json_loads(payload, 0, NULL);
	const char *alg, *typ, *kid, *issuer, *audience, *jti;
	json_int_t issued, expires;

	ck_assert_int_eq(json_unpack(head, "{s:s, s:s, s:s!}", "alg", &alg, "typ", &typ, "kid",
			     &kid),
	    0);
	ck_assert_str_eq(alg, "ES256");
	ck_assert_str_eq(typ, "JWT");
	ck_assert_str_eq(kid, current()->kid);
	ck_assert_int_eq(json_unpack(claims, "{s:s, s:s, s:s, s:I, s:I}", "iss", &issuer, "aud",
			     &audience, "jti", &jti, "iat", &issued, "exp", &expires),
	    0);
	ck_assert_str_eq(issuer, "https://lanterns.example");
	ck_assert_str_eq(audience, "https://lanterns.example");
	ck_assert_int_eq(expires - issued, 600);
	ck_assert_int_le(llabs(issued - time(NULL)), 5);
	ck_assert_uint_eq(strlen(jti), 22);
	json_decref(given);
	json_decref(head);
	json_decref(claims);
}

START_TEST(a_foreign_signer_s_good_token_is_taken)
{
	ck_assert_int_eq(verify_claims(NULL, NULL), PROBLEM_NONE);
	ck_assert_int_eq(verify(signed_by(&service.keyring->signing[1],
			     arena_printf(&ex.arena,
				 "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
				 service.keyring->signing[1].kid),
			     claims_with(NULL, NULL))),
	    PROBLEM_NONE);
}

START_TEST(other_headers_are_refused_though_well_signed)
{
	const char *const headers[] = {
	    header_with("\"none\"", "\"JWT\"", ""),
	    header_with("\"None\"", "\"JWT\"", ""),
	    header_with("\"es256\"", "\"JWT\"", ""),
	    header_with("\"ES384\"", "\"JWT\"", ""),
	    header_with("\"HS256\"", "\"JWT\"", ""),
	    header_with("null", "\"JWT\"", ""),
	    header_with("[\"ES256\"]", "\"JWT\"", ""),
	    header_with("\"ES256\"", "\"at+jwt\"", ""),
	    header_with("\"ES256\"", "\"jwt\"", ""),
	    header_with("\"ES256\"", "null", ""),
	    header_with("\"ES256\"", "\"JWT\"", ",\"crit\":[\"exp\"]"),
	    header_with("\"ES256\"", "\"JWT\"", ",\"jwk\":{\"kty\":\"EC\"}"),
	    header_with("\"ES256\"", "\"JWT\"", ",\"jku\":\"https://evil.example/jwks\""),
	    header_with("\"ES256\"", "\"JWT\"", ",\"x5u\":\"https://evil.example/x\""),
	    header_with("\"ES256\"", "\"JWT\"", ",\"x5c\":[\"MII\"]"),
	    header_with("\"ES256\"", "\"JWT\"", ",\"zip\":\"DEF\""),
	    header_with("\"ES256\"", "\"JWT\"", ",\"alg\":\"ES256\""),
	    header_with("\"ES256\"", "\"JWT\"",
		"} "
		"x"),
	    "{\"alg\":\"ES256\",\"typ\":\"JWT\"}",
	    "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"\"}",
	    "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":1}",
	    "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"../../../dev/null\"}",
	    "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"' or 1=1 --\"}",
	    "[\"ES256\",\"JWT\",\"x\"]",
	    "\"ES256\"",
	    "{}",
	    "",
	};

	for (size_t i = 0; i < COUNT(headers); i++)
		ck_assert_msg(verify(signed_by(current(), headers[i], claims_with(NULL, NULL))) ==
				  PROBLEM_INVALID_TOKEN,
		    "%s", headers[i]);
}

START_TEST(unsigned_and_hmac_tokens_are_refused)
{
	static const char *const algorithms[] = {"\"none\"", "\"None\"", "\"NONE\"", "\"HS256\"",
	    "\"hs256\"", "\"ES256\""};

	for (size_t i = 0; i < COUNT(algorithms); i++) {
		const char *text = arena_printf(&ex.arena, "%s.%s",
		    encoded_text(header_with(algorithms[i], "\"JWT\"", "")),
		    encoded_text(claims_with(NULL, NULL)));
		const char *pem = current()->public_pem;
		unsigned char mac[32];

		ck_assert_int_eq(verify(arena_printf(&ex.arena, "%s.", text)),
		    PROBLEM_INVALID_TOKEN);
		ck_assert_int_eq(verify(text), PROBLEM_INVALID_TOKEN);
		HMAC(EVP_sha256(), pem, (int)strlen(pem), (const unsigned char *)text, strlen(text),
		    mac, NULL);
		ck_assert_int_eq(verify(arena_printf(&ex.arena, "%s.%s", text, encoded(mac, 32))),
		    PROBLEM_INVALID_TOKEN);
	}
}

START_TEST(no_character_of_a_token_can_be_changed)
{
	char *token = strdup(signed_by(current(), good_header(), claims_with(NULL, NULL)));

	ck_assert_int_eq(verify(token), PROBLEM_NONE);
	for (char *c = token; *c; c++) {
		static const char others[] = "AZaz09-_.=+/ B";
		char right = *c;

		for (const char *other = others; *other; other++) {
			*c = *other;
			if (*other != right)
				ck_assert_msg(verify(token) == PROBLEM_INVALID_TOKEN,
				    "character %td as %c", c - token, *other);
		}
		*c = right;
	}
	free(token);
}

START_TEST(other_signatures_are_refused)
{
	const char *token = signed_by(current(), good_header(), claims_with(NULL, NULL));
	size_t text = (size_t)(strrchr(token, '.') - token);
	const unsigned char zeros[65] = {0};
	unsigned char ones[64] = {[31] = 1, [63] = 1};
	const char *const signatures[] = {
	    "",
	    encoded(zeros, 64),
	    encoded(ones, 64),
	    encoded(zeros, 63),
	    encoded(zeros, 65),
	    strrchr(signed_by(&service.keyring->signing[1], good_header(), claims_with(NULL, NULL)),
		'.') +
		1,
	    strrchr(signed_by(current(), good_header(), claims_with("jti", "\"2\"")), '.') + 1,
	    arena_printf(&ex.arena, "%s==", token + text + 1),
	    arena_printf(&ex.arena, "%s.x", token + text + 1),
	    arena_printf(&ex.arena, "%s ", token + text + 1),
	};

	for (size_t i = 0; i < COUNT(signatures); i++)
		ck_assert_msg(verify(arena_printf(&ex.arena, "%.*s.%s", (int)text, token,
				  signatures[i])) == PROBLEM_INVALID_TOKEN,
		    "row %zu", i);
}

START_TEST(what_is_no_token_is_refused)
{
	char dots[5000];
	const char *const texts[] = {"", ".", "..", "...", "....", "a", "a.b", "a.b.c", ".b.c",
	    "a..c", "a.b.", "e30.e30.", "null", " ", "e30.e30.AAAA"};

	for (size_t i = 0; i < COUNT(texts); i++)
		ck_assert_int_eq(verify(texts[i]), PROBLEM_INVALID_TOKEN);
	/* Header and payload may be empty although the signature has its full length. */
	memset(dots, 'A', sizeof(dots));
	dots[0] = dots[1] = '.';
	dots[88] = 0;
	ck_assert_int_eq(verify(dots), PROBLEM_INVALID_TOKEN);
	memset(dots, '.', sizeof(dots));
	dots[4999] = 0;
	ck_assert_int_eq(verify(dots), PROBLEM_INVALID_TOKEN);
}

/* A valid token of exactly this many bytes. */
static const char *token_of(size_t size)
{
	for (int blanks = 0; blanks < 4; blanks++)
		for (size_t pad = 2300; pad < 3000; pad++) {
			char *filler = arena_alloc(&ex.arena, pad + 3);

			memset(filler, 'x', pad + 2);
			filler[0] = filler[pad + 1] = '"';
			const char *header =
			    arena_printf(&ex.arena, "%s%.*s", good_header(), blanks, "    ");
			const char *payload = claims_with("note", filler);

			if ((strlen(header) * 4 + 2) / 3 + (strlen(payload) * 4 + 2) / 3 + 88 ==
			    size)
				return signed_by(current(), header, payload);
		}
	ck_abort_msg("no token of %zu bytes", size);
	return NULL;
}

START_TEST(a_token_is_4096_bytes_at_most)
{
	const char *longest = token_of(4096), *longer = token_of(4097);

	ck_assert_uint_eq(strlen(longest), 4096);
	ck_assert_uint_eq(strlen(longer), 4097);
	ck_assert_int_eq(verify(longest), PROBLEM_NONE);
	ck_assert_int_eq(verify(longer), PROBLEM_INVALID_TOKEN);
	char *huge = malloc(9000001);

	memset(huge, 'A', 9000000);
	huge[9000000] = 0;
	ck_assert_int_eq(verify(huge), PROBLEM_INVALID_TOKEN);
	huge[100] = huge[200] = '.';
	ck_assert_int_eq(verify(huge), PROBLEM_INVALID_TOKEN);
	free(huge);
}

START_TEST(claims_have_their_types_and_values)
{
	static const char *const cases[][2] = {
	    {"iss", NULL},
	    {"iss", "\"https://evil.example\""},
	    {"iss", "\"https://lanterns.example/\""},
	    {"iss", "\"\""},
	    {"iss", "1"},
	    {"iss", "[\"https://lanterns.example\"]"},
	    {"aud", NULL},
	    {"aud", "\"https://evil.example\""},
	    {"aud", "[\"https://lanterns.example\"]"},
	    {"sub", NULL},
	    {"sub", "\"\""},
	    {"sub", "7"},
	    {"sub", "\"root\""},
	    {"scope", "7"},
	    {"scope", "[\"lanterns:write\"]"},
	    {"villages", "{}"},
	    {"villages", "[7]"},
	    {"villages", "[[\"A.1\"]]"},
	    {"villages", "null"},
	    {"villages", "1.5"},
	    {"sub", "\"a\\u0000b\""},
	    {"jti", NULL},
	    {"jti", "\"\""},
	    {"jti", "1"},
	    {"role", NULL},
	    {"role", "\"\""},
	    {"role", "\"public\""},
	    {"role", "\"Keeper\""},
	    {"role", "\"root\""},
	    {"role", "1"},
	    {"role", "[\"keeper\"]"},
	    {"iat", NULL},
	    {"iat", "\"1\""},
	    {"iat", "1.5"},
	    {"iat", "-1"},
	    {"exp", NULL},
	    {"exp", "null"},
	    {"exp", "true"},
	    {"exp", "\"9999999999\""},
	    {"exp", "9999999999"},
	    {"exp", "1e9"},
	    {"exp", "1e18"},
	    {"exp", "1000000000000000000"},
	    {"exp", "9223372036854775807"},
	    {"exp", "9223372036854775808"},
	    {"exp", "1e999"},
	    {"nbf", "\"0\""},
	    {"nbf", "1.0"},
	    {"nbf", "null"},
	    {"nbf", "-1"},
	    {"exp\":1,\"exp", "9999999999"},
	    {"sub\":\"x\",\"sub", "\"y\""},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_msg(verify_claims(cases[i][0], cases[i][1]) == PROBLEM_INVALID_TOKEN,
		    "%s %s", cases[i][0], cases[i][1] ? cases[i][1] : "absent");
	static const char *const payloads[] = {"", "[]", "null", "1", "{}", "{\"exp\":1}x"};

	for (size_t i = 0; i < COUNT(payloads); i++)
		ck_assert_int_eq(verify(signed_by(current(), good_header(), payloads[i])),
		    PROBLEM_INVALID_TOKEN);
}

START_TEST(times_are_compared_with_now)
{
	static const struct {
		const char *claim;
		int from_now;
		enum problem_kind kind;
	} cases[] = {
	    {"exp", 5, PROBLEM_NONE},
	    {"exp", 0, PROBLEM_TOKEN_EXPIRED},
	    {"exp", -1, PROBLEM_TOKEN_EXPIRED},
	    {"exp", -1000000, PROBLEM_TOKEN_EXPIRED},
	    {"exp", 7190, PROBLEM_NONE},
	    {"exp", 7210, PROBLEM_INVALID_TOKEN},
	    {"nbf", -5, PROBLEM_NONE},
	    {"nbf", 20, PROBLEM_NONE},
	    {"nbf", 60, PROBLEM_INVALID_TOKEN},
	    {"iat", -600, PROBLEM_NONE},
	    {"iat", 20, PROBLEM_NONE},
	    {"iat", 60, PROBLEM_INVALID_TOKEN},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		ck_assert_msg(verify_claims(cases[i].claim,
				  arena_printf(&ex.arena, "%" PRId64,
				      (int64_t)time(NULL) + cases[i].from_now)) == cases[i].kind,
		    "row %zu", i);
	ck_assert_int_eq(verify_claims("exp", "0"), PROBLEM_TOKEN_EXPIRED);
	ck_assert_int_eq(verify_claims("exp", "-1"), PROBLEM_INVALID_TOKEN);
}

START_TEST(a_token_that_was_good_expires)
{
	int64_t expires = time(NULL) + 2;
	const char *token = signed_by(current(), good_header(),
	    claims_with("exp", arena_printf(&ex.arena, "%" PRId64, expires)));

	ck_assert_int_eq(verify(token), PROBLEM_NONE);
	ck_assert_int_eq(verify(token), PROBLEM_NONE);
	while (time(NULL) < expires)
		usleep(50000);
	ck_assert_int_eq(verify(token), PROBLEM_TOKEN_EXPIRED);
}

START_TEST(retired_keys_verify_until_they_go)
{
	char why[200], directory[100];
	const char *old;

	snprintf(directory, sizeof(directory), "%s", unit_directory());
	service.config.keys_dir = directory;
	ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	ck_assert(keyring_reload(&service, why, sizeof(why)));
	old = signed_by(current(), good_header(), claims_with(NULL, NULL));
	const char *path =
	    arena_printf(&ex.arena, "%s/token-old-%s.pem", directory, current()->kid);

	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert(keyring_reload(&service, why, sizeof(why)));
	ck_assert_int_eq(verify(old), PROBLEM_NONE);
	ck_assert_int_eq(verify_claims(NULL, NULL), PROBLEM_NONE);
	ck_assert_int_eq(remove(path), 0);
	ck_assert(keyring_reload(&service, why, sizeof(why)));
	ck_assert_int_eq(verify(old), PROBLEM_INVALID_TOKEN);
}

START_TEST(the_key_set_holds_what_verifies_and_nothing_secret)
{
	struct buffer out = {0};

	token_write_keys(&ex, &out);
	json_t *set = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
	json_t *keys = json_object_get(set, "keys"), *key;
	size_t i;

	ck_assert_uint_eq(json_array_size(keys), 2);
	json_array_foreach(keys, i, key) {
		ck_assert_uint_eq(json_object_size(key), 7);
		ck_assert_ptr_null(json_object_get(key, "d"));
		ck_assert_str_eq(json_string_value(json_object_get(key, "kid")),
		    service.keyring->signing[i].kid);
		ck_assert_str_eq(json_string_value(json_object_get(key, "alg")), "ES256");
		ck_assert_uint_eq(strlen(json_string_value(json_object_get(key, "x"))), 43);
		ck_assert_uint_eq(strlen(json_string_value(json_object_get(key, "y"))), 43);
	}
	json_decref(set);
	buffer_free(&out);
}

START_TEST(a_one_time_password_leaves_its_mark)
{
	struct claims claims = {0};

	ck_assert_int_eq(token_verify(&ex,
			     signed_by(current(), good_header(),
				 claims_with("must_change", "true")),
			     &claims),
	    PROBLEM_NONE);
	ck_assert(claims.must_change_password);
}

SUITE(token, what_the_service_issues_it_accepts, an_issued_token_says_who_when_and_with_which_key,
    a_foreign_signer_s_good_token_is_taken, other_headers_are_refused_though_well_signed,
    unsigned_and_hmac_tokens_are_refused, no_character_of_a_token_can_be_changed,
    other_signatures_are_refused, what_is_no_token_is_refused, a_token_is_4096_bytes_at_most,
    claims_have_their_types_and_values, times_are_compared_with_now, a_token_that_was_good_expires,
    retired_keys_verify_until_they_go, the_key_set_holds_what_verifies_and_nothing_secret,
    a_one_time_password_leaves_its_mark);
