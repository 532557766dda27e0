#include <stdlib.h>
#include <string.h>

#include "identity/keyring.h"
#include "identity/token_cache.h"
#include "unit.h"

enum { MANY = 20000 };

static struct token_cache *cache(void)
{
	return service.keyring->tokens;
}

static void put_of(struct exchange *of, int n, int64_t expires)
{
	const struct claims claims = {.role = (unsigned)n % 4,
	    .subject = arena_printf(&of->arena, "subject %d", n),
	    .scopes = n % 2 ? "" : "a b",
	    .authority = arena_printf(&of->arena, "\"sub\":%d", n),
	    .must_change_password = n % 2};
	unsigned char digest[TOKEN_DIGEST_BYTES];

	token_cache_digest(cache(), arena_printf(&of->arena, "token %d", n), digest);
	token_cache_put(cache(), digest, expires, &claims);
}

static void put(int n, int64_t expires)
{
	put_of(&ex, n, expires);
}

static bool get(struct exchange *of, int n, int64_t now, struct claims *ret_claims)
{
	unsigned char digest[TOKEN_DIGEST_BYTES];

	token_cache_digest(cache(), arena_printf(&of->arena, "token %d", n), digest);
	return token_cache_get(cache(), digest, now, &of->arena, ret_claims);
}

START_TEST(only_what_was_put_is_found_again)
{
	struct claims claims;

	put(6, 100);
	put(7, 100);
	ck_assert(get(&ex, 7, 99, &claims));
	ck_assert_uint_eq(claims.role, 3);
	ck_assert_str_eq(claims.subject, "subject 7");
	ck_assert_str_eq(claims.scopes, "");
	ck_assert_str_eq(claims.authority, "\"sub\":7");
	ck_assert(claims.must_change_password);
	ck_assert(get(&ex, 6, 99, &claims));
	ck_assert_str_eq(claims.scopes, "a b");
	ck_assert(!claims.must_change_password);
	ck_assert(!get(&ex, 8, 99, &claims));
}

START_TEST(it_is_forgotten_when_it_expires)
{
	struct claims claims;

	put(1, 100);
	ck_assert(get(&ex, 1, 99, &claims));
	ck_assert(!get(&ex, 1, 100, &claims));
	put(1, 200);
	ck_assert(get(&ex, 1, 100, &claims));
}

START_TEST(there_is_room_for_the_latest)
{
	struct claims claims;
	int known = 0;

	for (int n = 0; n < MANY; n++)
		put(n, 1000 + n);
	ck_assert(get(&ex, MANY - 1, 0, &claims));
	for (int n = 0; n < MANY; n++)
		known += get(&ex, n, 0, &claims);
	ck_assert_int_gt(known, 3000);
	ck_assert_int_le(known, 4096);
}

START_TEST(a_token_in_use_is_not_forgotten)
{
	struct claims claims;

	put(0, 1000);
	for (int n = 1; n < MANY; n++) {
		put(n, 2000);
		ck_assert(n % 64 || get(&ex, 0, 0, &claims));
	}
}

/* Each thread replaces entries while the others copy them. */
static void *ask_many(void *mixed_up)
{
	struct exchange mine = {.service = &service};
	struct claims claims;

	for (int i = 0; i < 2000; i++) {
		int n = i % 8;

		if (i % 5 == 0)
			put_of(&mine, n, 100);
		if (get(&mine, n, 0, &claims) && atoi(claims.subject + 8) != n)
			(*(atomic_int *)mixed_up)++;
	}
	exchange_end(&mine);
	return NULL;
}

START_TEST(threads_share_it)
{
	atomic_int mixed_up = 0;
	struct claims claims;

	unit_together(ask_many, &mixed_up);
	ck_assert_int_eq(mixed_up, 0);
	for (int n = 0; n < 8; n++)
		ck_assert(get(&ex, n, 0, &claims));
}

SUITE(token_cache, only_what_was_put_is_found_again, it_is_forgotten_when_it_expires,
    there_is_room_for_the_latest, a_token_in_use_is_not_forgotten, threads_share_it);
