#include <string.h>

#include "identity/password.h"
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

START_TEST(an_unknown_user_fits_no_password)
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

START_TEST(what_everybody_tries_first_is_common)
{
	static const char *const common[] = {"password1234", "P@ssw0rd1234", "qwertyuiop123",
	    "aaaaaaaaaaaa", "abcabcabcabc", "123456789012", "katasandi1234", "bismillah123",
	    "blitar2026!!", "iloveyou1234", "dinasdinasdinas"};
	static const char *const rare[] = {"sawah hijau di kaki Kelud", "kucing tidur siang",
	    "Xk29fQm1Lz8w", "correct horse battery staple", "dàn bèbèk nyêbrang kali"};

	for (size_t i = 0; i < COUNT(common); i++)
		ck_assert_msg(password_is_common(common[i]), "%s", common[i]);
	for (size_t i = 0; i < COUNT(rare); i++)
		ck_assert_msg(!password_is_common(rare[i]), "%s", rare[i]);
}

START_TEST(a_turn_is_given_back_and_waiting_ends)
{
	struct password_turn first = {0}, second = {0};
	int left;

	ck_assert_int_eq(password_take_turn(&ex, &first), 0);
	ck_assert_int_eq(password_take_turn(&ex, &second), 503);
	ck_assert_str_eq(unit_problem(), "overloaded");
	password_end_turn(&second);
	sem_getvalue(&service.hashes, &left);
	ck_assert_int_eq(left, 0);
	password_end_turn(&first);
	sem_getvalue(&service.hashes, &left);
	ck_assert_int_eq(left, 1);
}

SUITE(password, a_password_fits_its_own_hash, an_unknown_user_fits_no_password,
    long_passwords_are_not_cut, a_broken_hash_lets_nobody_in, what_everybody_tries_first_is_common,
    a_turn_is_given_back_and_waiting_ends);
