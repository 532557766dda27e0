/* If the first line is "raw", the rest is a token without a valid signature. Otherwise the lines
 * are a header and a payload, and the service's key signs them. KID and NOW in the input stand for
 * the key's id and a time near now, so that the corpus stays valid. */
#include <string.h>
#include <time.h>

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/encoding.h"
#include "fuzz.h"
#include "identity/keyring.h"
#include "identity/token.h"

static const char *encoded(struct arena *arena, const char *text)
{
	return encoding_base64url(arena, text, strlen(text));
}

static const char *sign(struct arena *arena, const char *text)
{
	BIO *pem = BIO_new_mem_buf(service.keyring->signing[0].private_pem, -1);
	EVP_PKEY *pair = PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char der[100], flat[64];
	const unsigned char *at = der;
	size_t size = sizeof(der);

	MUST(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, pair));
	MUST(EVP_DigestSign(context, der, &size, (const unsigned char *)text, strlen(text)));
	ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &at, (long)size);
	BN_bn2binpad(ECDSA_SIG_get0_r(signature), flat, 32);
	BN_bn2binpad(ECDSA_SIG_get0_s(signature), flat + 32, 32);
	ECDSA_SIG_free(signature);
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pair);
	BIO_free(pem);
	return arena_printf(arena, "%s.%s", text, encoding_base64url(arena, flat, sizeof(flat)));
}

static const char *fill(struct arena *arena, const char *text, const char *word, const char *value)
{
	const char *at = strstr(text, word);

	return at ? arena_printf(arena, "%.*s%s%s", (int)(at - text), text, value,
			at + strlen(word))
		  : text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange ex;
	struct claims claims = {0};

	fuzz_begin(&ex, "GET", "/v1/me");
	const char *header = fuzz_line(&ex, &data, &size);
	bool raw = !strcmp(header, "raw");
	const char *payload = arena_copy(&ex.arena, (const char *)data, size);
	header = fill(&ex.arena, header, "KID", service.keyring->signing[0].kid);
	payload = fill(&ex.arena, payload, "NOW",
	    arena_printf(&ex.arena, "%lld", (long long)time(NULL) + 600));
	const char *token =
	    raw ? payload
		: sign(&ex.arena, arena_printf(&ex.arena, "%s.%s", encoded(&ex.arena, header),
				      encoded(&ex.arena, payload)));
	enum problem_kind kind = token_verify(&ex, token, &claims);
	MUST(kind == PROBLEM_INVALID_TOKEN || !raw);
	MUST(kind == PROBLEM_NONE ? claims.role && encoding_is_uuid(claims.subject)
				  : !claims.role && !claims.authority);
	fuzz_end(&ex, 0);
	return 0;
}
