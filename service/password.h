/* argon2id (RFC 9106), a bounded number at once. */
#pragma once

#include <stdbool.h>

struct exchange;

/* Hash of a password in the arena; 0, or 503 when too many hashes run. */
int password_hash(struct exchange *ex, const char *password, const char **ret_hash);

/* Whether the password fits; a NULL hash costs the same and never fits. 0, or 503. */
int password_verify(struct exchange *ex, const char *hash, const char *password, bool *ret_fits);

/* The same without an exchange, for the command line; out has room for PASSWORD_HASH_BYTES. */
enum { PASSWORD_HASH_BYTES = 128 };
bool password_encode(const char *password, char out[PASSWORD_HASH_BYTES]);
