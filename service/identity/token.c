#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jwt.h>

#include "base/encoding.h"
#include "base/json.h"
#include "identity/keyring.h"
#include "identity/token.h"
#include "identity/token_cache.h"
#include "request/exchange.h"
#include "service.h"

/* libjwt 1.10 lets a token choose its algorithm and checks no time, so both are checked here. */
enum {
	MAX_TOKEN = 4096,
	SIGNATURE_CHARACTERS = 86,
	SKEW_SECONDS = 30,
	MAX_LIFE_SECONDS = 7200, /* longer than any token of ours */
	JTI_BYTES = 16
};

DEFINE_CLEANUP(jwt_t, jwt_free);
DEFINE_CLEANUP(struct keyring, keyring_release);

static void add_standard_claims(struct exchange *ex, json_t *claims)
{
	const struct config *config = &ex->service->config;
	time_t now = time(NULL);

	json_object_set_new(claims, "iss", json_string(config->issuer));
	json_object_set_new(claims, "aud", json_string(config->issuer));
	json_object_set_new(claims, "iat", json_integer(now));
	json_object_set_new(claims, "exp", json_integer(now + config->token_ttl_seconds));
	json_object_set_new(claims, "jti", json_string(encoding_random(&ex->arena, JTI_BYTES)));
}

const char *token_issue(struct exchange *ex, const json_t *claims)
{
	struct keyring *keyring CLEANUP(keyring_release_cleanup) = keyring_hold(ex->service);
	const struct signing_key *key = &keyring->signing[0];
	json_t *all CLEANUP(json_decref_cleanup) = json_copy((json_t *)claims);
	jwt_t *jwt CLEANUP(jwt_free_cleanup) = NULL;

	add_standard_claims(ex, all);
	char *text = json_dumps(all, JSON_COMPACT);
	bool ready = !jwt_new(&jwt) && !jwt_add_grants_json(jwt, text) &&
		     !jwt_add_header(jwt, "kid", key->kid) &&
		     !jwt_set_alg(jwt, JWT_ALG_ES256, (const unsigned char *)key->private_pem,
			 (int)strlen(key->private_pem));
	arena_release(text);
	char *token = ready ? jwt_encode_str(jwt) : NULL;
	const char *kept = arena_text(&ex->arena, token);
	arena_release(token);
	return kept;
}

/* A part of the token as a JSON object; NULL if it is malformed or repeats a name. */
static json_t *read_part(struct exchange *ex, const char *text, size_t size)
{
	size_t decoded;
	unsigned char *bytes = encoding_base64url_decode(&ex->arena, text, size, &decoded);

	return bytes ? json_loadb((const char *)bytes, decoded, JSON_REJECT_DUPLICATES, NULL)
		     : NULL;
}

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* The header has exactly alg, typ and kid: no crit, jwk, jku, x5u, x5c. */
static const struct signing_key *key_of(const json_t *header, const struct keyring *keyring)
{
	if (json_object_size(header) != 3 || strcmp(text_of(header, "alg"), "ES256") != 0 ||
	    strcmp(text_of(header, "typ"), "JWT") != 0)
		return NULL;
	for (size_t i = 0; i < keyring->n_signing; i++)
		if (!strcmp(keyring->signing[i].kid, text_of(header, "kid")))
			return &keyring->signing[i];
	return NULL;
}

static bool has_signature(const char *token, const struct signing_key *key)
{
	jwt_t *jwt CLEANUP(jwt_free_cleanup) = NULL;

	return !jwt_decode(&jwt, token, (const unsigned char *)key->public_pem,
		   (int)strlen(key->public_pem)) &&
	       jwt_get_alg(jwt) == JWT_ALG_ES256;
}

static bool is_time(const json_t *payload, const char *name, int64_t latest)
{
	const json_t *value = json_object_get(payload, name);

	return json_is_integer(value) && json_integer_value(value) >= 0 &&
	       json_integer_value(value) <= latest;
}

static int role_of(const char *name)
{
	for (size_t role = 1; role < contract_n_roles; role++)
		if (!strcmp(contract_roles[role], name))
			return (int)role;
	return 0;
}

/* Claims go to the database as texts, flags or lists of texts; SQL expects nothing else. */
static bool are_typed(const json_t *payload)
{
	const char *name;
	json_t *value, *item;
	size_t i;

	json_object_foreach((json_t *)payload, name, value) {
		if (!json_is_string(value) && !json_is_boolean(value) && !json_is_integer(value) &&
		    !json_is_array(value))
			return false;
		json_array_foreach(value, i, item)
			if (!json_is_string(item))
				return false;
	}
	return !json_object_get(payload, "scope") ||
	       json_is_string(json_object_get(payload, "scope"));
}

static enum problem_kind check_claims(const struct exchange *ex, const json_t *payload)
{
	const char *issuer = ex->service->config.issuer;
	int64_t now = time(NULL);
	const json_t *expires = json_object_get(payload, "exp");

	if (strcmp(text_of(payload, "iss"), issuer) != 0 ||
	    strcmp(text_of(payload, "aud"), issuer) != 0 ||
	    !encoding_is_uuid(text_of(payload, "sub")) || !*text_of(payload, "jti") ||
	    !role_of(text_of(payload, "role")))
		return PROBLEM_INVALID_TOKEN;
	if (!are_typed(payload) || !is_time(payload, "iat", now + SKEW_SECONDS) ||
	    !is_time(payload, "exp", now + MAX_LIFE_SECONDS) ||
	    (json_object_get(payload, "nbf") && !is_time(payload, "nbf", now + SKEW_SECONDS)))
		return PROBLEM_INVALID_TOKEN;
	return json_integer_value(expires) > now ? PROBLEM_NONE : PROBLEM_TOKEN_EXPIRED;
}

/* The claims for the database: all but the standard ones; scope becomes an array. */
static const char *authority(struct exchange *ex, const json_t *payload)
{
	static const char *const standard[] = {"iss", "aud", "iat", "exp", "nbf", "jti"};
	json_t *rest CLEANUP(json_decref_cleanup) = json_copy((json_t *)payload);
	const char *scopes = text_of(payload, "scope");
	json_t *list = json_array();
	struct span scope;

	for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
		json_object_del(rest, standard[i]);
	while (encoding_next(&scopes, " ", &scope))
		json_array_append_new(list, json_stringn(scope.text, scope.size));
	json_object_set_new(rest, "scope", list);
	char *text = json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS);
	size_t size = strlen(text);
	const char *members = arena_copy(&ex->arena, text + 1, size - 2);
	arena_release(text);
	return members;
}

/* All checks of a token; fills its claims and the time when it expires. */
static enum problem_kind verify(struct exchange *ex, const struct keyring *keyring,
    const char *token, size_t size, struct claims *ret_claims, int64_t *ret_expires)
{
	size_t header_size = strcspn(token, "."), decoded;
	const char *payload_text = token + header_size + 1;

	if (header_size + 1 >= size)
		return PROBLEM_INVALID_TOKEN;
	size_t payload_size = strcspn(payload_text, ".");
	if (header_size + payload_size + 2 + SIGNATURE_CHARACTERS != size)
		return PROBLEM_INVALID_TOKEN;
	json_t *header CLEANUP(json_decref_cleanup) = read_part(ex, token, header_size);
	json_t *payload CLEANUP(json_decref_cleanup) = read_part(ex, payload_text, payload_size);
	const struct signing_key *key = header ? key_of(header, keyring) : NULL;
	if (!key || !json_is_object(payload) ||
	    !encoding_base64url_decode(&ex->arena, payload_text + payload_size + 1,
		SIGNATURE_CHARACTERS, &decoded) ||
	    !has_signature(token, key))
		return PROBLEM_INVALID_TOKEN;
	enum problem_kind kind = check_claims(ex, payload);
	if (kind != PROBLEM_NONE)
		return kind;
	ret_claims->role = (unsigned)role_of(text_of(payload, "role"));
	ret_claims->subject = arena_text(&ex->arena, text_of(payload, "sub"));
	ret_claims->scopes = arena_text(&ex->arena, text_of(payload, "scope"));
	ret_claims->must_change_password = json_is_true(json_object_get(payload, "must_change"));
	ret_claims->authority = authority(ex, payload);
	*ret_expires = json_integer_value(json_object_get(payload, "exp"));
	return PROBLEM_NONE;
}

enum problem_kind token_verify(struct exchange *ex, const char *token, struct claims *ret_claims)
{
	size_t size = strnlen(token, MAX_TOKEN + 1);
	unsigned char digest[TOKEN_DIGEST_BYTES];
	int64_t expires;

	if (size > MAX_TOKEN)
		return PROBLEM_INVALID_TOKEN;
	struct keyring *keyring CLEANUP(keyring_release_cleanup) = keyring_hold(ex->service);
	token_cache_digest(keyring->tokens, token, digest);
	if (token_cache_get(keyring->tokens, digest, time(NULL), &ex->arena, ret_claims))
		return PROBLEM_NONE;
	enum problem_kind kind = verify(ex, keyring, token, size, ret_claims, &expires);
	if (kind == PROBLEM_NONE)
		token_cache_put(keyring->tokens, digest, expires, ret_claims);
	return kind;
}

void token_write_keys(struct exchange *ex, struct buffer *out)
{
	struct keyring *keyring CLEANUP(keyring_release_cleanup) = keyring_hold(ex->service);

	buffer_puts(out, "{\"keys\":[");
	for (size_t i = 0; i < keyring->n_signing; i++) {
		const struct signing_key *key = &keyring->signing[i];

		buffer_printf(out,
		    "%s{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\",\"kid\":\"%s\",\"use\":\"sig\","
		    "\"alg\":\"ES256\"}",
		    i ? "," : "", key->x, key->y, key->kid);
	}
	buffer_puts(out, "]}");
}
