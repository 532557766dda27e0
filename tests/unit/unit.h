/* What the suites share: a service without a database, one exchange on it, and words to ask about it. */
#pragma once

#include <check.h>

#include "exchange.h"
#include "service.h"

#define SUITES(X)     \
	X(arena)      \
	X(auth)       \
	X(body)       \
	X(buffer)     \
	X(config)     \
	X(connection) \
	X(cursor)     \
	X(db)         \
	X(encoding)   \
	X(etag)       \
	X(exchange)   \
	X(format)     \
	X(keyring)    \
	X(leader)     \
	X(limit)      \
	X(log)        \
	X(metrics)    \
	X(page)       \
	X(params)     \
	X(password)   \
	X(pattern)    \
	X(problem)    \
	X(render)     \
	X(route)      \
	X(schema)     \
	X(seal)       \
	X(token)      \
	X(token_cache)

#define X(noun) Suite *noun##_suite(void);
SUITES(X)
#undef X

/* Defines noun_suite() of these tests, each with a fresh service and exchange. */
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
extern int64_t unit_clock_us; /* what service_clock_us() says */

Suite *unit_suite(const char *name, const TTest *const *tests, size_t n);

/* A new empty directory, removed at the end of the run; static storage. */
const char *unit_directory(void);

/* A new exchange; the strings must outlive it. unit_find() runs the first stage, unit_params() the first and the third. */
void unit_begin(const char *method, const char *target);
int unit_find(const char *method, const char *target);
int unit_params(const char *method, const char *target);

/* A header of the reply, or "". */
const char *unit_header(const char *name);

/* The problem's code and then each broken rule, "/pointer code" or "parameter code": "validation_failed; /name required". */
const char *unit_problem(void);
const char *unit_violations(void);

/* Runs a function in threads at once, so that the thread sanitizer sees what is shared. */
void unit_together(void *(*run)(void *), void *argument);
