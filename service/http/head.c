#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <microhttpd.h>

#include "http/head.h"
#include "request/exchange.h"
#include "service.h"

/* The headers that the service reads, and whether their lines are joined in their order (RFC 9110
 * 5.3). Two joined request ids are no valid id, so a new one is drawn. Two lines of another header
 * can be read in two ways. */
enum field {
	ACCEPT,
	ACCEPT_LANGUAGE,
	AUTHORIZATION,
	CONTENT_ENCODING,
	CONTENT_LENGTH,
	CONTENT_TYPE,
	FORWARDED_FOR,
	HOST,
	IDEMPOTENCY_KEY,
	IF_MATCH,
	IF_NONE_MATCH,
	ORIGIN,
	PREFLIGHT_METHOD,
	REQUEST_ID,
	TRACEPARENT,
	TRANSFER_ENCODING,
	FIELD__MAX
};

static const struct {
	const char *name;
	bool joined;
} fields[FIELD__MAX] = {
    [ACCEPT] = {"Accept", true},
    [ACCEPT_LANGUAGE] = {"Accept-Language", true},
    [AUTHORIZATION] = {"Authorization", false},
    [CONTENT_ENCODING] = {"Content-Encoding", true},
    [CONTENT_LENGTH] = {"Content-Length", false},
    [CONTENT_TYPE] = {"Content-Type", false},
    [FORWARDED_FOR] = {"X-Forwarded-For", true},
    [HOST] = {"Host", false},
    [IDEMPOTENCY_KEY] = {"Idempotency-Key", false},
    [IF_MATCH] = {"If-Match", true},
    [IF_NONE_MATCH] = {"If-None-Match", true},
    [ORIGIN] = {"Origin", false},
    [PREFLIGHT_METHOD] = {"Access-Control-Request-Method", false},
    [REQUEST_ID] = {"X-Request-Id", true},
    [TRACEPARENT] = {"traceparent", true},
    [TRANSFER_ENCODING] = {"Transfer-Encoding", false},
};

struct head {
	struct exchange *ex;
	const char *values[FIELD__MAX];
	bool malformed;
};

/* RFC 9110 5.1, 5.5: names are tokens; values have no control characters except tabs. */
static bool is_well_formed(const char *name, const char *value)
{
	static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789!#$%&'*+-.^_`|~";

	if (name[strspn(name, token)])
		return false;
	for (const char *c = value; *c; c++)
		if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
			return false;
	return true;
}

static enum MHD_Result take_field(void *context, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct head *head = context;
	struct exchange *ex = head->ex;

	(void)kind;
	value = value ? value : "";
	ex->request.header_bytes += strlen(name) + strlen(value) + 1;
	head->malformed |= !is_well_formed(name, value);
	for (int i = 0; i < FIELD__MAX; i++) {
		const char **first = &head->values[i];

		if (strcasecmp(fields[i].name, name) != 0)
			continue;
		head->malformed |= *first && !fields[i].joined;
		*first = *first ? arena_printf(&ex->arena, "%s, %s", *first, value) : value;
	}
	return MHD_YES;
}

/* RFC 9112 3.2, 6.3: one host, and one way to find the end of the body. libmicrohttpd accepts
 * requests that a proxy in front of it may read in another way. */
static bool is_framed(const struct head *head, const char *version)
{
	const char *host = head->values[HOST], *length = head->values[CONTENT_LENGTH];
	const char *coding = head->values[TRANSFER_ENCODING];

	if (coding && (length || strcasecmp(coding, "chunked") != 0 ||
			  strcmp(version, MHD_HTTP_VERSION_1_1) != 0))
		return false;
	return !(length && length[strspn(length, "0123456789")]) &&
	       !(host && host[strcspn(host, ", \t/@\\")]);
}

/* The peer's address; behind a trusted proxy, the last address that the proxy added. */
static const char *address_of(struct exchange *ex, struct MHD_Connection *connection,
    const char *forwarded)
{
	char *text = arena_alloc(&ex->arena, INET_ADDRSTRLEN);
	const struct sockaddr_in *peer =
	    (const struct sockaddr_in *)(const void *)MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CLIENT_ADDRESS)
		->client_addr;

	if (forwarded && ex->service->config.trust_proxy) {
		const char *last = strrchr(forwarded, ',');

		last = last ? last + 1 : forwarded;
		last += strspn(last, " ");
		if (strlen(last) <= 45 && *last &&
		    strspn(last, "0123456789abcdefABCDEF.:") == strlen(last))
			return arena_text(&ex->arena, last);
	}
	inet_ntop(AF_INET, &peer->sin_addr, text, INET_ADDRSTRLEN);
	return text;
}

void head_read(struct exchange *ex, struct MHD_Connection *connection, const char *method,
    const char *version)
{
	struct head head = {.ex = ex};
	const char **values = head.values;
	struct request *request = &ex->request;

	MHD_get_connection_values(connection, MHD_HEADER_KIND, take_field, &head);
	request->method = method;
	request->address = address_of(ex, connection, values[FORWARDED_FOR]);
	request->accept = values[ACCEPT];
	request->accept_language = values[ACCEPT_LANGUAGE];
	request->authorization = values[AUTHORIZATION];
	request->content_encoding = values[CONTENT_ENCODING];
	request->content_type = values[CONTENT_TYPE];
	request->idempotency_key = values[IDEMPOTENCY_KEY];
	request->if_match = values[IF_MATCH];
	request->if_none_match = values[IF_NONE_MATCH];
	request->origin = values[ORIGIN];
	request->preflight_method = values[PREFLIGHT_METHOD];
	request->request_id = values[REQUEST_ID];
	request->traceparent = values[TRACEPARENT];
	request->malformed = head.malformed || !is_framed(&head, version);
	request->chunked = values[TRANSFER_ENCODING] != NULL;
	request->length = values[CONTENT_LENGTH] ? strtoull(values[CONTENT_LENGTH], NULL, 10) : 0;
}
