/* verify KEYS_DIR: prints the microseconds of processor that token_verify() takes for a cached
 * token. The cache holds 1,000 tokens; 64 of them are verified in turn. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jansson.h>

#include "base/clock.h"
#include "identity/keyring.h"
#include "identity/token.h"
#include "request/exchange.h"
#include "service.h"

enum { KNOWN = 1000, IN_TURN = 64, TIMES = 1000000 };

static struct service service;

int64_t clock_us(void)
{
	return 1;
}

static double used_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void must_verify(const char *token)
{
	struct exchange ex = {.service = &service};
	struct claims claims;

	if (token_verify(&ex, token, &claims) != PROBLEM_NONE)
		exit(1);
	arena_free(&ex.arena);
}

int main(int argc, char **argv)
{
	static const char *tokens[KNOWN];
	char why[200] = "verify KEYS_DIR";
	struct exchange issuer = {.service = &service};

	service.config.issuer = "https://ovop.example";
	service.config.token_ttl_seconds = 600;
	pthread_mutex_init(&service.keyring_lock, NULL);
	service.keyring = argc == 2 ? keyring_load(argv[1], why, sizeof(why)) : NULL;
	if (!service.keyring)
		return fprintf(stderr, "%s\n", why), 1;
	json_t *claims = json_pack("{s:s, s:s, s:[s]}", "sub",
	    "0190a5b0-0000-7000-8000-000000000001", "role", "keeper", "villages", "35.05.17.2009");
	for (size_t i = 0; i < KNOWN; i++) {
		if (!(tokens[i] = token_issue(&issuer, claims)))
			return 1;
		must_verify(tokens[i]);
	}
	double begun = used_us();
	for (size_t i = 0; i < TIMES; i++)
		must_verify(tokens[i % IN_TURN]);
	double each = (used_us() - begun) / TIMES;
	json_decref(claims);
	arena_free(&issuer.arena);
	keyring_release(service.keyring);
	return printf("%.3f\n", each) < 0;
}
