#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "identity/token_cache.h"
#include "request/exchange.h"

enum { N_SLOTS = 4096, N_PROBES = 8 };

/* The claims of an entry in a slot never change, so they are copied without the lock. */
struct entry {
	atomic_int references;
	uint64_t used; /* the cache's count at the last use; under the lock */
	unsigned char digest[TOKEN_DIGEST_BYTES];
	int64_t expires;
	struct claims claims;
	char texts[]; /* of the claims */
};

struct token_cache {
	EVP_MD *sha256;
	pthread_mutex_t lock; /* only for comparing, counting and exchanging pointers */
	uint64_t uses;
	struct entry *slots[N_SLOTS];
};

struct token_cache *token_cache_open(void)
{
	struct token_cache *cache = arena_calloc(1, sizeof(*cache));

	cache->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	if (!cache->sha256)
		abort();
	pthread_mutex_init(&cache->lock, NULL);
	return cache;
}

static void drop(struct entry *entry)
{
	if (entry && --entry->references == 0)
		free(entry);
}

void token_cache_close(struct token_cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; i < N_SLOTS; i++)
		drop(cache->slots[i]);
	pthread_mutex_destroy(&cache->lock);
	EVP_MD_free(cache->sha256);
	free(cache);
}

void token_cache_digest(const struct token_cache *cache, const char *token,
    unsigned char digest[TOKEN_DIGEST_BYTES])
{
	if (!EVP_Digest(token, strlen(token), digest, NULL, cache->sha256, NULL))
		abort();
}

/* The first of the N_PROBES slots that may hold this digest. */
static struct entry **slots_of(struct token_cache *cache, const unsigned char *digest)
{
	uint32_t first;

	memcpy(&first, digest, sizeof(first));
	return &cache->slots[first % (N_SLOTS / N_PROBES) * N_PROBES];
}

static bool is_of(const struct entry *entry, const unsigned char *digest)
{
	return entry && !memcmp(entry->digest, digest, TOKEN_DIGEST_BYTES);
}

bool token_cache_get(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t now, struct arena *arena, struct claims *ret_claims)
{
	struct entry **slots = slots_of(cache, digest), *found = NULL;

	pthread_mutex_lock(&cache->lock);
	for (size_t i = 0; i < N_PROBES && !found; i++)
		found = is_of(slots[i], digest) && slots[i]->expires > now ? slots[i] : NULL;
	if (found) {
		found->references++;
		found->used = ++cache->uses;
	}
	pthread_mutex_unlock(&cache->lock);
	if (found) {
		*ret_claims = found->claims;
		ret_claims->subject = arena_text(arena, found->claims.subject);
		ret_claims->scopes = arena_text(arena, found->claims.scopes);
		ret_claims->authority = arena_text(arena, found->claims.authority);
	}
	drop(found);
	return found != NULL;
}

static struct entry *make(const unsigned char *digest, int64_t expires, const struct claims *claims)
{
	size_t subject = strlen(claims->subject) + 1, scopes = strlen(claims->scopes) + 1;
	size_t authority = strlen(claims->authority) + 1;
	struct entry *entry = arena_calloc(1, sizeof(*entry) + subject + scopes + authority);

	*entry = (struct entry){.references = 1, .expires = expires, .claims = *claims};
	memcpy(entry->digest, digest, TOKEN_DIGEST_BYTES);
	entry->claims.subject = memcpy(entry->texts, claims->subject, subject);
	entry->claims.scopes = memcpy(entry->texts + subject, claims->scopes, scopes);
	entry->claims.authority =
	    memcpy(entry->texts + subject + scopes, claims->authority, authority);
	return entry;
}

void token_cache_put(struct token_cache *cache, const unsigned char digest[TOKEN_DIGEST_BYTES],
    int64_t expires, const struct claims *claims)
{
	struct entry *entry = make(digest, expires, claims), **slots = slots_of(cache, digest);
	struct entry **place = &slots[0];

	pthread_mutex_lock(&cache->lock);
	entry->used = ++cache->uses;
	/* The slot of the same token, else an empty one, else the least recently used. */
	for (size_t i = 0; i < N_PROBES && *place && !is_of(*place, digest); i++)
		if (!slots[i] || is_of(slots[i], digest) || slots[i]->used < (*place)->used)
			place = &slots[i];
	struct entry *old = *place;
	*place = entry;
	pthread_mutex_unlock(&cache->lock);
	drop(old);
}
