/* Shared by the suites: a service without a database, an exchange on it, and functions that inspect
 * the exchange. */
#pragma once

#include <check.h>

#include "base/clock.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

#define SUITES(X)      \
	X(arena)       \
	X(auth)        \
	X(body)        \
	X(buffer)      \
	X(config)      \
	X(connection)  \
	X(cursor)      \
	X(db)          \
	X(encoding)    \
	X(etag)        \
	X(exchange)    \
	X(format)      \
	X(keyring)     \
	X(limit)       \
	X(log)         \
	X(metrics)     \
	X(normal)      \
	X(page)        \
	X(params)      \
	X(password)    \
	X(pattern)     \
	X(primary)     \
	X(problem)     \
	X(render)      \
	X(route)       \
	X(schema)      \
	X(seal)        \
	X(sqlstate)    \
	X(text)        \
	X(token)       \
	X(token_cache) \
	X(turns)

#define X(noun) Suite *noun##_suite(void);
SUITES(X)
#undef X

/* Defines noun_suite() with these tests. Each test gets a fresh service and exchange. */
#define SUITE(noun, ...)                                                           \
	Suite *noun##_suite(void)                                                  \
	{                                                                          \
		const TTest *const tests[] = {__VA_ARGS__};                        \
                                                                                   \
		return unit_suite(#noun, tests, sizeof(tests) / sizeof(tests[0])); \
	}                                                                          \
	_Static_assert(sizeof(#noun) > 1, "a suite has a name")

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

extern struct service service;
extern struct exchange ex;
extern int64_t unit_clock_us; /* the result of clock_us() */

Suite *unit_suite(const char *name, const TTest *const *tests, size_t n);

/* A new empty directory, removed at the end of the run; static storage. */
const char *unit_directory(void);

/* unit_begin() makes a new exchange; the strings must outlive it. unit_route() runs the stages that
 * find its operation. unit_find() does both, and unit_params() also reads the parameters. */
void unit_begin(const char *method, const char *target);
int unit_route(void);
int unit_find(const char *method, const char *target);
int unit_params(const char *method, const char *target);

/* A header of the reply, or "". */
const char *unit_header(const char *name);

/* unit_problem(): the problem's code and its broken rules, such as "validation_failed; /name
 * required". unit_violations(): the rules alone, "/pointer code" or "parameter code". */
const char *unit_problem(void);
const char *unit_violations(void);

/* Runs a function in threads at once, so that the thread sanitizer sees what is shared. */
void unit_together(void *(*run)(void *), void *argument);
