#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/encoding.h"
#include "identity/auth.h"
#include "identity/limit.h"
#include "identity/token.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

/* RFC 6750 3: the challenge names the error, never the reason for it. */
static int challenge(struct exchange *ex, enum problem_kind kind)
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

/* With a one-time password a caller may only use operations about itself, such as changing it. */
static bool password_is_enough(const struct exchange *ex)
{
	return !ex->claims.must_change_password || ex->operation->about_caller;
}

/* Compares role and scopes with the contract's `security`. */
static int permit(struct exchange *ex)
{
	const struct operation *operation = ex->operation;
	bool role_fits = false;

	if (!operation->n_access)
		return 0;
	if (!ex->claims.role)
		return challenge(ex, PROBLEM_UNAUTHENTICATED);
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

static enum problem_kind read_token(struct exchange *ex)
{
	const char *authorization = ex->request.authorization;

	if (!authorization)
		return PROBLEM_NONE;
	if (strncasecmp(authorization, "Bearer ", 7) != 0)
		return PROBLEM_INVALID_TOKEN;
	return token_verify(ex, authorization + 7, &ex->claims);
}

/* Logins have a limit of their own, whatever the method. Everything else shares the default one. */
static bool counts_as_login(const struct route *route)
{
	bool login = false;

	for (int method = 0; route && method < METHOD__MAX; method++) {
		const struct operation *operation = route->by_method[method];

		login |= operation && operation->limit && !strcmp(operation->limit, "login");
	}
	return login;
}

/* The caller's address, or its network: a subscriber of IPv6 has a network of 2^64 addresses
 * (RFC 6177), so all of them are one caller. */
static const char *network_of(struct exchange *ex)
{
	const char *address = ex->request.address;
	char *text = arena_alloc(&ex->arena, INET6_ADDRSTRLEN);
	struct in6_addr network;

	if (inet_pton(AF_INET6, address, &network) != 1 || IN6_IS_ADDR_V4MAPPED(&network))
		return address;
	memset(network.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &network, text, INET6_ADDRSTRLEN);
	return text;
}

int auth_count(struct exchange *ex)
{
	const struct config *config = &ex->service->config;
	bool login = counts_as_login(ex->route);

	ex->token_problem = read_token(ex);
	ex->caller = ex->claims.subject && !login ? ex->claims.subject : network_of(ex);
	ex->pays_by_time = !login;
	return limit_check(ex, login ? "login" : "default", ex->caller,
	    login ? config->login_rate_limit : config->rate_limit);
}

int auth_check(struct exchange *ex)
{
	if (ex->token_problem && !ex->operation->ignores_token)
		return challenge(ex, ex->token_problem);
	return permit(ex);
}
