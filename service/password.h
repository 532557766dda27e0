/* argon2id (RFC 9106), a bounded number at once. */
#pragma once

#include <semaphore.h>
#include <stdbool.h>

struct exchange;

/* A turn at hashing, {0} at first: 0, or 503 when too many hashes run. Taken before an attempt is counted, for what was not compared is
 * no failure; given back by CLEANUP. */
struct password_turn {
	sem_t *hashes;
};
int password_take_turn(struct exchange *ex, struct password_turn *turn);
void password_end_turn(struct password_turn *turn);

/* In a turn: hash of a password in the arena; 0, or 503. */
int password_hash(struct exchange *ex, const char *password, const char **ret_hash);

/* In a turn: whether the password fits; a NULL hash costs the same and never fits. 0, or 503. */
int password_verify(struct exchange *ex, const char *hash, const char *password, bool *ret_fits);

/* In a turn, of a password that fits: its hash by today's parameters where the kept one was made by others, else NULL. */
const char *password_renewed(struct exchange *ex, const char *hash, const char *password);

/* Whether a password is among those that everybody tries first (NIST SP 800-63B 5.1.1.2), by zxcvbn: words, names, dates, rows of keys
 * and their repetitions. Ten guesses a minute find nothing else. */
bool password_is_common(const char *password);

/* The same without an exchange, for the command line; out has room for PASSWORD_HASH_BYTES. */
enum { PASSWORD_HASH_BYTES = 128 };
bool password_encode(const char *password, char out[PASSWORD_HASH_BYTES]);
