#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/sha.h>

#include "base/encoding.h"
#include "reply/etag.h"
#include "request/exchange.h"

enum { DIGEST_BYTES = 12, STAMP_DIGITS = 8 };

/* The record's version, and a stamp of the reply: derived and joined members change without the
 * record. If-Match compares the version only. */
static const char *tag_of(struct exchange *ex)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	char hex[2 * DIGEST_BYTES + 1];

	if (ex->version && (!ex->reply.size || ex->operation->secret))
		return arena_printf(&ex->arena, "\"%s\"", ex->version);
	if (!SHA256((const unsigned char *)ex->reply.data, ex->reply.size, digest))
		abort();
	encoding_hex(digest, DIGEST_BYTES, hex);
	return ex->version ? arena_printf(&ex->arena, "\"%s.%.*s\"", ex->version, STAMP_DIGITS, hex)
			   : arena_printf(&ex->arena, "\"%s\"", hex);
}

/* Whether one of the listed tags is ours, by weak comparison. */
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
	bool get = ex->operation->method == METHOD_GET;
	const char *etag = exchange_header_value(ex, "ETag"); /* a document has one */

	if (!etag && (get || ex->version))
		exchange_header(ex, "ETag", etag = tag_of(ex));
	if (!get || !ex->request.if_none_match || !listed(ex->request.if_none_match, etag))
		return 0;
	buffer_free(&ex->reply);
	ex->content_type = NULL;
	return ex->status = 304;
}
