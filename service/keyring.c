#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include "arena.h"
#include "cleanup.h"
#include "encoding.h"
#include "keyring.h"
#include "service.h"

DEFINE_CLEANUP(BIO, BIO_free_all);
DEFINE_CLEANUP(DIR, closedir);
DEFINE_CLEANUP(EVP_PKEY, EVP_PKEY_free);

enum { MAX_KEY_FILE = 4096, MAX_PATH = 4096, EXPIRY_SLACK_SECONDS = 60 };

struct failure {
	char *why;
	size_t size;
};

static bool fail(const struct failure *failure, const char *path, const char *what)
{
	snprintf(failure->why, failure->size, "%s: %s", path, what);
	return false;
}

/* directory/name; a path too long for us becomes one that does not exist. */
static void join(char path[MAX_PATH], const char *directory, const char *name)
{
	if (snprintf(path, MAX_PATH, "%s/%s", directory, name) >= MAX_PATH)
		path[0] = 0;
}

/* A key file's text without its last line break; it must be ours alone. */
static bool read_file(const char *path, char text[MAX_KEY_FILE], const struct failure *failure)
{
	struct stat status;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return fail(failure, path,
		    errno == ENOENT ? "is missing; `ovopd keygen` makes it" : strerror(errno));
	if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode) || status.st_mode & 077) {
		close(file);
		return fail(failure, path, "is readable by others; chmod 0400 it");
	}
	ssize_t size = read(file, text, MAX_KEY_FILE - 1);

	close(file);
	if (size <= 0 || size == MAX_KEY_FILE - 1)
		return fail(failure, path,
		    "is empty or too long for a key; `ovopd keygen` makes a new one when it is removed");
	text[size] = 0;
	return true;
}

/* 64 hex digits that are no repeated byte. */
static bool read_secret(const char *path, unsigned char bytes[KEY_BYTES],
    const struct failure *failure)
{
	char text[MAX_KEY_FILE];

	if (!read_file(path, text, failure))
		return false;
	text[strcspn(text, "\n")] = 0;
	if (strlen(text) != 2 * KEY_BYTES || strspn(text, "0123456789abcdef") != 2 * KEY_BYTES)
		return fail(failure, path, "is not 64 hexadecimal digits");
	for (size_t i = 0; i < KEY_BYTES; i++) {
		unsigned value = 0;

		sscanf(text + 2 * i, "%2x", &value);
		bytes[i] = (unsigned char)value;
	}
	explicit_bzero(text, sizeof(text));
	for (size_t i = 1; i < KEY_BYTES; i++)
		if (bytes[i] != bytes[0])
			return true;
	return fail(failure, path, "is a default, no secret");
}

static bool coordinate(const EVP_PKEY *key, const char *name, char out[44])
{
	BIGNUM *number = NULL;
	unsigned char bytes[KEY_BYTES];
	struct arena arena = {0};
	if (!EVP_PKEY_get_bn_param(key, name, &number))
		return false;
	bool fits = BN_bn2binpad(number, bytes, sizeof(bytes)) == sizeof(bytes);
	BN_free(number);
	if (fits)
		snprintf(out, 44, "%s", encoding_base64url(&arena, bytes, sizeof(bytes)));
	arena_free(&arena);
	return fits;
}

/* RFC 7638 3: SHA-256 over the required members in order. */
static void thumbprint(struct signing_key *key)
{
	char text[256];
	unsigned char digest[SHA256_DIGEST_LENGTH];
	struct arena arena = {0};
	int size = snprintf(text, sizeof(text),
	    "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}", key->x, key->y);

	SHA256((const unsigned char *)text, (size_t)size, digest);
	snprintf(key->kid, sizeof(key->kid), "%s",
	    encoding_base64url(&arena, digest, sizeof(digest)));
	arena_free(&arena);
}

static bool read_signing_key(const char *path, struct signing_key *key,
    const struct failure *failure)
{
	char text[MAX_KEY_FILE], group[32] = "";

	if (!read_file(path, text, failure))
		return false;
	BIO *in CLEANUP(BIO_free_all_cleanup) = BIO_new_mem_buf(text, -1);
	EVP_PKEY *pair CLEANUP(EVP_PKEY_free_cleanup) =
	    PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
	BIO *out CLEANUP(BIO_free_all_cleanup) = BIO_new(BIO_s_mem());
	char *pem;
	if (!pair ||
	    !EVP_PKEY_get_utf8_string_param(pair, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof(group),
		NULL) ||
	    strcmp(group, "prime256v1") != 0 ||
	    !coordinate(pair, OSSL_PKEY_PARAM_EC_PUB_X, key->x) ||
	    !coordinate(pair, OSSL_PKEY_PARAM_EC_PUB_Y, key->y) || !PEM_write_bio_PUBKEY(out, pair))
		return fail(failure, path, "is no P-256 private key in PEM");
	long size = BIO_get_mem_data(out, &pem);
	key->private_pem = strdup(text);
	key->public_pem = strndup(pem, (size_t)size);
	explicit_bzero(text, sizeof(text));
	thumbprint(key);
	return true;
}

static void destroy(struct keyring *keyring)
{
	for (size_t i = 0; i < keyring->n_signing; i++) {
		struct signing_key *key = &keyring->signing[i];

		if (key->private_pem)
			explicit_bzero(key->private_pem, strlen(key->private_pem));
		free(key->private_pem);
		free(key->public_pem);
	}
	explicit_bzero(keyring, sizeof(*keyring));
	free(keyring);
}

void keyring_release(struct keyring *keyring)
{
	if (keyring && atomic_fetch_sub(&keyring->references, 1) == 1)
		destroy(keyring);
}

/* The n-th name in the directory that begins and ends so, in order of names; "" when there are no more. */
static void list(const char *directory, const char *begin, const char *end,
    char names[KEYRING_MAX][256])
{
	DIR *entries CLEANUP(closedir_cleanup) = opendir(directory);
	struct dirent *entry;
	size_t n = 0;

	while (entries && n < KEYRING_MAX && (entry = readdir(entries))) {
		size_t size = strlen(entry->d_name), tail = strlen(end);

		if (!strncmp(entry->d_name, begin, strlen(begin)) && size > tail &&
		    !strcmp(entry->d_name + size - tail, end))
			snprintf(names[n++], 256, "%s", entry->d_name);
	}
	for (; n < KEYRING_MAX; n++)
		names[n][0] = 0;
}

static bool load_signing(const char *directory, struct keyring *keyring,
    const struct failure *failure)
{
	char names[KEYRING_MAX][256], path[MAX_PATH];
	static const char *const fixed[] = {"token-current.pem", "token-next.pem"};

	for (size_t i = 0; i < 2; i++) {
		join(path, directory, fixed[i]);
		if (!read_signing_key(path, &keyring->signing[keyring->n_signing++], failure))
			return false;
	}
	list(directory, "token-old-", ".pem", names);
	for (size_t i = 0; i < KEYRING_MAX && *names[i] && keyring->n_signing < KEYRING_MAX; i++) {
		join(path, directory, names[i]);
		if (!read_signing_key(path, &keyring->signing[keyring->n_signing++], failure))
			return false;
	}
	return true;
}

static bool load_seals(const char *directory, struct keyring *keyring,
    const struct failure *failure)
{
	char names[KEYRING_MAX][256], path[MAX_PATH];

	list(directory, "seal-", ".key", names);
	for (size_t i = 0; i < KEYRING_MAX && *names[i]; i++) {
		struct seal_key *key = &keyring->seals[keyring->n_seals++];

		key->id = atoi(names[i] + 5);
		join(path, directory, names[i]);
		if (!read_secret(path, key->bytes, failure))
			return false;
		/* The newest stands first: it seals. */
		if (key != keyring->seals && key->id > keyring->seals[0].id) {
			struct seal_key newest = *key;

			*key = keyring->seals[0];
			keyring->seals[0] = newest;
		}
	}
	return keyring->n_seals
		   ? true
		   : fail(failure, directory, "holds no seal-*.key; `ovopd keygen` makes one");
}

struct keyring *keyring_load(const char *directory, char *reterr_why, size_t size)
{
	const struct failure failure = {reterr_why, size};
	struct keyring *keyring = calloc(1, sizeof(*keyring));
	char path[MAX_PATH];

	if (!keyring)
		abort();
	keyring->references = 1;
	bool loaded =
	    load_signing(directory, keyring, &failure) && load_seals(directory, keyring, &failure);
	join(path, directory, "hash.key");
	loaded = loaded && read_secret(path, keyring->hash, &failure);
	join(path, directory, "secret.key");
	loaded = loaded && read_secret(path, keyring->secret, &failure);
	if (loaded)
		return keyring;
	keyring_release(keyring);
	return NULL;
}

struct keyring *keyring_hold(struct service *service)
{
	pthread_mutex_lock(&service->keyring_lock);
	struct keyring *keyring = service->keyring;
	keyring->references++;
	pthread_mutex_unlock(&service->keyring_lock);
	return keyring;
}

bool keyring_reload(struct service *service, char *reterr_why, size_t size)
{
	struct keyring *fresh = keyring_load(service->config.keys_dir, reterr_why, size);

	if (!fresh)
		return false;
	pthread_mutex_lock(&service->keyring_lock);
	struct keyring *old = service->keyring;
	service->keyring = fresh;
	pthread_mutex_unlock(&service->keyring_lock);
	keyring_release(old);
	return true;
}

/* A new file, 0400; one that stands already stays as it is. */
static bool write_file(const char *path, const char *text, size_t text_size,
    const struct failure *failure)
{
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);

	if (file < 0)
		return errno == EEXIST ? true : fail(failure, path, strerror(errno));
	bool written = write(file, text, text_size) == (ssize_t)text_size && fsync(file) == 0;
	close(file);
	if (written)
		return true;
	unlink(path);
	return fail(failure, path, "cannot be written; is the disk full?");
}

static bool make_secret(const char *directory, const char *name, const struct failure *failure)
{
	unsigned char bytes[KEY_BYTES];
	char text[2 * KEY_BYTES + 2], path[MAX_PATH];

	join(path, directory, name);
	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return fail(failure, path, "no random bytes to be had");
	encoding_hex(bytes, sizeof(bytes), text);
	strcat(text, "\n");
	return write_file(path, text, strlen(text), failure);
}

static bool make_pair(const char *directory, const char *name, const struct failure *failure)
{
	char path[MAX_PATH], *pem;
	EVP_PKEY *pair CLEANUP(EVP_PKEY_free_cleanup) = EVP_EC_gen("P-256");
	BIO *out CLEANUP(BIO_free_all_cleanup) = BIO_new(BIO_s_mem());

	join(path, directory, name);
	if (!pair || !PEM_write_bio_PrivateKey(out, pair, NULL, NULL, 0, NULL, NULL))
		return fail(failure, path, "no key could be made");
	long size = BIO_get_mem_data(out, &pem);
	return write_file(path, pem, (size_t)size, failure);
}

/* An old key's file is touched when it retires; its tokens live token_ttl_seconds from then. */
static void drop_expired(const char *directory, long token_ttl_seconds)
{
	char names[KEYRING_MAX][256], path[MAX_PATH];
	struct stat status;

	list(directory, "token-old-", ".pem", names);
	for (size_t i = 0; i < KEYRING_MAX && *names[i]; i++) {
		join(path, directory, names[i]);
		if (!stat(path, &status) &&
		    status.st_mtime + token_ttl_seconds + EXPIRY_SLACK_SECONDS < time(NULL))
			unlink(path);
	}
}

static bool rotate_pairs(const char *directory, long token_ttl_seconds,
    const struct failure *failure)
{
	char current[MAX_PATH], next[MAX_PATH], old[MAX_PATH], name[80];
	struct signing_key key = {0};

	drop_expired(directory, token_ttl_seconds);
	join(current, directory, "token-current.pem");
	join(next, directory, "token-next.pem");
	if (!read_signing_key(current, &key, failure))
		return false;
	snprintf(name, sizeof(name), "token-old-%s.pem", key.kid);
	join(old, directory, name);
	free(key.private_pem);
	free(key.public_pem);
	/* A link first, so that no moment is without a current key that verifies. */
	if ((link(current, old) < 0 && errno != EEXIST) || utimensat(AT_FDCWD, old, NULL, 0) < 0 ||
	    rename(next, current) < 0)
		return fail(failure, directory, strerror(errno));
	return true;
}

bool keyring_generate(const char *directory, bool rotate, long token_ttl_seconds, char *reterr_why,
    size_t size)
{
	const struct failure failure = {reterr_why, size};

	if (mkdir(directory, 0700) < 0 && errno != EEXIST)
		return fail(&failure, directory, strerror(errno));
	if (rotate && !rotate_pairs(directory, token_ttl_seconds, &failure))
		return false;
	return make_pair(directory, "token-current.pem", &failure) &&
	       make_pair(directory, "token-next.pem", &failure) &&
	       make_secret(directory, "seal-1.key", &failure) &&
	       make_secret(directory, "hash.key", &failure) &&
	       make_secret(directory, "secret.key", &failure);
}
