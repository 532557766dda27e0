#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/encoding.h"
#include "base/json.h"
#include "database/call.h"
#include "handlers/oauth.h"
#include "handlers/step.h"
#include "identity/password.h"
#include "identity/token.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { REFRESH_BYTES = 32 };

static const char *digest_of(struct exchange *ex, const char *text)
{
	return encoding_digest(&ex->arena, text, strlen(text));
}

static json_t *json_of(const struct db_reply *step, const char *column)
{
	return json_loads(db_value(step, column), 0, NULL);
}

static const char *refresh_seconds(struct exchange *ex)
{
	return arena_printf(&ex->arena, "%ld", ex->service->config.refresh_ttl_seconds);
}

/* For a form, the detail of a 400 is the error code of RFC 6749 5.2. reason: a code of
 * openapi/rules.yaml, whose sentence becomes the description. */
static int refuse_grant(struct exchange *ex, const char *error, const char *reason)
{
	problem_note(ex, NULL, NULL, reason, NULL);
	return problem(ex, PROBLEM_INVALID_PARAMETER, "%s", error);
}

static int refuse_client(struct exchange *ex)
{
	exchange_header(ex, "WWW-Authenticate", "Basic realm=\"ovop\"");
	problem_note(ex, NULL, NULL, "wrong_secret", NULL);
	return problem(ex, PROBLEM_INVALID_CREDENTIALS, NULL);
}

static int reply_token(struct exchange *ex, const json_t *claims, const char *refresh,
    const char *scope)
{
	const char *token = token_issue(ex, claims);

	if (!token)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	json_t *must_change = json_object_get(claims, "must_change");
	json_t *reply CLEANUP(json_decref_cleanup) =
	    json_pack("{s:s, s:s, s:I, s:s, s:s*, s:O*}", "access_token", token, "token_type",
		"Bearer", "expires_in", (json_int_t)ex->service->config.token_ttl_seconds, "scope",
		scope, "refresh_token", refresh, "must_change_password", must_change);
	return handler_reply(ex, reply);
}

/* After a correct password: forgets the failed attempts, keeps a renewed hash, and begins a family
 * of refresh tokens. ret_entered is false if the password was changed meanwhile. */
static int start_session(struct exchange *ex, const struct db_reply *who, const char *renewed,
    const char *refresh, bool *ret_entered)
{
	struct db_reply begun CLEANUP(db_reply_free) = {0};
	int status = step_run(ex, &begun, "session",
	    STEP_INPUTS("subject", db_value(who, "subject"), "address", ex->request.address,
		"kept_hash", db_value(who, "password_hash"), "renewed_hash", renewed,
		"refresh_hash", digest_of(ex, refresh), "ttl_seconds", refresh_seconds(ex)));

	*ret_entered = !status && !strcmp(db_value(&begun, "entered"), "t");
	return status;
}

/* Counts the attempt and verifies the password. ret_renewed: a hash by today's parameters, if the
 * kept one has others. */
static int try_password(struct exchange *ex, const char *username, const char *password,
    struct db_reply *step, bool *ret_fits, const char **ret_renewed)
{
	struct password_turn turn CLEANUP(password_end_turn) = {0};
	int status = password_take_turn(ex, &turn);

	if (!status)
		status = step_run(ex, step, "password",
		    STEP_INPUTS("username", username, "address", ex->request.address));
	if (!status)
		status = handler_throttled(ex, step);
	if (!status)
		status = password_verify(ex, db_value(step, "password_hash"), password, ret_fits);
	if (!status && *ret_fits)
		*ret_renewed = password_renewed(ex, db_value(step, "password_hash"), password);
	return status;
}

static int grant_password(struct exchange *ex, const json_t *body)
{
	const char *username = handler_text(body, "username");
	const char *password = handler_text(body, "password");
	struct db_reply step CLEANUP(db_reply_free) = {0};
	const char *renewed = NULL;
	bool fits = false;

	if (!username || !password)
		return refuse_grant(ex, "invalid_request", "needs_password");
	int status = try_password(ex, username, password, &step, &fits, &renewed);
	if (status)
		return status;
	if (!fits)
		return refuse_grant(ex, "invalid_grant", "wrong_password");
	const char *refresh = encoding_random(&ex->arena, REFRESH_BYTES);
	json_t *claims CLEANUP(json_decref_cleanup) = json_of(&step, "claims");
	status = start_session(ex, &step, renewed, refresh, &fits);
	if (status)
		return status;
	return fits ? reply_token(ex, claims, refresh, handler_text(claims, "role"))
		    : refuse_grant(ex, "invalid_grant", "wrong_password");
}

static int grant_refresh(struct exchange *ex, const json_t *body)
{
	const char *old = handler_text(body, "refresh_token");
	const char *refresh = encoding_random(&ex->arena, REFRESH_BYTES);
	struct db_reply step CLEANUP(db_reply_free) = {0};

	if (!old)
		return refuse_grant(ex, "invalid_request", "needs_refresh_token");
	int status = step_run(ex, &step, "refresh",
	    STEP_INPUTS("refresh_hash", digest_of(ex, old), "new_hash", digest_of(ex, refresh),
		"ttl_seconds", refresh_seconds(ex)));
	if (status)
		return status;
	const char *outcome = db_value(&step, "outcome");
	if (!outcome || strcmp(outcome, "ok") != 0)
		return refuse_grant(ex, "invalid_grant", "session_ended");
	json_t *claims CLEANUP(json_decref_cleanup) = json_of(&step, "claims");
	return reply_token(ex, claims, refresh, handler_text(claims, "role"));
}

/* client_id and client_secret from HTTP Basic, form-encoded (RFC 6749 2.3.1), or from the body. */
static bool read_client(struct exchange *ex, const json_t *body, const char **ret_id,
    const char **ret_secret)
{
	const char *authorization = ex->request.authorization;
	size_t size;

	*ret_id = handler_text(body, "client_id");
	*ret_secret = handler_text(body, "client_secret");
	if (!authorization || strncasecmp(authorization, "Basic ", 6) != 0)
		return *ret_id && *ret_secret;
	char *text = arena_text(&ex->arena, authorization + 6);
	/* base64 becomes base64url */
	for (char *c = text; (c = strpbrk(c, "+/")); c++)
		*c = *c == '+' ? '-' : '_';
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

static bool holds(const json_t *held, struct span scope)
{
	json_t *item;
	size_t i;

	json_array_foreach(held, i, item)
		if (encoding_is(scope, json_string_value(item)))
			return true;
	return false;
}

/* The wanted scopes, or all scopes of the account. NULL if the account lacks a wanted one. */
static const char *narrow(struct exchange *ex, const json_t *held, const char *wanted)
{
	const char *all = "", *at = wanted;
	struct span scope;
	json_t *item;
	size_t i;

	while (wanted && encoding_next(&at, " ", &scope))
		if (!holds(held, scope))
			return NULL;
	json_array_foreach(held, i, item)
		all =
		    arena_printf(&ex->arena, "%s%s%s", all, i ? " " : "", json_string_value(item));
	return wanted ? wanted : all;
}

static int grant_client(struct exchange *ex, const json_t *body)
{
	const char *id, *secret;
	struct db_reply step CLEANUP(db_reply_free) = {0};

	if (!read_client(ex, body, &id, &secret))
		return refuse_client(ex);
	int status = step_run(ex, &step, "client",
	    STEP_INPUTS("client_id", id, "secret_digest", digest_of(ex, secret), "address",
		ex->request.address));
	if (!status)
		status = handler_throttled(ex, &step);
	if (status)
		return status;
	if (!db_value(&step, "subject"))
		return refuse_client(ex);
	json_t *held CLEANUP(json_decref_cleanup) = json_of(&step, "scope");
	json_t *claims CLEANUP(json_decref_cleanup) = json_of(&step, "claims");
	const char *scopes = narrow(ex, held, handler_text(body, "scope"));
	if (!scopes)
		return refuse_grant(ex, "invalid_scope", "scope_not_held");
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
	    STEP_INPUTS("refresh_hash", digest_of(ex, handler_text(body, "token"))));

	return status ? status : handler_finish(ex);
}

int oauth_keys(struct exchange *ex, const json_t *body)
{
	(void)body;
	token_write_keys(ex, &ex->reply);
	exchange_header(ex, "Cache-Control", "public, max-age=300");
	return handler_finish(ex);
}

/* RFC 8414 2. */
int oauth_metadata(struct exchange *ex, const json_t *body)
{
	const char *issuer = ex->service->config.issuer;
	json_t *scopes = json_array();

	(void)body;
	for (size_t i = 0; i < contract_n_scopes; i++)
		json_array_append_new(scopes, json_string(contract_scopes[i]));
	json_t *reply CLEANUP(
	    json_decref_cleanup) = json_pack("{s:s, s:s+, s:s+, s:s+, s:[sss], s:[sss], s:[], s:o}",
	    "issuer", issuer, "token_endpoint", issuer, "/oauth/token", "revocation_endpoint",
	    issuer, "/oauth/revoke", "jwks_uri", issuer, "/.well-known/jwks.json",
	    "grant_types_supported", "password", "refresh_token", "client_credentials",
	    "token_endpoint_auth_methods_supported", "client_secret_post", "client_secret_basic",
	    "none", "response_types_supported", "scopes_supported", scopes);
	return handler_reply(ex, reply);
}
