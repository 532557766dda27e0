#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jansson.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "cleanup.h"
#include "db.h"
#include "encoding.h"
#include "exchange.h"
#include "handler.h"
#include "operation.h"
#include "password.h"
#include "service.h"
#include "step.h"
#include "token.h"

enum {
	REFRESH_BYTES = 32,
	MIN_PASSWORD = 12
};

DEFINE_CLEANUP(json_t, json_decref);

/* ---- what they share ------------------------------------------------------------------------------------------------ */

static const char *text_of(const json_t *body, const char *name)
{
	return json_string_value(json_object_get(body, name));
}

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

/* 429 when the throttle of the database says to wait; 0 otherwise. */
static int throttled(struct exchange *ex, const struct step *step)
{
	const char *seconds = step_value(step, "retry_after");

	if (!seconds || !strcmp(seconds, "0"))
		return 0;
	exchange_header(ex, "Retry-After", arena_printf(&ex->arena, "%s", seconds));
	return problem(ex, PROBLEM_RATE_LIMITED, NULL);
}

static int finish(struct exchange *ex, const char *content_type)
{
	ex->status = ex->operation->status;
	ex->content_type = content_type;
	return 0;
}

/* ---- tokens (RFC 6749) ---------------------------------------------------------------------------------------------- */

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

/* The claims of a login: every column of the step that is no matter of the engine's. */
static json_t *claims_of(const struct step *step)
{
	static const char *const own[] = {"subject", "password_hash", "retry_after",
					  "outcome", "must_change",   "scope"};
	json_t *claims = json_object();
	const char *name;

	for (int column = 0; (name = step_column(step, column)); column++) {
		const char *value = step_value(step, name);
		bool ours = !value;

		for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
			ours = ours || !strcmp(name, own[i]);
		if (!ours)
			json_object_set_new(claims, name,
					    step_is_json(step, column)
						    ? json_loads(value, JSON_DECODE_ANY, NULL)
						    : json_string(value));
	}
	json_object_set_new(claims, "sub", json_string(step_value(step, "subject")));
	if (step_value(step, "must_change") && step_value(step, "must_change")[0] == 't')
		json_object_set_new(claims, "must_change", json_true());
	return claims;
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
	return finish(ex, "application/json");
}

static const char *make_refresh(struct exchange *ex)
{
	unsigned char bytes[REFRESH_BYTES];

	RAND_bytes(bytes, sizeof(bytes));
	return encoding_base64url(&ex->arena, bytes, sizeof(bytes));
}

static int start_session(struct exchange *ex, const char *subject, const char *refresh)
{
	struct step step CLEANUP(step_free) = {0};

	return step_run(
		ex, &step, "session",
		(const struct step_input[]){
			{"subject", subject},
			{"refresh_hash", digest_of(ex, refresh)},
			{"ttl_seconds", number_text(ex, ex->service->config.refresh_ttl_seconds)},
			{NULL, NULL}});
}

static int accept_login(struct exchange *ex, const char *subject)
{
	struct step step CLEANUP(step_free) = {0};

	return step_run(ex, &step, "accepted",
			(const struct step_input[]){{"subject", subject},
						    {"address", ex->request.address},
						    {"password_hash", NULL},
						    {NULL, NULL}});
}

static int grant_password(struct exchange *ex, const json_t *body)
{
	const char *username = text_of(body, "username"), *password = text_of(body, "password");
	struct step step CLEANUP(step_free) = {0};
	bool fits = false;

	if (!username || !password)
		return refuse(ex, "invalid_request");
	int status = step_run(ex, &step, "password",
			      (const struct step_input[]){{"username", username},
							  {"address", ex->request.address},
							  {NULL, NULL}});

	if (!status)
		status = throttled(ex, &step);
	if (!status)
		status = password_verify(ex, step_value(&step, "password_hash"), password, &fits);
	if (status)
		return status;
	if (!fits)
		return refuse(ex, "invalid_grant");
	const char *refresh = make_refresh(ex);
	json_t *claims CLEANUP(json_decref_cleanup) = claims_of(&step);

	status = accept_login(ex, step_value(&step, "subject"));
	if (!status)
		status = start_session(ex, step_value(&step, "subject"), refresh);
	return status ? status : reply_token(ex, claims, refresh, text_of(claims, "role"));
}

static int grant_refresh(struct exchange *ex, const json_t *body)
{
	const char *old = text_of(body, "refresh_token"), *refresh = make_refresh(ex);
	struct step step CLEANUP(step_free) = {0};

	if (!old)
		return refuse(ex, "invalid_request");
	int status = step_run(
		ex, &step, "refresh",
		(const struct step_input[]){
			{"refresh_hash", digest_of(ex, old)},
			{"new_hash", digest_of(ex, refresh)},
			{"ttl_seconds", number_text(ex, ex->service->config.refresh_ttl_seconds)},
			{NULL, NULL}});

	if (status)
		return status;
	if (!step_value(&step, "outcome") || strcmp(step_value(&step, "outcome"), "ok") != 0)
		return refuse(ex, "invalid_grant");
	json_t *claims CLEANUP(json_decref_cleanup) = claims_of(&step);

	return reply_token(ex, claims, refresh, text_of(claims, "role"));
}

/* client_id and client_secret from HTTP Basic, where they are form-encoded (RFC 6749 2.3.1), or from the body. */
static bool read_client(struct exchange *ex, const json_t *body, const char **ret_id,
			const char **ret_secret)
{
	const char *authorization = ex->request.authorization;
	size_t size;

	*ret_id = text_of(body, "client_id");
	*ret_secret = text_of(body, "client_secret");
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
	struct step step CLEANUP(step_free) = {0};

	if (!read_client(ex, body, &id, &secret))
		return refuse_client(ex);
	int status = step_run(ex, &step, "client",
			      (const struct step_input[]){{"client_id", id},
							  {"secret_digest", digest_of(ex, secret)},
							  {"address", ex->request.address},
							  {NULL, NULL}});

	if (!status)
		status = throttled(ex, &step);
	if (status)
		return status;
	if (!step_value(&step, "subject"))
		return refuse_client(ex);
	json_t *held CLEANUP(json_decref_cleanup) = json_loads(step_value(&step, "scope"), 0, NULL);
	json_t *claims CLEANUP(json_decref_cleanup) = claims_of(&step);
	const char *scopes = narrow(ex, held, text_of(body, "scope"));

	if (!scopes)
		return refuse(ex, "invalid_scope");
	json_object_set_new(claims, "role", json_string("system"));
	json_object_set_new(claims, "scope", json_string(scopes));
	return reply_token(ex, claims, NULL, scopes);
}

static int run_token_issue(struct exchange *ex, const json_t *body)
{
	const char *grant = text_of(body, "grant_type");

	if (!strcmp(grant, "password"))
		return grant_password(ex, body);
	if (!strcmp(grant, "refresh_token"))
		return grant_refresh(ex, body);
	return grant_client(ex, body);
}

static int run_token_revoke(struct exchange *ex, const json_t *body)
{
	struct step step CLEANUP(step_free) = {0};
	int status = step_run(
		ex, &step, "refresh",
		(const struct step_input[]){{"refresh_hash", digest_of(ex, text_of(body, "token"))},
					    {NULL, NULL}});

	return status ? status : finish(ex, NULL);
}

static int run_token_keys(struct exchange *ex, const json_t *body)
{
	(void)body;
	token_write_keys(ex, &ex->reply);
	exchange_header(ex, "Cache-Control", "public, max-age=300");
	return finish(ex, "application/json");
}

/* RFC 8414 2. */
static int run_token_metadata(struct exchange *ex, const json_t *body)
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
	buffer_puts(
		out,
		",\"grant_types_supported\":[\"password\",\"refresh_token\",\"client_credentials\"],"
		"\"token_endpoint_auth_methods_supported\":[\"client_secret_post\",\"client_secret_basic\",\"none\"],"
		"\"response_types_supported\":[],\"scopes_supported\":[");
	for (size_t i = 0; i < contract_n_scopes; i++) {
		buffer_puts(out, i ? "," : "");
		buffer_json(out, contract_scopes[i]);
	}
	buffer_puts(out, "]}");
	return finish(ex, "application/json");
}

/* ---- the caller's password ------------------------------------------------------------------------------------------ */

/* What everybody tries first (NIST SP 800-63B 5.1.1.2). */
static bool is_common(const char *password)
{
	static const char *const common[] = {"password", "kata sandi", "katasandi",
					     "123456",	 "qwerty",     "admin",
					     "rahasia",	 "indonesia",  "blitar"};
	size_t distinct = 0;
	bool seen[256] = {false};

	for (const unsigned char *c = (const unsigned char *)password; *c; c++) {
		distinct += !seen[*c];
		seen[*c] = true;
	}
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		if (strcasestr(password, common[i]) && strlen(password) < strlen(common[i]) + 8)
			return true;
	return distinct < 5;
}

static int run_password_change(struct exchange *ex, const json_t *body)
{
	const char *fresh = text_of(body, "new_password"), *hash;
	struct step start CLEANUP(step_free) = {0}, set CLEANUP(step_free) = {0};
	bool fits = false;

	if (is_common(fresh) || !strcmp(fresh, text_of(body, "current_password"))) {
		problem_note(ex, "/new_password", NULL, "password_common", NULL);
		return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
	}
	int status = step_run(ex, &start, "start",
			      (const struct step_input[]){{"subject", ex->claims.subject},
							  {"address", ex->request.address},
							  {NULL, NULL}});

	if (!status)
		status = throttled(ex, &start);
	if (!status)
		status = password_verify(ex, step_value(&start, "password_hash"),
					 text_of(body, "current_password"), &fits);
	if (status)
		return status;
	if (!fits) {
		problem_note(ex, "/current_password", NULL, "password_wrong", NULL);
		return problem(ex, PROBLEM_VALIDATION_FAILED, NULL);
	}
	status = password_hash(ex, fresh, &hash);
	if (!status)
		status = step_run(ex, &set, "set",
				  (const struct step_input[]){{"subject", ex->claims.subject},
							      {"password_hash", hash},
							      {NULL, NULL}});
	return status ? status : finish(ex, NULL);
}

/* ---- documents ------------------------------------------------------------------------------------------------------ */

static int run_contract(struct exchange *ex, const json_t *body)
{
	(void)body;
	buffer_puts(&ex->reply, contract_openapi);
	return finish(ex, "application/json");
}

static int run_docs(struct exchange *ex, const json_t *body)
{
	(void)body;
	exchange_header(
		ex, "Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	buffer_puts(&ex->reply, contract_docs);
	return finish(ex, "text/html; charset=utf-8");
}

/* ---- the table ------------------------------------------------------------------------------------------------------ */

static const struct {
	const char *name;
	int (*run)(struct exchange *ex, const json_t *body);
} handlers[] = {
	{"contract", run_contract},
	{"docs", run_docs},
	{"password_change", run_password_change},
	{"token_issue", run_token_issue},
	{"token_keys", run_token_keys},
	{"token_metadata", run_token_metadata},
	{"token_revoke", run_token_revoke},
};

enum {
	N_HANDLERS = sizeof(handlers) / sizeof(handlers[0])
};

static size_t index_of(const char *name)
{
	size_t i = 0;

	while (i < N_HANDLERS && strcmp(handlers[i].name, name) != 0)
		i++;
	return i;
}

bool handler_exists(const char *name)
{
	return index_of(name) < N_HANDLERS;
}

int handler_run(struct exchange *ex)
{
	json_t *body CLEANUP(json_decref_cleanup) = ex->body ? json_loads(ex->body, 0, NULL) : NULL;

	return handlers[index_of(ex->operation->handler)].run(ex, body);
}
