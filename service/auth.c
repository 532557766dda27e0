#include <string.h>
#include <strings.h>

#include "auth.h"
#include "encoding.h"
#include "exchange.h"
#include "limit.h"
#include "service.h"
#include "token.h"

/* RFC 6750 3: the challenge says what is wrong, never why the token failed. */
static int refuse(struct exchange *ex, enum problem_kind kind)
{
	exchange_header(ex, "WWW-Authenticate",
	    kind == PROBLEM_UNAUTHENTICATED ? "Bearer realm=\"ovop\""
					    : "Bearer realm=\"ovop\", error=\"invalid_token\"");
	return problem(ex, kind, NULL);
}

static bool has_scope(const char *scopes, const char *wanted)
{
	struct span scope;

	while (encoding_next(&scopes, " ", &scope))
		if (encoding_is(scope, wanted))
			return true;
	return false;
}

static bool satisfies(const struct claims *claims, const struct access *access)
{
	for (const char *const *scope = access->scopes; *scope; scope++)
		if (!has_scope(claims->scopes, *scope))
			return false;
	return true;
}

/* A one-time password opens nothing but what the caller asks of itself, its change among it. */
static bool password_is_enough(const struct exchange *ex)
{
	return !ex->claims.must_change_password || ex->operation->about_caller;
}

/* Roles and scopes as the contract's security says. */
static int permit(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	bool role_fits = false;

	if (!operation->n_access)
		return 0;
	if (!ex->claims.role)
		return refuse(ex, PROBLEM_UNAUTHENTICATED);
	for (size_t i = 0; i < operation->n_access; i++) {
		if (operation->access[i].role != ex->claims.role)
			continue;
		role_fits = true;
		if (satisfies(&ex->claims, &operation->access[i]))
			return password_is_enough(ex)
				   ? 0
				   : problem(ex, PROBLEM_PASSWORD_CHANGE_REQUIRED, NULL);
	}
	if (!role_fits)
		return problem(ex, PROBLEM_FORBIDDEN, NULL);
	exchange_header(ex, "WWW-Authenticate",
	    "Bearer realm=\"ovop\", error=\"insufficient_scope\"");
	return problem(ex, PROBLEM_INSUFFICIENT_SCOPE, NULL);
}

/* A client may log in to the token endpoint with HTTP Basic (RFC 6749 2.3.1); the handler reads that. */
static bool is_client_login(const struct exchange *ex)
{
	return ex->operation->body_kind == BODY_FORM &&
	       !strncasecmp(ex->request.authorization, "Basic ", 6);
}

static enum problem_kind read_token(struct exchange *ex)
{
	const char *authorization = ex->request.authorization;

	if (!authorization || is_client_login(ex))
		return PROBLEM__MAX;
	if (strncasecmp(authorization, "Bearer ", 7) != 0)
		return PROBLEM_INVALID_TOKEN;
	return token_verify(ex, authorization + 7, &ex->claims);
}

int auth_check(struct exchange *ex)
{
	const struct config *config = &ex->service->config;
	enum problem_kind kind = read_token(ex);
	/* Who shows a bad token, or none, counts by address. */
	bool login = ex->operation->limit && !strcmp(ex->operation->limit, "login");
	int status = limit_check(ex, login ? "login" : "default",
	    login || !ex->claims.subject ? ex->request.address : ex->claims.subject,
	    login ? config->login_rate_limit : config->rate_limit);

	if (status)
		return status;
	return kind == PROBLEM__MAX ? permit(ex) : refuse(ex, kind);
}
