/* Recently verified tokens. Verifying a signature takes a hundred times as long as this look-up. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct claims;
struct token_cache;

enum { TOKEN_DIGEST_BYTES = 32 };

struct token_cache *token_cache_open(void);
void token_cache_close(struct token_cache *cache);

/* SHA-256 of the whole token. */
void token_cache_digest(const struct token_cache *cache, const char *token,
    unsigned char digest[TOKEN_DIGEST_BYTES]);

/* Copies the claims of a verified token that has not expired into the arena; false if it is
 * unknown. */
bool token_cache_get(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t now, struct arena *arena, struct claims *ret_claims);

/* Keeps the claims until the token expires, or until another token needs the slot. */
void token_cache_put(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t expires, const struct claims *claims);
