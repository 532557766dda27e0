#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/cleanup.h"
#include "base/encoding.h"
#include "identity/keyring.h"
#include "identity/seal.h"
#include "request/exchange.h"
#include "service.h"

/* AES-256-GCM (NIST SP 800-38D): cipher = keyid.base64url(nonce, text, tag). The member's name is
 * the additional data, so a cipher opens only in its own member. */
enum { NONCE_BYTES = 12, TAG_BYTES = 16 };

DEFINE_CLEANUP(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free);

static void mac(const unsigned char key[KEY_BYTES], const char *purpose, const void *data,
    size_t size, unsigned char out[32])
{
	struct buffer text = {0};
	unsigned written = 32;

	buffer_put(&text, purpose, strlen(purpose) + 1);
	buffer_put(&text, data, size);
	if (!HMAC(EVP_sha256(), key, KEY_BYTES, (const unsigned char *)text.data, text.size, out,
		&written))
		abort(); /* only without memory: out holds no MAC */
	buffer_free(&text);
}

void seal_mac(struct service *service, const char *purpose, const void *data, size_t size,
    unsigned char out[32])
{
	struct keyring *keyring = keyring_hold(service);

	mac(keyring->secret, purpose, data, size, out);
	keyring_release(keyring);
}

/* Seals or opens in place: sealed holds nonce, text and tag in this order. */
static bool crypt_text(const struct seal_key *key, const char *member, unsigned char *sealed,
    size_t text_size, bool sealing)
{
	unsigned char *text = sealed + NONCE_BYTES, *tag = text + text_size;
	EVP_CIPHER_CTX *context CLEANUP(EVP_CIPHER_CTX_free_cleanup) = EVP_CIPHER_CTX_new();
	int written;

	return context &&
	       EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, sealed, sealing) &&
	       EVP_CipherUpdate(context, NULL, &written, (const unsigned char *)member,
		   (int)strlen(member)) &&
	       EVP_CipherUpdate(context, text, &written, text, (int)text_size) &&
	       (sealing || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag)) &&
	       EVP_CipherFinal_ex(context, tag, &written) > 0 &&
	       (!sealing || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, tag));
}

static const char *encrypt_text(struct arena *arena, const struct seal_key *key, const char *member,
    const char *text)
{
	size_t size = strlen(text);
	unsigned char *sealed = arena_alloc(arena, NONCE_BYTES + size + TAG_BYTES);

	memcpy(sealed + NONCE_BYTES, text, size);
	if (RAND_bytes(sealed, NONCE_BYTES) != 1 || !crypt_text(key, member, sealed, size, true))
		abort(); /* only without memory or random bytes */
	return arena_printf(arena, "%d.%s", key->id,
	    encoding_base64url(arena, sealed, NONCE_BYTES + size + TAG_BYTES));
}

char *seal_open(struct exchange *ex, const char *member, const char *cipher)
{
	const char *dot = strchr(cipher, '.');
	size_t size = 0;
	unsigned char *sealed =
	    dot ? encoding_base64url_decode(&ex->arena, dot + 1, strlen(dot + 1), &size) : NULL;
	char *text = NULL;

	if (!sealed || size < NONCE_BYTES + TAG_BYTES)
		return NULL;
	size -= NONCE_BYTES + TAG_BYTES;
	struct keyring *keyring = keyring_hold(ex->service);
	for (size_t i = 0; i < keyring->n_seals && !text; i++)
		if (keyring->seals[i].id == atoi(cipher) &&
		    crypt_text(&keyring->seals[i], member, sealed, size, false))
			text = arena_copy(&ex->arena, (char *)sealed + NONCE_BYTES, size);
	keyring_release(keyring);
	return text;
}

static char *stars(char *out, size_t n)
{
	memset(out, '*', n);
	return out + n;
}

/* The size of the first character of a UTF-8 text. */
static size_t first_size(const char *text)
{
	size_t size = text[0] != 0;

	while (size && (text[size] & 0xc0) == 0x80)
		size++;
	return size;
}

static void mask_initials(char *out, const char *text)
{
	while (*text) {
		size_t word = strcspn(text, " "), initial = first_size(text);

		out = mempcpy(out, text, word ? initial : 0);
		if (word)
			out = stars(out, 3);
		text += word;
		while (*text == ' ')
			*out++ = *text++;
	}
}

/* The size of an ASCII text, which can be cut anywhere; 0 for any other text. */
static size_t ascii_size(const char *text)
{
	size_t size = 0;

	while ((signed char)text[size] > 0)
		size++;
	return text[size] ? 0 : size;
}

/* A text that is too short, or that cannot be cut, is hidden as a whole. */
static const char *mask(struct arena *arena, enum mask kind, const char *text)
{
	size_t size = strlen(text);
	char *out = arena_alloc(arena, 4 * size + 16);
	const char *at = strchr(text, '@');

	if (kind == MASK_HEAD4 && ascii_size(text) >= 8)
		stars(mempcpy(out, text, 4), size - 4);
	else if (kind == MASK_PHONE && ascii_size(text) >= 13)
		stpcpy(stars(mempcpy(out, text, 6), 4), text + size - 3);
	else if (kind == MASK_EMAIL && at && at > text)
		stpcpy(stars(mempcpy(out, text, first_size(text)), 3), at);
	else if (kind == MASK_INITIALS)
		mask_initials(out, text);
	else
		stars(out, 8);
	return out;
}

static json_t *seal(struct exchange *ex, const struct keyring *keyring, const struct member *member,
    const char *text)
{
	unsigned char digest[32];
	char hash[65];

	mac(keyring->hash, member->name, text, strlen(text), digest);
	encoding_hex(digest, sizeof(digest), hash);
	json_t *sealed = json_pack("{s:s, s:s, s:s}", "cipher",
	    encrypt_text(&ex->arena, &keyring->seals[0], member->name, text), "hash", hash, "mask",
	    mask(&ex->arena, member->schema->mask, text));
	if (!sealed)
		abort(); /* only without memory: the text must not continue in the clear */
	return sealed;
}

void seal_members(struct exchange *ex, const struct schema *schema, json_t *body)
{
	struct keyring *keyring = keyring_hold(ex->service);

	for (size_t i = 0; i < schema->n_members; i++) {
		const struct member *member = &schema->members[i];
		json_t *value = json_object_get(body, member->name);

		if (member->schema->mask && json_is_string(value))
			json_object_set_new(body, member->name,
			    seal(ex, keyring, member, json_string_value(value)));
	}
	keyring_release(keyring);
}
