#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/pattern.h"
#include "fuzz.h"
#include "http/route.h"
#include "identity/keyring.h"

struct service service;

int64_t clock_us(void)
{
	return 1;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const names[] = {"token-current.pem", "token-next.pem", "seal-1.key",
	    "hash.key", "secret.key"};
	char directory[] = "/tmp/ovop-fuzz-XXXXXX", path[100], why[200];

	(void)argc, (void)argv;
	MUST(mkdtemp(directory) && keyring_generate(directory, false, 600, why, sizeof(why)));
	service.config.issuer = "https://lanterns.example";
	service.config.max_body_bytes = 1048576;
	service.config.token_ttl_seconds = 600;
	service.keyring = keyring_load(directory, why, sizeof(why));
	service.patterns = patterns_open();
	pthread_mutex_init(&service.keyring_lock, NULL);
	MUST(service.keyring);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		unlink(path);
	}
	rmdir(directory);
	return 0;
}

void fuzz_begin(struct exchange *ret_ex, const char *method, const char *target)
{
	*ret_ex = (struct exchange){
	    .service = &service,
	    .request = {.method = method, .target = target, .address = "192.0.2.1"},
	    .id = "fuzz",
	    .claims = {.scopes = ""},
	};
	route_match(ret_ex);
	route_find(ret_ex);
}

const char *fuzz_line(struct exchange *ex, const uint8_t **data, size_t *size)
{
	const uint8_t *end = *size ? memchr(*data, '\n', *size) : NULL;
	size_t length = end ? (size_t)(end - *data) : *size;
	const char *line = arena_copy(&ex->arena, (const char *)*data, length);

	*data += length + (end != NULL);
	*size -= length + (end != NULL);
	return line;
}

void fuzz_end(struct exchange *ex, int status)
{
	MUST(status == 0 ? ex->problem == PROBLEM_NONE : status == ex->status);
	if (ex->problem != PROBLEM_NONE) {
		json_error_t error;

		problem_render(ex);
		json_t *document = json_loadb(ex->reply.data, ex->reply.size, 0, &error);
		MUST(document);
		json_decref(document);
	}
	exchange_end(ex);
}
