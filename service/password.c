#include <string.h>
#include <time.h>

#include <argon2.h>
#include <openssl/rand.h>

#include "exchange.h"
#include "password.h"
#include "service.h"

/* OWASP's first choice: 19 MiB, two passes. */
enum { MEMORY_KIB = 19456, PASSES = 2, LANES = 1, SALT_BYTES = 16, HASH_BYTES = 32 };

/* What an unknown user's password is compared with: a real hash of nothing anybody knows. */
static const char decoy[] =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_encode(const char *password, char out[PASSWORD_HASH_BYTES])
{
	unsigned char salt[SALT_BYTES];

	return RAND_bytes(salt, sizeof(salt)) == 1 &&
	       argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, strlen(password), salt,
		   sizeof(salt), HASH_BYTES, out, PASSWORD_HASH_BYTES) == ARGON2_OK;
}

static int enter(struct exchange *ex)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ex->service->config.pool_wait_ms / 1000 + 1;
	return sem_timedwait(&ex->service->hashes, &until) ? problem(ex, PROBLEM_OVERLOADED, NULL)
							   : 0;
}

int password_hash(struct exchange *ex, const char *password, const char **ret_hash)
{
	char *hash = arena_alloc(&ex->arena, PASSWORD_HASH_BYTES);
	int status = enter(ex);

	if (status)
		return status;
	bool made = password_encode(password, hash);
	sem_post(&ex->service->hashes);
	*ret_hash = hash;
	return made ? 0 : problem(ex, PROBLEM_OVERLOADED, NULL);
}

int password_verify(struct exchange *ex, const char *hash, const char *password, bool *ret_fits)
{
	int status = enter(ex);

	if (status)
		return status;
	int outcome = argon2id_verify(hash ? hash : decoy, password, strlen(password));
	sem_post(&ex->service->hashes);
	if (outcome != ARGON2_OK && outcome != ARGON2_VERIFY_MISMATCH)
		return problem(ex, PROBLEM_OVERLOADED, NULL);
	*ret_fits = hash && outcome == ARGON2_OK;
	return 0;
}
