#include <string.h>

#include <openssl/crypto.h>

#include "base/encoding.h"
#include "identity/seal.h"
#include "reply/cursor.h"
#include "request/exchange.h"

enum { MAC_BYTES = 16 };

/* A MAC of the list (the operation and all its parameters) and of the position in it. */
static void sign(struct exchange *ex, const char *position, size_t size, unsigned char mac[32])
{
	struct buffer text = {0};

	buffer_puts(&text, ex->operation->id);
	for (size_t i = 0; i < ex->operation->n_parameters; i++) {
		buffer_put(&text, "\0", 1);
		if (ex->values[i])
			buffer_printf(&text, "=%s", ex->values[i]);
	}
	buffer_put(&text, "\0", 1);
	buffer_put(&text, position, size);
	seal_mac(ex->service, "cursor", text.data, text.size, mac);
	buffer_free(&text);
}

const char *cursor_make(struct exchange *ex, const char *key, const char *id)
{
	size_t key_size = key ? strlen(key) : 0, id_size = strlen(id),
	       size = key_size + id_size + 2;
	unsigned char *bytes = arena_alloc(&ex->arena, size + MAC_BYTES), mac[32];

	/* MAC, a byte that distinguishes a null key from an empty one, key, NUL, id */
	bytes[MAC_BYTES] = key ? 'k' : 'n';
	if (key)
		memcpy(bytes + MAC_BYTES + 1, key, key_size);
	memcpy(bytes + MAC_BYTES + 2 + key_size, id, id_size);
	sign(ex, (const char *)bytes + MAC_BYTES, size, mac);
	memcpy(bytes, mac, MAC_BYTES);
	return encoding_base64url(&ex->arena, bytes, size + MAC_BYTES);
}

bool cursor_read(struct exchange *ex, const char *cursor)
{
	size_t size;
	unsigned char mac[32];
	const unsigned char *bytes =
	    encoding_base64url_decode(&ex->arena, cursor, strlen(cursor), &size);

	if (!bytes || size < MAC_BYTES + 3)
		return false;
	const char *position = (const char *)bytes + MAC_BYTES;
	sign(ex, position, size - MAC_BYTES, mac);
	if (CRYPTO_memcmp(mac, bytes, MAC_BYTES) != 0)
		return false;
	ex->after_key = position[0] == 'k' ? position + 1 : NULL;
	ex->after_id = position + 1 + strlen(position + 1) + 1;
	return true;
}
