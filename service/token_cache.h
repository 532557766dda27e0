/* Tokens that were verified not long ago: a signature costs a hundred times what finding it again does. */
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

/* The claims of a verified token that has not expired, copied into the arena; false when it is not known. */
bool token_cache_get(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t now, struct arena *arena, struct claims *ret_claims);

/* Keeps the claims until the token expires, or others need the room. */
void token_cache_put(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t expires, const struct claims *claims);
