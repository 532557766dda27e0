#include <string.h>

#include "base/encoding.h"
#include "http/route.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { MAX_SEGMENTS = 12 };

static const char *const method_names[METHOD__MAX] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

/* Splits the raw path at its slashes. The number of segments, or 0 if it cannot be a path of
 * ours. */
static size_t split(const char *path, size_t size, struct span *segments)
{
	size_t n = 0;

	if (!size || path[0] != '/')
		return 0;
	for (size_t start = 1, i = 1; i <= size; i++) {
		if (i < size && path[i] != '/')
			continue;
		if (n == MAX_SEGMENTS)
			return 0;
		segments[n++] = (struct span){path + start, i - start};
		start = i + 1;
	}
	return n;
}

static bool matches(const struct route *route, const struct span *segments, size_t n)
{
	if (route->n_segments != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (route->segments[i] ? !encoding_is(segments[i], route->segments[i])
				       : !segments[i].size)
			return false;
	return true;
}

/* The compiler sorts literals before parameters, so the first match is the right one. */
static const struct route *matching_route(const struct span *segments, size_t n)
{
	for (size_t i = 0; i < contract_n_routes; i++)
		if (matches(&contract_routes[i], segments, n))
			return &contract_routes[i];
	return NULL;
}

static bool decode(struct exchange *ex, const struct span *segments)
{
	for (size_t i = 0, k = 0; i < ex->route->n_segments; i++) {
		if (ex->route->segments[i])
			continue;
		char *value =
		    encoding_percent_decode(&ex->arena, segments[i].text, segments[i].size, false);
		if (!value)
			return false;
		ex->path_values[k++] = value;
	}
	return true;
}

static const char *allowed(struct exchange *ex)
{
	char *list = arena_copy(&ex->arena, "OPTIONS", 7);

	for (int m = 0; m < METHOD__MAX; m++)
		if (!ex->route || ex->route->by_method[m])
			list = arena_printf(&ex->arena, "%s, %s%s", list, method_names[m],
			    m == METHOD_GET ? ", HEAD" : "");
	return list;
}

static bool origin_allowed(const struct exchange *ex)
{
	const char *list = ex->service->config.cors_origins;
	struct span origin;

	while (encoding_next(&list, ",", &origin))
		if (encoding_is(origin, ex->request.origin))
			return true;
	return false;
}

/* CORS (Fetch standard): an exact list of origins, no credentials. Open operations allow all
 * origins, and so do unknown paths: a page shall see a 404, not a failure of the network. */
static void share(struct exchange *ex)
{
	exchange_header(ex, "Vary", "Origin");
	if (!ex->request.origin)
		return;
	bool listed = origin_allowed(ex);
	const struct operation *get = ex->route ? ex->route->by_method[METHOD_GET] : NULL;
	bool open = !ex->route || (get && !get->n_access);
	if (!listed && !open)
		return;
	exchange_header(ex, "Access-Control-Allow-Origin", listed ? ex->request.origin : "*");
	exchange_header(ex, "Access-Control-Expose-Headers",
	    "Allow, Content-Disposition, Content-Language, ETag, Idempotency-Replayed, Link, Location, RateLimit, "
	    "RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id");
	if (!ex->request.preflight_method)
		return;
	exchange_header(ex, "Access-Control-Allow-Methods",
	    listed || !ex->route ? allowed(ex) : "GET, HEAD, OPTIONS");
	exchange_header(ex, "Access-Control-Allow-Headers",
	    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept-Language, traceparent, "
	    "X-Request-Id");
	exchange_header(ex, "Access-Control-Max-Age", "7200");
}

/* HEAD is a GET whose body is not sent. METHOD__MAX: no operation has this method. */
static int method_of(const char *name)
{
	if (!strcmp(name, "HEAD"))
		return METHOD_GET;
	for (int m = 0; m < METHOD__MAX; m++)
		if (!strcmp(name, method_names[m]))
			return m;
	return METHOD__MAX;
}

static bool is_preflight(const struct exchange *ex)
{
	return ex->request.origin && ex->request.preflight_method &&
	       !strcmp(ex->request.method, "OPTIONS");
}

static int choose(struct exchange *ex)
{
	const char *name = ex->request.method;

	if (!strcmp(name, "OPTIONS")) {
		exchange_header(ex, "Allow", allowed(ex));
		return ex->status = 204;
	}
	if (ex->operation)
		return 0;
	bool known =
	    method_of(name) != METHOD__MAX || !strcmp(name, "TRACE") || !strcmp(name, "CONNECT");
	if (!known)
		return problem(ex, PROBLEM_NOT_IMPLEMENTED, NULL);
	exchange_header(ex, "Allow", allowed(ex));
	return problem(ex, PROBLEM_METHOD_NOT_ALLOWED, NULL);
}

int route_match(struct exchange *ex)
{
	const char *target = ex->request.target;
	size_t path_size = strcspn(target, "?");
	struct span segments[MAX_SEGMENTS];

	if (path_size <= ROUTE_MAX_TARGET)
		ex->route = matching_route(segments, split(target, path_size, segments));
	int method = method_of(ex->request.method);
	if (ex->route && method != METHOD__MAX)
		ex->operation = ex->route->by_method[method];
	share(ex);
	return 0;
}

int route_find(struct exchange *ex)
{
	const char *target = ex->request.target;
	struct span segments[MAX_SEGMENTS];

	if (strlen(target) > ROUTE_MAX_TARGET)
		return problem(ex, PROBLEM_URI_TOO_LONG, NULL);
	if (ex->request.header_bytes > ROUTE_MAX_HEADERS)
		return problem(ex, PROBLEM_HEADERS_TOO_LARGE, NULL);
	if (ex->request.malformed) {
		/* The end of this request is uncertain, so what follows may be no request. */
		exchange_header(ex, "Connection", "close");
		return problem(ex, PROBLEM_MALFORMED_REQUEST, NULL);
	}
	if (!ex->route && is_preflight(ex))
		return ex->status = 204;
	if (!ex->route)
		return problem(ex, PROBLEM_NOT_FOUND, NULL);
	size_t path_size = strcspn(target, "?");
	ex->query = target[path_size] ? target + path_size + 1 : NULL;
	split(target, path_size, segments);
	if (!decode(ex, segments))
		return problem(ex, PROBLEM_INVALID_ENCODING, NULL);
	return choose(ex);
}
