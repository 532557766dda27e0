#include <string.h>

#include "encoding.h"
#include "exchange.h"
#include "route.h"
#include "service.h"

enum { MAX_SEGMENTS = 12 };

static const char *const method_names[METHOD__MAX] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

/* The raw path cut at its slashes; the number of segments, or 0 when it is no path of ours. */
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

/* Literals sort before parameters, so the first match is the right one. */
static const struct route *find(const struct span *segments, size_t n)
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
		if (ex->route->by_method[m])
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

/* CORS (Fetch standard): an exact list of origins, no credentials; the public surface is open to all. */
static void share(struct exchange *ex)
{
	exchange_header(ex, "Vary", "Origin");
	if (!ex->request.origin)
		return;
	bool listed = origin_allowed(ex);
	const struct operation *get = ex->route->by_method[METHOD_GET];
	if (!listed && !(get && !get->n_access))
		return;
	exchange_header(ex, "Access-Control-Allow-Origin", listed ? ex->request.origin : "*");
	exchange_header(ex, "Access-Control-Expose-Headers",
	    "ETag, Link, Location, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Content-Language");
	if (!ex->request.preflight_method)
		return;
	exchange_header(ex, "Access-Control-Allow-Methods",
	    listed ? allowed(ex) : "GET, HEAD, OPTIONS");
	exchange_header(ex, "Access-Control-Allow-Headers",
	    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept-Language, traceparent, "
	    "X-Request-Id");
	exchange_header(ex, "Access-Control-Max-Age", "7200");
}

static int method_of(const char *name)
{
	for (int m = 0; m < METHOD__MAX; m++)
		if (!strcmp(name, method_names[m]))
			return m;
	return METHOD__MAX;
}

static int choose(struct exchange *ex)
{
	const char *name = ex->request.method;

	if (!strcmp(name, "OPTIONS")) {
		exchange_header(ex, "Allow", allowed(ex));
		return ex->status = 204;
	}
	int method = strcmp(name, "HEAD") != 0 ? method_of(name) : METHOD_GET;
	if (method == METHOD__MAX && strcmp(name, "TRACE") != 0 && strcmp(name, "CONNECT") != 0)
		return problem(ex, PROBLEM_NOT_IMPLEMENTED, NULL);
	ex->operation = method == METHOD__MAX ? NULL : ex->route->by_method[method];
	if (ex->operation)
		return 0;
	exchange_header(ex, "Allow", allowed(ex));
	return problem(ex, PROBLEM_METHOD_NOT_ALLOWED, NULL);
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
		/* Where it ends is uncertain: what follows may be no request at all. */
		exchange_header(ex, "Connection", "close");
		return problem(ex, PROBLEM_MALFORMED_REQUEST, NULL);
	}
	size_t path_size = strcspn(target, "?");
	size_t n = split(target, path_size, segments);
	ex->query = target[path_size] ? target + path_size + 1 : NULL;
	ex->route = find(segments, n);
	if (!ex->route)
		return problem(ex, PROBLEM_NOT_FOUND, NULL);
	share(ex);
	if (!decode(ex, segments))
		return problem(ex, PROBLEM_INVALID_ENCODING, NULL);
	return choose(ex);
}
