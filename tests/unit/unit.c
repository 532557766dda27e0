#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pattern.h"
#include "http/params.h"
#include "http/route.h"
#include "identity/keyring.h"
#include "identity/limit.h"
#include "operating/log.h"
#include "operating/metrics.h"
#include "unit.h"

enum { THREADS = 4 };

struct service service;
struct exchange ex;
int64_t unit_clock_us;
static char root[] = "/tmp/ovop-unit-XXXXXX", keys[sizeof(root) + 8];

int64_t clock_us(void)
{
	return unit_clock_us;
}

static void set_up(void)
{
	char why[200] = "";

	unit_clock_us = 1000000;
	service = (struct service){
	    .config = {.issuer = "https://lanterns.example",
		.cors_origins = "https://app.example,https://admin.example",
		.keys_dir = keys,
		.login_rate_limit = 60,
		.max_body_bytes = 1048576,
		.pool_wait_ms = 1,
		.rate_limit = 1200,
		.token_ttl_seconds = 600},
	    .log = log_open("error"),
	    .keyring = keyring_load(keys, why, sizeof(why)),
	    .metrics = metrics_open(),
	    .limiter = limiter_open(),
	    .patterns = patterns_open(),
	};
	ck_assert_str_eq(why, "");
	pthread_mutex_init(&service.keyring_lock, NULL);
	sem_init(&service.hashes, 0, 1);
	unit_begin("GET", "/");
}

static void tear_down(void)
{
	exchange_end(&ex);
	ex = (struct exchange){0};
	sem_destroy(&service.hashes);
	pthread_mutex_destroy(&service.keyring_lock);
	patterns_close(service.patterns);
	limiter_close(service.limiter);
	metrics_close(service.metrics);
	keyring_release(service.keyring);
	log_close(service.log);
}

Suite *unit_suite(const char *name, const TTest *const *tests, size_t n)
{
	Suite *suite = suite_create(name);
	TCase *tcase = tcase_create(name);

	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 120);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(tcase, tests[i]);
	suite_add_tcase(suite, tcase);
	return suite;
}

const char *unit_directory(void)
{
	static char path[sizeof(root) + 8];

	snprintf(path, sizeof(path), "%s/XXXXXX", root);
	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

void unit_begin(const char *method, const char *target)
{
	exchange_end(&ex);
	ex = (struct exchange){
	    .service = &service,
	    .request = {.method = method, .target = target, .address = "192.0.2.1"},
	    .id = "test-id-1",
	    .language = LANGUAGE_EN,
	    .claims = {.scopes = ""},
	};
}

int unit_route(void)
{
	int status = route_match(&ex);

	return status ? status : route_find(&ex);
}

int unit_find(const char *method, const char *target)
{
	unit_begin(method, target);
	return unit_route();
}

int unit_params(const char *method, const char *target)
{
	int status = unit_find(method, target);

	return status ? status : params_read(&ex);
}

const char *unit_header(const char *name)
{
	for (size_t i = 0; i < ex.n_headers; i++)
		if (!strcmp(ex.headers[i].name, name))
			return ex.headers[i].value;
	return "";
}

const char *unit_violations(void)
{
	const char *all = "";

	for (size_t i = 0; i < ex.n_violations; i++) {
		const struct violation *violation = &ex.violations[i];
		const char *place = violation->pointer ? violation->pointer : violation->parameter;

		all = arena_printf(&ex.arena, "%s%s%s %s", all, i ? ", " : "", place,
		    violation->code);
	}
	return all;
}

const char *unit_problem(void)
{
	if (ex.problem == PROBLEM_NONE)
		return "";
	return ex.n_violations
		   ? arena_printf(&ex.arena, "%s; %s", problem_code(ex.problem), unit_violations())
		   : problem_code(ex.problem);
}

void unit_together(void *(*run)(void *), void *argument)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, run, argument), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status, (void)kind, (void)walk;
	return remove(path);
}

int main(void)
{
	char why[200] = "";
	SRunner *runner = srunner_create(NULL);

	if (!mkdtemp(root))
		return EXIT_FAILURE;
	snprintf(keys, sizeof(keys), "%s/keys", root);
	if (!keyring_generate(keys, false, 600, why, sizeof(why)))
		fprintf(stderr, "%s\n", why);
#define X(noun) srunner_add_suite(runner, noun##_suite());
	SUITES(X)
#undef X
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
