/* RFC 6749 and 7009: the grants of the token endpoint, revocation, keys and discovery. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "cleanup.h"
#include "db.h"
#include "encoding.h"
#include "exchange.h"
#include "handler.h"
#include "password.h"
#include "service.h"
#include "step.h"
#include "token.h"

enum { REFRESH_BYTES = 32 };

DEFINE_CLEANUP(json_t, json_decref);

static const char *digest_of(struct exchange *ex, const char *text)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	char *hex = arena_alloc(&ex->arena, 2 * SHA256_DIGEST_LENGTH + 1);

	SHA256((const unsigned char *)text, strlen(text), digest);
	encoding_hex(digest, sizeof(digest), hex);
	return hex;
}

static const char *number_text(struct exchange *ex, long number)
{
	return arena_printf(&ex->arena, "%ld", number);
}

/* For a form, the detail of a 400 is the error code of RFC 6749 5.2. */
static int refuse(struct exchange *ex, const char *error)
{
	return problem(ex, PROBLEM_INVALID_PARAMETER, "%s", error);
}

static int refuse_client(struct exchange *ex)
{
	exchange_header(ex, "WWW-Authenticate", "Basic realm=\"ovop\"");
	return problem(ex, PROBLEM_INVALID_CREDENTIALS, NULL);
}

static int reply_token(struct exchange *ex, const json_t *claims, const char *refresh,
    const char *scope)
{
	const char *token = token_issue(ex, claims);

	if (!token)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	buffer_puts(&ex->reply, "{\"access_token\":");
	buffer_json(&ex->reply, token);
	buffer_printf(&ex->reply, ",\"token_type\":\"Bearer\",\"expires_in\":%ld,\"scope\":",
	    ex->service->config.token_ttl_seconds);
	buffer_json(&ex->reply, scope);
	if (refresh) {
		buffer_puts(&ex->reply, ",\"refresh_token\":");
		buffer_json(&ex->reply, refresh);
	}
	if (json_object_get(claims, "must_change"))
		buffer_puts(&ex->reply, ",\"must_change_password\":true");
	buffer_puts(&ex->reply, "}");
	return handler_finish(ex, "application/json");
}

static const char *make_refresh(struct exchange *ex)
{
	unsigned char bytes[REFRESH_BYTES];

	RAND_bytes(bytes, sizeof(bytes));
	return encoding_base64url(&ex->arena, bytes, sizeof(bytes));
}

static int start_session(struct exchange *ex, const char *subject, const char *refresh)
{
	struct db_reply step CLEANUP(db_reply_free) = {0};

	return step_run(ex, &step, "session",
	    (const struct step_input[]){{"subject", subject},
		{"refresh_hash", digest_of(ex, refresh)},
		{"ttl_seconds", number_text(ex, ex->service->config.refresh_ttl_seconds)},
		{NULL, NULL}});
}

static int accept_login(struct exchange *ex, const char *subject)
{
	struct db_reply step CLEANUP(db_reply_free) = {0};

	return step_run(ex, &step, "accepted",
	    (const struct step_input[]){{"subject", subject}, {"address", ex->request.address},
		{"password_hash", NULL}, {NULL, NULL}});
}

static int grant_password(struct exchange *ex, const json_t *body)
{
	const char *username = handler_text(body, "username"),
		   *password = handler_text(body, "password");
	struct db_reply step CLEANUP(db_reply_free) = {0};
	bool fits = false;

	if (!username || !password)
		return refuse(ex, "invalid_request");
	int status = step_run(ex, &step, "password",
	    (const struct step_input[]){{"username", username}, {"address", ex->request.address},
		{NULL, NULL}});
	if (!status)
		status = handler_throttled(ex, &step);
	if (!status)
		status = password_verify(ex, db_value(&step, "password_hash"), password, &fits);
	if (status)
		return status;
	if (!fits)
		return refuse(ex, "invalid_grant");
	const char *refresh = make_refresh(ex);
	json_t *claims CLEANUP(json_decref_cleanup) =
	    json_loads(db_value(&step, "claims"), 0, NULL);
	status = accept_login(ex, db_value(&step, "subject"));
	if (!status)
		status = start_session(ex, db_value(&step, "subject"), refresh);
	return status ? status : reply_token(ex, claims, refresh, handler_text(claims, "role"));
}

static int grant_refresh(struct exchange *ex, const json_t *body)
{
	const char *old = handler_text(body, "refresh_token"), *refresh = make_refresh(ex);
	struct db_reply step CLEANUP(db_reply_free) = {0};

	if (!old)
		return refuse(ex, "invalid_request");
	int status = step_run(ex, &step, "refresh",
	    (const struct step_input[]){{"refresh_hash", digest_of(ex, old)},
		{"new_hash", digest_of(ex, refresh)},
		{"ttl_seconds", number_text(ex, ex->service->config.refresh_ttl_seconds)},
		{NULL, NULL}});
	if (status)
		return status;
	if (!db_value(&step, "outcome") || strcmp(db_value(&step, "outcome"), "ok") != 0)
		return refuse(ex, "invalid_grant");
	json_t *claims CLEANUP(json_decref_cleanup) =
	    json_loads(db_value(&step, "claims"), 0, NULL);
	return reply_token(ex, claims, refresh, handler_text(claims, "role"));
}

/* client_id and client_secret from HTTP Basic, where they are form-encoded (RFC 6749 2.3.1), or from the body. */
static bool read_client(struct exchange *ex, const json_t *body, const char **ret_id,
    const char **ret_secret)
{
	const char *authorization = ex->request.authorization;
	size_t size;

	*ret_id = handler_text(body, "client_id");
	*ret_secret = handler_text(body, "client_secret");
	if (!authorization)
		return *ret_id && *ret_secret;
	char *text = arena_copy(&ex->arena, authorization + 6, strlen(authorization + 6));
	/* base64 becomes base64url */
	for (char *c = text; *c; c++)
		*c = *c == '+' ? '-' : *c == '/' ? '_' : *c;
	text[strcspn(text, "=")] = 0;
	const char *pair =
	    (const char *)encoding_base64url_decode(&ex->arena, text, strlen(text), &size);
	const char *colon = pair ? strchr(pair, ':') : NULL;
	if (!colon)
		return false;
	*ret_id = encoding_percent_decode(&ex->arena, pair, (size_t)(colon - pair), true);
	*ret_secret = encoding_percent_decode(&ex->arena, colon + 1, strlen(colon + 1), true);
	return *ret_id && *ret_secret;
}

/* The scopes asked for, or all that the account holds; NULL when one is asked for that it does not hold. */
static const char *narrow(struct exchange *ex, const json_t *held, const char *wanted)
{
	const char *scopes = "";
	json_t *item;
	size_t i, n = 0, n_wanted = 0;

	for (const char *at = wanted; at && *at; at += strspn(at, " ")) {
		n_wanted++;
		at += strcspn(at, " ");
	}
	json_array_foreach(held, i, item) {
		const char *scope = json_string_value(item),
			   *at = wanted ? strstr(wanted, scope) : scope;
		size_t size = strlen(scope);

		if (!at ||
		    (wanted && ((at > wanted && at[-1] != ' ') || (at[size] && at[size] != ' '))))
			continue;
		scopes = arena_printf(&ex->arena, "%s%s%s", scopes, n++ ? " " : "", scope);
	}
	return !wanted || n == n_wanted ? scopes : NULL;
}

static int grant_client(struct exchange *ex, const json_t *body)
{
	const char *id, *secret;
	struct db_reply step CLEANUP(db_reply_free) = {0};

	if (!read_client(ex, body, &id, &secret))
		return refuse_client(ex);
	int status = step_run(ex, &step, "client",
	    (const struct step_input[]){{"client_id", id}, {"secret_digest", digest_of(ex, secret)},
		{"address", ex->request.address}, {NULL, NULL}});
	if (!status)
		status = handler_throttled(ex, &step);
	if (status)
		return status;
	if (!db_value(&step, "subject"))
		return refuse_client(ex);
	json_t *held CLEANUP(json_decref_cleanup) = json_loads(db_value(&step, "scope"), 0, NULL);
	json_t *claims CLEANUP(json_decref_cleanup) =
	    json_loads(db_value(&step, "claims"), 0, NULL);
	const char *scopes = narrow(ex, held, handler_text(body, "scope"));
	if (!scopes)
		return refuse(ex, "invalid_scope");
	json_object_set_new(claims, "scope", json_string(scopes));
	return reply_token(ex, claims, NULL, scopes);
}

int oauth_issue(struct exchange *ex, const json_t *body)
{
	const char *grant = handler_text(body, "grant_type");

	if (!strcmp(grant, "password"))
		return grant_password(ex, body);
	if (!strcmp(grant, "refresh_token"))
		return grant_refresh(ex, body);
	return grant_client(ex, body);
}

int oauth_revoke(struct exchange *ex, const json_t *body)
{
	struct db_reply step CLEANUP(db_reply_free) = {0};
	int status = step_run(ex, &step, "refresh",
	    (const struct step_input[]){{"refresh_hash",
					    digest_of(ex, handler_text(body, "token"))},
		{NULL, NULL}});

	return status ? status : handler_finish(ex, NULL);
}

int oauth_keys(struct exchange *ex, const json_t *body)
{
	(void)body;
	token_write_keys(ex, &ex->reply);
	exchange_header(ex, "Cache-Control", "public, max-age=300");
	return handler_finish(ex, "application/json");
}

/* RFC 8414 2. */
int oauth_metadata(struct exchange *ex, const json_t *body)
{
	const char *issuer = ex->service->config.issuer;
	struct buffer *out = &ex->reply;

	(void)body;
	buffer_puts(out, "{\"issuer\":");
	buffer_json(out, issuer);
	buffer_puts(out, ",\"token_endpoint\":");
	buffer_json(out, arena_printf(&ex->arena, "%s/oauth/token", issuer));
	buffer_puts(out, ",\"revocation_endpoint\":");
	buffer_json(out, arena_printf(&ex->arena, "%s/oauth/revoke", issuer));
	buffer_puts(out, ",\"jwks_uri\":");
	buffer_json(out, arena_printf(&ex->arena, "%s/.well-known/jwks.json", issuer));
	buffer_puts(out,
	    ",\"grant_types_supported\":[\"password\",\"refresh_token\",\"client_credentials\"],"
	    "\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"client_secret_basic\",\"none\"],"
	    "\"response_types_supported\":[],\"scopes_supported\":[");
	for (size_t i = 0; i < contract_n_scopes; i++) {
		buffer_puts(out, i ? "," : "");
		buffer_json(out, contract_scopes[i]);
	}
	buffer_puts(out, "]}");
	return handler_finish(ex, "application/json");
}
