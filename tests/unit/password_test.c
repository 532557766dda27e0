#include <string.h>

#include "password.h"
#include "unit.h"

START_TEST(a_password_fits_its_own_hash)
{
	const char *hash = NULL, *again = NULL;
	bool fits = false;

	ck_assert_int_eq(password_hash(&ex, "correct horse battery", &hash), 0);
	ck_assert(!strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31));
	ck_assert_int_eq(password_verify(&ex, hash, "correct horse battery", &fits), 0);
	ck_assert(fits);
	ck_assert_int_eq(password_verify(&ex, hash, "correct horse batterY", &fits), 0);
	ck_assert(!fits);
	ck_assert_int_eq(password_hash(&ex, "correct horse battery", &again), 0);
	ck_assert_str_ne(hash, again);
}

START_TEST(no_user_fits_no_password)
{
	bool fits = true;

	ck_assert_int_eq(password_verify(&ex, NULL, "", &fits), 0);
	ck_assert(!fits);
	fits = true;
	ck_assert_int_eq(password_verify(&ex, NULL, "correct horse battery", &fits), 0);
	ck_assert(!fits);
}

START_TEST(long_passwords_are_not_cut)
{
	char password[129], hash[PASSWORD_HASH_BYTES];
	bool fits = true;

	memset(password, 'p', 128);
	password[128] = 0;
	ck_assert(password_encode(password, hash));
	password[127] = 'q';
	ck_assert_int_eq(password_verify(&ex, hash, password, &fits), 0);
	ck_assert(!fits);
}

START_TEST(a_broken_hash_lets_nobody_in)
{
	bool fits = false;

	ck_assert_int_eq(password_verify(&ex, "$argon2id$nonsense", "x", &fits), 503);
	ck_assert(!fits);
}

START_TEST(a_place_is_given_back_and_waiting_ends)
{
	const char *hash;
	bool fits;
	int places;

	password_hash(&ex, "a", &hash);
	password_verify(&ex, "$argon2id$nonsense", "x", &fits);
	sem_getvalue(&service.hashes, &places);
	ck_assert_int_eq(places, 1);
	sem_wait(&service.hashes);
	ck_assert_int_eq(password_hash(&ex, "a", &hash), 503);
	ck_assert_str_eq(unit_problem(), "overloaded");
	ck_assert_int_eq(password_verify(&ex, hash, "a", &fits), 503);
	sem_getvalue(&service.hashes, &places);
	ck_assert_int_eq(places, 0);
}

SUITE(password, a_password_fits_its_own_hash, no_user_fits_no_password, long_passwords_are_not_cut,
    a_broken_hash_lets_nobody_in, a_place_is_given_back_and_waiting_ends);
