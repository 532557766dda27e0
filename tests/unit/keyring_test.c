#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include "identity/keyring.h"
#include "unit.h"

static char why[500];

static const char *path_of(const char *directory, const char *name)
{
	return arena_printf(&ex.arena, "%s/%s", directory, name);
}

static const char *fresh_keys(void)
{
	const char *directory = unit_directory();

	ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	return directory;
}

static void write_key(const char *directory, const char *name, const char *text, mode_t mode)
{
	const char *path = path_of(directory, name);

	unlink(path);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	ck_assert_int_eq(chmod(path, mode), 0);
}

static int old_keys(const char *directory)
{
	DIR *entries = opendir(directory);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(entries)))
		n += !strncmp(entry->d_name, "token-old-", 10);
	closedir(entries);
	return n;
}

/* The kid of the signing key, in the arena. Checks that n keys verify. */
static const char *signer(const char *directory, size_t n)
{
	struct keyring *keyring = keyring_load(directory, why, sizeof(why));

	ck_assert_msg(keyring != NULL, "%s", why);
	ck_assert_uint_eq(keyring->n_signing, n);
	const char *kid = arena_printf(&ex.arena, "%s", keyring->signing[0].kid);

	keyring_release(keyring);
	return kid;
}

START_TEST(made_keys_are_the_owner_s_alone)
{
	static const char *const names[] = {"token-current.pem", "token-next.pem", "seal-1.key",
	    "hash.key", "secret.key"};
	const char *directory = unit_directory();
	const char *inner = path_of(directory, "keys");
	struct stat status;

	ck_assert(keyring_generate(inner, false, 600, why, sizeof(why)));
	ck_assert_int_eq(stat(inner, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0700);
	for (size_t i = 0; i < COUNT(names); i++) {
		ck_assert_int_eq(stat(path_of(inner, names[i]), &status), 0);
		ck_assert_uint_eq(status.st_mode & 0777, 0400);
	}
	struct keyring *keyring = keyring_load(inner, why, sizeof(why));

	ck_assert_uint_eq(keyring->n_signing, 2);
	ck_assert_uint_eq(keyring->n_seals, 1);
	ck_assert_uint_eq(strlen(keyring->signing[0].kid), 43);
	ck_assert_str_ne(keyring->signing[0].kid, keyring->signing[1].kid);
	ck_assert_mem_ne(keyring->hash, keyring->secret, KEY_BYTES);
	ck_assert_mem_ne(keyring->hash, keyring->seals[0].bytes, KEY_BYTES);
	ck_assert_ptr_null(strstr(keyring->signing[0].public_pem, "PRIVATE"));
	keyring_release(keyring);
}

START_TEST(existing_keys_are_kept)
{
	const char *directory = fresh_keys();
	const char *kid = signer(directory, 2);

	ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	ck_assert_str_eq(signer(directory, 2), kid);
	unlink(path_of(directory, "hash.key"));
	ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	ck_assert_str_eq(signer(directory, 2), kid);
}

START_TEST(rotation_hands_on_and_forgets_in_time)
{
	const char *directory = fresh_keys();
	struct keyring *keyring = keyring_load(directory, why, sizeof(why));
	const char *first = arena_printf(&ex.arena, "%s", keyring->signing[0].kid);
	const char *second = arena_printf(&ex.arena, "%s", keyring->signing[1].kid);

	keyring_release(keyring);
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert_str_eq(signer(directory, 3), second);
	const char *old = path_of(directory, arena_printf(&ex.arena, "token-old-%s.pem", first));

	ck_assert_int_eq(access(old, R_OK), 0);
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert_str_ne(signer(directory, 4), second);
	ck_assert_int_eq(old_keys(directory), 2);

	/* An old key stays while its last token is valid. One second after that and the slack it is
	 * removed. */
	const struct timespec living[2] = {{time(NULL) - 650, 0}, {time(NULL) - 650, 0}};
	const struct timespec expired[2] = {{time(NULL) - 661, 0}, {time(NULL) - 661, 0}};

	ck_assert_int_eq(utimensat(AT_FDCWD, old, living, 0), 0);
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert_int_eq(access(old, R_OK), 0);
	ck_assert_int_eq(utimensat(AT_FDCWD, old, expired, 0), 0);
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert_int_ne(access(old, R_OK), 0);
	ck_assert_int_eq(old_keys(directory), 3);
}

START_TEST(a_retiring_key_counts_its_life_from_its_retirement)
{
	const char *directory = fresh_keys();
	const char *current = path_of(directory, "token-current.pem");
	const struct timespec long_ago[2] = {{1000000000, 0}, {1000000000, 0}};

	ck_assert_int_eq(utimensat(AT_FDCWD, current, long_ago, 0), 0);
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert(keyring_generate(directory, true, 600, why, sizeof(why)));
	ck_assert_int_eq(old_keys(directory), 2);
}

START_TEST(any_missing_key_is_named)
{
	static const char *const names[] = {"token-current.pem", "token-next.pem", "hash.key",
	    "secret.key"};
	const char *directory = fresh_keys();

	for (size_t i = 0; i < COUNT(names); i++) {
		ck_assert_int_eq(unlink(path_of(directory, names[i])), 0);
		ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
		ck_assert_str_eq(why,
		    arena_printf(&ex.arena, "%s/%s: is missing; `ovopd keygen` makes it", directory,
			names[i]));
		ck_assert(keyring_generate(directory, false, 600, why, sizeof(why)));
	}
	unlink(path_of(directory, "seal-1.key"));
	ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
	ck_assert_ptr_nonnull(strstr(why, "holds no seal-*.key"));
	ck_assert_ptr_null(keyring_load("/nonexistent", why, sizeof(why)));
	ck_assert_ptr_nonnull(strstr(why, "is missing"));
}

START_TEST(keys_that_others_may_read_are_refused)
{
	static const char *const names[] = {"token-current.pem", "token-next.pem", "seal-1.key",
	    "hash.key", "secret.key"};
	static const mode_t modes[] = {0404, 0440, 0420, 0401, 0644};
	const char *directory = fresh_keys();

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *path = path_of(directory, names[i]);

		ck_assert_int_eq(chmod(path, modes[i]), 0);
		ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
		ck_assert_str_eq(why,
		    arena_printf(&ex.arena, "%s: is readable by others; chmod 0400 it", path));
		ck_assert_int_eq(chmod(path, 0400), 0);
	}
}

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ABABS "abababababababababababababababababababababababababababababababab"
#define GOOD  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

START_TEST(weak_secrets_are_refused)
{
	static const char *const names[] = {"seal-1.key", "hash.key", "secret.key"};
	static const char *const texts[] = {
	    "",
	    "\n",
	    "secret",
	    (ZEROS "\n"),
	    (ABABS "\n"),
	    (GOOD "00\n"),
	    (GOOD "x"),
	    (" " GOOD),
	    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeef\n",
	    "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF\n",
	    "0x112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n",
	};

	for (size_t n = 0; n < COUNT(names); n++) {
		const char *directory = fresh_keys();

		for (size_t i = 0; i < COUNT(texts); i++) {
			write_key(directory, names[n], texts[i], 0400);
			ck_assert_msg(!keyring_load(directory, why, sizeof(why)), "%s '%s'",
			    names[n], texts[i]);
			ck_assert_ptr_nonnull(strstr(why, names[n]));
			ck_assert_ptr_null(strstr(why, "00112233"));
		}
		write_key(directory, names[n], GOOD, 0400);
		signer(directory, 2);
	}
}

static void write_pem(const char *directory, EVP_PKEY *pair)
{
	const char *path = path_of(directory, "token-current.pem");

	ck_assert_int_eq(unlink(path), 0);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	PEM_write_PrivateKey(file, pair, NULL, NULL, 0, NULL, NULL);
	fclose(file);
	chmod(path, 0400);
	EVP_PKEY_free(pair);
}

START_TEST(only_p256_private_keys_sign)
{
	const char *directory = fresh_keys();
	struct keyring *keyring = keyring_load(directory, why, sizeof(why));
	char *public_pem = strdup(keyring->signing[0].public_pem);

	keyring_release(keyring);
	for (int i = 0; i < 5; i++) {
		switch (i) {
		case 0: write_pem(directory, EVP_EC_gen("P-384")); break;
		case 1: write_pem(directory, EVP_EC_gen("secp256k1")); break;
		case 2:
			write_pem(directory, EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)2048));
			break;
		case 3: write_pem(directory, EVP_PKEY_Q_keygen(NULL, NULL, "ED25519")); break;
		default: write_key(directory, "token-current.pem", public_pem, 0400);
		}
		ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
		ck_assert_ptr_nonnull(strstr(why, "is no P-256 private key in PEM"));
	}
	write_pem(directory, EVP_EC_gen("P-256"));
	signer(directory, 2);
	free(public_pem);
}

START_TEST(a_directory_or_a_long_file_is_no_key)
{
	const char *directory = fresh_keys();
	char text[5000];

	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = 0;
	write_key(directory, "hash.key", text, 0400);
	ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
	ck_assert_ptr_nonnull(strstr(why, "empty or too long"));
	unlink(path_of(directory, "hash.key"));
	ck_assert_int_eq(mkdir(path_of(directory, "hash.key"), 0700), 0);
	ck_assert_ptr_null(keyring_load(directory, why, sizeof(why)));
	ck_assert_ptr_nonnull(strstr(why, "hash.key"));
}

START_TEST(a_failed_reload_keeps_the_old_keys)
{
	const char *directory = fresh_keys();
	struct keyring *before = service.keyring;

	service.config.keys_dir = directory;
	chmod(path_of(directory, "hash.key"), 0444);
	ck_assert(!keyring_reload(&service, why, sizeof(why)));
	ck_assert_ptr_eq(service.keyring, before);
	chmod(path_of(directory, "hash.key"), 0400);
	ck_assert(keyring_reload(&service, why, sizeof(why)));
	ck_assert_ptr_ne(service.keyring, before);
}

START_TEST(a_held_keyring_survives_a_reload)
{
	struct keyring *held = keyring_hold(&service);
	char *kid = strdup(held->signing[0].kid);

	service.config.keys_dir = fresh_keys();
	ck_assert(keyring_reload(&service, why, sizeof(why)));
	ck_assert_str_eq(held->signing[0].kid, kid);
	keyring_release(held);
	keyring_release(NULL);
	free(kid);
}

static void *hold_and_reload(void *directory)
{
	char reason[200];

	for (int i = 0; i < 200; i++) {
		struct keyring *keyring = keyring_hold(&service);

		if (strlen(keyring->signing[0].kid) != 43 ||
		    (i % 50 == 0 && !keyring_reload(&service, reason, sizeof(reason))))
			*(volatile char *)directory = 0;
		keyring_release(keyring);
	}
	return NULL;
}

START_TEST(reloads_and_requests_may_meet)
{
	char directory[100];

	snprintf(directory, sizeof(directory), "%s", fresh_keys());
	service.config.keys_dir = directory;
	unit_together(hold_and_reload, directory);
	ck_assert_int_eq(directory[0], '/');
}

SUITE(keyring, made_keys_are_the_owner_s_alone, existing_keys_are_kept,
    rotation_hands_on_and_forgets_in_time, a_retiring_key_counts_its_life_from_its_retirement,
    any_missing_key_is_named, keys_that_others_may_read_are_refused, weak_secrets_are_refused,
    only_p256_private_keys_sign, a_directory_or_a_long_file_is_no_key,
    a_failed_reload_keeps_the_old_keys, a_held_keyring_survives_a_reload,
    reloads_and_requests_may_meet);
