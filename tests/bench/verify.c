/* Microseconds of processor that token_verify takes: of a token seen for the first time, and of one verified before. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "auth.h"
#include "exchange.h"
#include "keyring.h"
#include "service.h"
#include "token.h"

enum { FIRST = 1000, REPEATED = 1000000 };

static struct service service;

int64_t service_clock_us(void)
{
	return 1;
}

static double used_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static bool open_keys(void)
{
	static const char *const names[] = {"token-current.pem", "token-next.pem", "seal-1.key",
	    "hash.key", "secret.key"};
	char directory[] = "/tmp/ovop-verify-XXXXXX", path[100], why[200];

	if (!mkdtemp(directory) || !keyring_generate(directory, false, 600, why, sizeof(why)))
		return false;
	service.keyring = keyring_load(directory, why, sizeof(why));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		unlink(path);
	}
	rmdir(directory);
	return service.keyring;
}

static void must_verify(const char *token)
{
	struct exchange ex = {.service = &service};
	struct claims claims;

	if (token_verify(&ex, token, &claims) != PROBLEM__MAX)
		exit(1);
	arena_free(&ex.arena);
}

int main(void)
{
	static const char *tokens[FIRST];
	struct exchange issuer = {.service = &service};

	service.config.issuer = "https://ovop.example";
	service.config.token_ttl_seconds = 600;
	pthread_mutex_init(&service.keyring_lock, NULL);
	if (!open_keys())
		return 1;
	json_t *claims = json_pack("{s:s, s:s, s:[s]}", "sub",
	    "0190a5b0-0000-7000-8000-000000000001", "role", "bumdes", "villages", "35.05.17.2009");
	for (size_t i = 0; i < FIRST; i++)
		if (!(tokens[i] = token_issue(&issuer, claims)))
			return 1;
	double begun = used_us();
	for (size_t i = 0; i < FIRST; i++)
		must_verify(tokens[i]);
	double first = (used_us() - begun) / FIRST;
	begun = used_us();
	for (size_t i = 0; i < REPEATED; i++)
		must_verify(tokens[i % 64]);
	double repeated = (used_us() - begun) / REPEATED;
	json_decref(claims);
	arena_free(&issuer.arena);
	keyring_release(service.keyring);
	return printf("%.2f %.3f\n", first, repeated) < 0;
}
