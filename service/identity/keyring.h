/* The keys in OVOP_KEYS_DIR. They sign and verify tokens, and seal personal data. */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

struct service;
struct token_cache;

enum { KEYRING_MAX = 64, KEY_BYTES = 32 };

/* An ES256 key pair (RFC 7518). */
struct signing_key {
	char kid[44]; /* RFC 7638 thumbprint */
	char x[44], y[44]; /* base64url */
	char *private_pem, *public_pem;
};

struct seal_key {
	int id;
	unsigned char bytes[KEY_BYTES];
};

/* Immutable once loaded, except the cache. A reload makes a new keyring beside it. */
struct keyring {
	atomic_int references;
	struct signing_key signing[KEYRING_MAX]; /* [0] signs; next and old ones verify */
	size_t n_signing;
	struct seal_key seals[KEYRING_MAX]; /* the highest id seals; all open */
	size_t n_seals;
	unsigned char hash[KEY_BYTES]; /* look-up of sealed values */
	unsigned char secret[KEY_BYTES]; /* cursors, request hashes */
	struct token_cache *tokens; /* tokens that these keys verified; empty after a reload */
};

/* The keys of a directory. If one is missing, malformed or readable by others: NULL, and one line
 * in reterr_why. */
struct keyring *keyring_load(const char *directory, char *reterr_why, size_t size);

/* The current keys; release them with keyring_release. */
struct keyring *keyring_hold(struct service *service);
void keyring_release(struct keyring *keyring);

/* Loads the directory again; on failure the old keys stay. */
bool keyring_reload(struct service *service, char *reterr_why, size_t size);

/* Makes missing keys (0400). With rotate, the current token key retires, the next one becomes
 * current, a new next one is made, and old keys are removed when their tokens have expired
 * (token_ttl_seconds). */
bool keyring_generate(const char *directory, bool rotate, long token_ttl_seconds, char *reterr_why,
    size_t size);
