/* Passwords: argon2id hashes (RFC 9106), a limited number at once, and a check for common
 * passwords. */
#pragma once

#include <semaphore.h>
#include <stdbool.h>

struct exchange;

/* A turn at hashing; initialise it with {0}. 0, or 503 if too many hashes run. Take it before you
 * count the attempt, because a 503 is not a failed attempt. CLEANUP gives it back. */
struct password_turn {
	sem_t *hashes;
};
int password_take_turn(struct exchange *ex, struct password_turn *turn);
void password_end_turn(struct password_turn *turn);

/* In a turn: the hash of a password, in the arena. 0, or 503. */
int password_hash(struct exchange *ex, const char *password, const char **ret_hash);

/* In a turn: whether the password fits. A NULL hash takes the same time and never fits. 0, or 503.
 * */
int password_verify(struct exchange *ex, const char *hash, const char *password, bool *ret_fits);

/* In a turn, for a password that fits: its hash by today's parameters if the kept hash has others,
 * else NULL. */
const char *password_renewed(struct exchange *ex, const char *hash, const char *password);

/* Whether zxcvbn would guess the password early: words, names, dates, rows of keys, repetitions
 * (NIST SP 800-63B 5.1.1.2). Ten guesses a minute do not find other passwords. */
bool password_is_common(const char *password);

/* The hash of a password without an exchange, for the command line. False without memory. */
enum { PASSWORD_HASH_BYTES = 128 };
bool password_encode(const char *password, char out[PASSWORD_HASH_BYTES]);
