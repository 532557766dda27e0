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

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/encoding.h"
#include "identity/keyring.h"
#include "identity/token_cache.h"
#include "service.h"

DEFINE_CLEANUP(BIO, BIO_free_all);
DEFINE_CLEANUP(EVP_PKEY, EVP_PKEY_free);

enum { MAX_KEY_FILE = 4096, NAME_BYTES = 256, EXPIRY_SLACK_SECONDS = 60 };

/* The open directory of the keys, and the place for the reason if a key is refused. */
struct folder {
	const char *path;
	int file;
	char *why;
	size_t size;
};

static bool fail_file(const struct folder *folder, const char *name, const char *what)
{
	snprintf(folder->why, folder->size, "%s%s%s: %s", folder->path, *name ? "/" : "", name,
	    what);
	return false;
}

static bool folder_open(struct folder *folder)
{
	folder->file = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return folder->file >= 0 ||
	       fail_file(folder, "",
		   errno == ENOENT ? "is missing; `ovopd keygen` makes it" : strerror(errno));
}

/* A key file's text. Only the owner may have access to the file. */
static bool read_file(const struct folder *folder, const char *name, char text[MAX_KEY_FILE])
{
	struct stat status;
	int file = openat(folder->file, name, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return fail_file(folder, name,
		    errno == ENOENT ? "is missing; `ovopd keygen` makes it" : strerror(errno));
	if (fstat(file, &status) < 0 || !S_ISREG(status.st_mode) || status.st_mode & 077) {
		close(file);
		return fail_file(folder, name, "is readable by others; chmod 0400 it");
	}
	ssize_t size = read(file, text, MAX_KEY_FILE - 1);
	close(file);
	if (size <= 0 || size == MAX_KEY_FILE - 1)
		return fail_file(folder, name,
		    "is empty or too long for a key; remove it, and `ovopd keygen` makes a new one");
	text[size] = 0;
	return true;
}

/* 64 hex digits; one byte repeated is refused. */
static bool read_secret(const struct folder *folder, const char *name,
    unsigned char bytes[KEY_BYTES])
{
	char text[MAX_KEY_FILE];
	bool varied = false;

	if (!read_file(folder, name, text))
		return false;
	text[strcspn(text, "\n")] = 0;
	if (strlen(text) != 2 * KEY_BYTES || strspn(text, "0123456789abcdef") != 2 * KEY_BYTES)
		return fail_file(folder, name, "is not 64 hexadecimal digits");
	for (size_t i = 0; i < KEY_BYTES; i++) {
		sscanf(text + 2 * i, "%2hhx", &bytes[i]);
		varied = varied || bytes[i] != bytes[0];
	}
	explicit_bzero(text, sizeof(text));
	return varied || fail_file(folder, name, "is one byte repeated, which is no secret");
}

static void put_base64url(char out[44], const unsigned char bytes[KEY_BYTES])
{
	struct arena arena = {0};

	memcpy(out, encoding_base64url(&arena, bytes, KEY_BYTES), 44);
	arena_free(&arena);
}

static bool coordinate(const EVP_PKEY *key, const char *name, char out[44])
{
	BIGNUM *number = NULL;
	unsigned char bytes[KEY_BYTES];

	if (!EVP_PKEY_get_bn_param(key, name, &number))
		return false;
	bool fits = BN_bn2binpad(number, bytes, sizeof(bytes)) == sizeof(bytes);
	BN_free(number);
	if (fits)
		put_base64url(out, bytes);
	return fits;
}

/* RFC 7638 3: SHA-256 over the required members in order. */
static void thumbprint(struct signing_key *key)
{
	char text[256];
	unsigned char digest[SHA256_DIGEST_LENGTH];
	int size = snprintf(text, sizeof(text),
	    "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}", key->x, key->y);

	SHA256((const unsigned char *)text, (size_t)size, digest);
	put_base64url(key->kid, digest);
}

static bool is_p256(const EVP_PKEY *pair)
{
	char group[32] = "";

	return EVP_PKEY_get_utf8_string_param(pair, OSSL_PKEY_PARAM_GROUP_NAME, group,
		   sizeof(group), NULL) &&
	       !strcmp(group, "prime256v1");
}

static bool read_signing_key(const struct folder *folder, const char *name, struct signing_key *key)
{
	char text[MAX_KEY_FILE], *pem;

	if (!read_file(folder, name, text))
		return false;
	BIO *in CLEANUP(BIO_free_all_cleanup) = BIO_new_mem_buf(text, -1);
	BIO *out CLEANUP(BIO_free_all_cleanup) = BIO_new(BIO_s_mem());
	EVP_PKEY *pair CLEANUP(EVP_PKEY_free_cleanup) =
	    PEM_read_bio_PrivateKey(in, NULL, NULL, NULL);
	if (!pair || !is_p256(pair) || !coordinate(pair, OSSL_PKEY_PARAM_EC_PUB_X, key->x) ||
	    !coordinate(pair, OSSL_PKEY_PARAM_EC_PUB_Y, key->y) || !PEM_write_bio_PUBKEY(out, pair))
		return fail_file(folder, name, "is no P-256 private key in PEM");
	long size = BIO_get_mem_data(out, &pem);
	key->private_pem = strdup(text);
	key->public_pem = strndup(pem, (size_t)size);
	explicit_bzero(text, sizeof(text));
	thumbprint(key);
	return true;
}

static void forget(struct signing_key *key)
{
	arena_release(key->private_pem);
	free(key->public_pem);
}

void keyring_release(struct keyring *keyring)
{
	if (!keyring || atomic_fetch_sub(&keyring->references, 1) > 1)
		return;
	for (size_t i = 0; i < keyring->n_signing; i++)
		forget(&keyring->signing[i]);
	token_cache_close(keyring->tokens);
	explicit_bzero(keyring, sizeof(*keyring));
	free(keyring);
}

/* Fills the names of files with this begin and end; returns their number. */
static size_t list(const struct folder *folder, const char *begin, const char *end,
    char names[KEYRING_MAX][NAME_BYTES])
{
	DIR *entries = opendir(folder->path);
	struct dirent *entry;
	size_t n = 0, tail = strlen(end);

	while (entries && n < KEYRING_MAX && (entry = readdir(entries))) {
		size_t size = strlen(entry->d_name);
		if (size > tail && !strncmp(entry->d_name, begin, strlen(begin)) &&
		    !strcmp(entry->d_name + size - tail, end))
			snprintf(names[n++], sizeof(*names), "%s", entry->d_name);
	}
	if (entries)
		closedir(entries);
	return n;
}

static bool load_signing(const struct folder *folder, struct keyring *keyring)
{
	char names[KEYRING_MAX + 2][NAME_BYTES] = {"token-current.pem", "token-next.pem"};
	size_t n = 2 + list(folder, "token-old-", ".pem", names + 2);

	for (size_t i = 0; i < n && i < KEYRING_MAX; i++)
		if (!read_signing_key(folder, names[i], &keyring->signing[keyring->n_signing++]))
			return false;
	return true;
}

static bool load_seals(const struct folder *folder, struct keyring *keyring)
{
	char names[KEYRING_MAX][NAME_BYTES];
	struct seal_key *first = keyring->seals;

	keyring->n_seals = list(folder, "seal-", ".key", names);
	for (size_t i = 0; i < keyring->n_seals; i++) {
		struct seal_key *key = first + i;
		key->id = atoi(names[i] + 5);
		if (!read_secret(folder, names[i], key->bytes))
			return false;
		/* The newest key seals, so it comes first. */
		if (key->id > first->id) {
			struct seal_key newest = *key;
			*key = *first;
			*first = newest;
		}
	}
	return keyring->n_seals ||
	       fail_file(folder, "", "holds no seal-*.key; `ovopd keygen` makes one");
}

struct keyring *keyring_load(const char *directory, char *reterr_why, size_t size)
{
	struct folder folder = {directory, -1, reterr_why, size};
	struct keyring *keyring = arena_calloc(1, sizeof(*keyring));
	keyring->references = 1;
	keyring->tokens = token_cache_open();
	bool loaded = folder_open(&folder) && load_signing(&folder, keyring) &&
		      load_seals(&folder, keyring) &&
		      read_secret(&folder, "hash.key", keyring->hash) &&
		      read_secret(&folder, "secret.key", keyring->secret);
	if (folder.file >= 0)
		close(folder.file);
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

/* Writes a new file with mode 0400; keeps an existing one. */
static bool write_file(const struct folder *folder, const char *name, const char *text, size_t size)
{
	int file = openat(folder->file, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);

	if (file < 0)
		return errno == EEXIST || fail_file(folder, name, strerror(errno));
	bool written = write(file, text, size) == (ssize_t)size && fsync(file) == 0;
	close(file);
	if (written)
		return true;
	unlinkat(folder->file, name, 0);
	return fail_file(folder, name, "cannot be written; is the disk full?");
}

static bool make_secret_file(const struct folder *folder, const char *name)
{
	unsigned char bytes[KEY_BYTES];
	char text[2 * KEY_BYTES + 2];

	if (RAND_bytes(bytes, sizeof(bytes)) != 1)
		return fail_file(folder, name, "there are no random bytes");
	encoding_hex(bytes, sizeof(bytes), text);
	strcat(text, "\n");
	return write_file(folder, name, text, strlen(text));
}

static bool make_pair_file(const struct folder *folder, const char *name)
{
	char *pem;
	EVP_PKEY *pair CLEANUP(EVP_PKEY_free_cleanup) = EVP_EC_gen("P-256");
	BIO *out CLEANUP(BIO_free_all_cleanup) = BIO_new(BIO_s_mem());

	if (!pair || !PEM_write_bio_PrivateKey(out, pair, NULL, NULL, 0, NULL, NULL))
		return fail_file(folder, name, "the key cannot be made");
	long size = BIO_get_mem_data(out, &pem);
	return write_file(folder, name, pem, (size_t)size);
}

/* Removes old keys whose tokens have expired. The time of a file is the time when its key retired.
 * Returns the number of old keys that remain. */
static size_t drop_expired(const struct folder *folder, long token_ttl_seconds)
{
	char names[KEYRING_MAX][NAME_BYTES];
	struct stat status;
	size_t n = list(folder, "token-old-", ".pem", names), kept = n;

	for (size_t i = 0; i < n; i++)
		if (!fstatat(folder->file, names[i], &status, 0) &&
		    status.st_mtime + token_ttl_seconds + EXPIRY_SLACK_SECONDS < time(NULL))
			kept -= unlinkat(folder->file, names[i], 0) == 0;
	return kept;
}

static bool rotate_pairs(const struct folder *folder, long token_ttl_seconds)
{
	int at = folder->file;
	char old[80];
	struct signing_key key = {0};

	/* There must be room for the current key, the next one and the one that retires now. */
	if (drop_expired(folder, token_ttl_seconds) + 3 > KEYRING_MAX)
		return fail_file(folder, "",
		    "holds as many keys as can be loaded; wait until the tokens of old keys have expired");
	if (!read_signing_key(folder, "token-current.pem", &key))
		return false;
	snprintf(old, sizeof(old), "token-old-%s.pem", key.kid);
	forget(&key);
	/* Link first, so that the current key can be loaded at every moment. */
	if ((linkat(at, "token-current.pem", at, old, 0) < 0 && errno != EEXIST) ||
	    utimensat(at, old, NULL, 0) < 0 ||
	    renameat(at, "token-next.pem", at, "token-current.pem") < 0)
		return fail_file(folder, old, strerror(errno));
	return true;
}

bool keyring_generate(const char *directory, bool rotate, long token_ttl_seconds, char *reterr_why,
    size_t size)
{
	struct folder folder = {directory, -1, reterr_why, size};

	if (mkdir(directory, 0700) < 0 && errno != EEXIST)
		return fail_file(&folder, "", strerror(errno));
	if (!folder_open(&folder))
		return false;
	bool made =
	    (!rotate || rotate_pairs(&folder, token_ttl_seconds)) &&
	    make_pair_file(&folder, "token-current.pem") &&
	    make_pair_file(&folder, "token-next.pem") && make_secret_file(&folder, "seal-1.key") &&
	    make_secret_file(&folder, "hash.key") && make_secret_file(&folder, "secret.key");
	close(folder.file);
	return made;
}
