#include <stdbool.h>
#include <string.h>

#include <openssl/sha.h>

#include "encoding.h"
#include "etag.h"
#include "exchange.h"
#include "format.h"

enum { DIGEST_BYTES = 12 };

static const char *digest_of(struct exchange *ex)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	char hex[2 * DIGEST_BYTES + 1];

	SHA256((const unsigned char *)ex->reply.data, ex->reply.size, digest);
	encoding_hex(digest, DIGEST_BYTES, hex);
	return arena_printf(&ex->arena, "\"%s\"", hex);
}

/* Weak comparison: whether one of the listed tags is ours. */
static bool listed(const char *header, const char *etag)
{
	size_t size = strlen(etag);

	if (!strcmp(header, "*"))
		return true;
	for (const char *at = strstr(header, etag); at; at = strstr(at + 1, etag))
		if ((at == header || strchr(" ,\t/", at[-1])) &&
		    (!at[size] || strchr(" ,\t", at[size])))
			return true;
	return false;
}

int etag_check(struct exchange *ex)
{
	if (ex->operation->method != METHOD_GET)
		return 0;
	const char *etag = exchange_header_value(ex, "ETag");

	/* A version tells of the record, not of each format that shows it. */
	if (!etag || format_chosen(ex))
		exchange_header(ex, "ETag", etag = digest_of(ex));
	if (!ex->request.if_none_match || !listed(ex->request.if_none_match, etag))
		return 0;
	buffer_free(&ex->reply);
	ex->content_type = NULL;
	return ex->status = 304;
}
