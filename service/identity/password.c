#include <stdio.h>
#include <string.h>
#include <time.h>

#include <argon2.h>
#include <openssl/rand.h>
#include <zxcvbn.h>

#include "contract/vocabulary.h"
#include "identity/password.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

/* OWASP's first choice: 19 MiB, two passes. */
enum { MEMORY_KIB = 19456, PASSES = 2, LANES = 1, SALT_BYTES = 16, HASH_BYTES = 32 };

/* zxcvbn takes 10 ms for the worst 40 bytes and a second for the worst 128, so it reads the
 * beginning. What follows can only make a password stronger. */
enum { MIN_BITS = 30, MAX_GUESSED_BYTES = 40 };

/* The hash for an unknown user: a real hash of an unknown password, so that the comparison takes
 * the same time. */
static const char decoy[] =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool password_is_common(const char *password)
{
	char beginning[MAX_GUESSED_BYTES + 1];

	snprintf(beginning, sizeof(beginning), "%s", password);
	double bits = ZxcvbnMatch(beginning, (const char **)vocabulary_passwords, NULL);
	explicit_bzero(beginning, sizeof(beginning));
	return bits < MIN_BITS;
}

bool password_encode(const char *password, char out[PASSWORD_HASH_BYTES])
{
	unsigned char salt[SALT_BYTES];

	return RAND_bytes(salt, sizeof(salt)) == 1 &&
	       argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password, strlen(password), salt,
		   sizeof(salt), HASH_BYTES, out, PASSWORD_HASH_BYTES) == ARGON2_OK;
}

int password_take_turn(struct exchange *ex, struct password_turn *turn)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += ex->service->config.pool_wait_ms / 1000 + 1;
	if (sem_clockwait(&ex->service->hashes, CLOCK_MONOTONIC, &until))
		return problem(ex, PROBLEM_OVERLOADED, NULL);
	turn->hashes = &ex->service->hashes;
	return 0;
}

void password_end_turn(struct password_turn *turn)
{
	if (turn->hashes)
		sem_post(turn->hashes);
}

int password_hash(struct exchange *ex, const char *password, const char **ret_hash)
{
	char *hash = arena_alloc(&ex->arena, PASSWORD_HASH_BYTES);

	*ret_hash = hash;
	return password_encode(password, hash) ? 0 : problem(ex, PROBLEM_OVERLOADED, NULL);
}

int password_verify(struct exchange *ex, const char *hash, const char *password, bool *ret_fits)
{
	int outcome = argon2id_verify(hash ? hash : decoy, password, strlen(password));

	if (outcome != ARGON2_OK && outcome != ARGON2_VERIFY_MISMATCH)
		return problem(ex, PROBLEM_OVERLOADED, NULL);
	*ret_fits = hash && outcome == ARGON2_OK;
	return 0;
}

const char *password_renewed(struct exchange *ex, const char *hash, const char *password)
{
	size_t parameters = strcspn(decoy, "A"); /* where the salt begins */
	char *renewed = arena_alloc(&ex->arena, PASSWORD_HASH_BYTES);

	return strncmp(hash, decoy, parameters) != 0 && password_encode(password, renewed) ? renewed
											   : NULL;
}
