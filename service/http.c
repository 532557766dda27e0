#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <microhttpd.h>
#include <ulfius.h>

#include "exchange.h"
#include "http.h"
#include "log.h"
#include "metrics.h"
#include "route.h"
#include "service.h"

enum {
	/* With a reply's head; MHD empties it twice a request. */
	CONNECTION_MEMORY_BYTES = ROUTE_MAX_TARGET + ROUTE_MAX_HEADERS + 4096,
	IDLE_SECONDS = 60,
	STACK_BYTES = 1024 * 1024, /* sanitizers need the room; only touched pages count */
};

struct http {
	struct _u_instance instance;
	struct service *service;
	http_answer_fn *answer;
	MHD_socket listening;
	bool quiesced;
};

/* What the client sent of headers; a field that we read is ambiguous when it stands there in two spellings: Ulfius joins only equal
 * names, so either may be the client's own and the other the proxy's. */
struct head {
	const struct _u_map *fields;
	bool ambiguous;
};

static const char *header(struct head *head, const char *name)
{
	const char *value = NULL;

	for (int i = 0; i < head->fields->nb_values; i++) {
		if (strcasecmp(head->fields->keys[i], name) != 0)
			continue;
		head->ambiguous |= value != NULL;
		value = head->fields->values[i];
	}
	return value;
}

/* RFC 9110 5.1, 5.5: names are tokens, values hold no control characters but tabs. */
static bool is_well_formed(const struct _u_map *fields)
{
	static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789!#$%&'*+-.^_`|~";

	for (int i = 0; i < fields->nb_values; i++) {
		const char *name = fields->keys[i];
		if (name[strspn(name, token)])
			return false;
		for (const char *c = fields->values[i]; *c; c++)
			if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
				return false;
	}
	return true;
}

/* RFC 9112 3.2, 6.3: one host, and one way to tell where the body ends. libmicrohttpd takes what another server, a proxy in front of it
 * for one, may read otherwise. */
static bool is_framed(struct head *head, const char *protocol)
{
	const char *host = header(head, "Host");
	const char *length = header(head, "Content-Length");
	const char *coding = header(head, "Transfer-Encoding");

	if (coding && (length || strcasecmp(coding, "chunked") != 0 ||
			  strcmp(protocol, MHD_HTTP_VERSION_1_1) != 0))
		return false;
	return !(length && length[strspn(length, "0123456789")]) &&
	       !(host && host[strcspn(host, ", \t/@\\")]);
}

/* The peer, or behind a proxy that we trust the last address it has added. */
static const char *address_of(struct exchange *ex, const struct _u_request *request,
    const char *forwarded)
{
	char *text = arena_alloc(&ex->arena, INET_ADDRSTRLEN);
	const struct sockaddr_in *peer =
	    (const struct sockaddr_in *)(const void *)request->client_address;

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

static size_t header_bytes(const struct _u_map *fields)
{
	size_t size = 0;

	for (int i = 0; i < fields->nb_values; i++)
		size += strlen(fields->keys[i]) + fields->lengths[i];
	return size;
}

static void read_request(struct exchange *ex, const struct _u_request *request)
{
	struct head head = {.fields = request->map_header};

	ex->request = (struct request){
	    .method = request->http_verb,
	    .target = request->http_url,
	    .address = address_of(ex, request, header(&head, "X-Forwarded-For")),
	    .body = request->binary_body,
	    .body_size = request->binary_body_length,
	    .header_bytes = header_bytes(head.fields),
	    .accept = header(&head, "Accept"),
	    .accept_language = header(&head, "Accept-Language"),
	    .authorization = header(&head, "Authorization"),
	    .content_type = header(&head, "Content-Type"),
	    .if_match = header(&head, "If-Match"),
	    .if_none_match = header(&head, "If-None-Match"),
	    .idempotency_key = header(&head, "Idempotency-Key"),
	    .origin = header(&head, "Origin"),
	    .preflight_method = header(&head, "Access-Control-Request-Method"),
	    .request_id = header(&head, "X-Request-Id"),
	    .traceparent = header(&head, "traceparent"),
	};
	ex->request.malformed = !is_well_formed(head.fields) ||
				!is_framed(&head, request->http_protocol) || head.ambiguous;
}

static void write_response(struct exchange *ex, struct _u_response *response)
{
	response->status = (unsigned)ex->status;
	for (size_t i = 0; i < ex->n_headers; i++)
		u_map_put(response->map_header, ex->headers[i].name, ex->headers[i].value);
	if (ex->service->draining)
		u_map_put(response->map_header, "Connection", "close");
	/* Ulfius frees what it would else make a copy of. */
	response->binary_body = ex->reply.data;
	response->binary_body_length = ex->reply.size;
	ex->reply = (struct buffer){0};
}

static int answer(const struct _u_request *request, struct _u_response *response, void *user_data)
{
	struct http *http = user_data;
	struct exchange ex = {.service = http->service, .started_us = service_clock_us()};

	http->service->in_flight++;
	read_request(&ex, request);
	http->answer(&ex);
	write_response(&ex, response);
	exchange_end(&ex);
	http->service->in_flight--;
	return U_CALLBACK_COMPLETE;
}

void http_answer_api(struct exchange *ex)
{
	exchange_run(ex);
	long duration = (long)(service_clock_us() - ex->started_us);
	metrics_count(ex->service->metrics, ex, duration);
	if (ex->fault)
		log_event(ex->service->log, LOG_ERROR, "fault", "%s %s: %s", ex->id,
		    ex->operation->id, ex->fault);
	log_exchange(ex->service->log, ex, duration);
}

/* The request that Ulfius made for a target and has not cleaned: libmicrohttpd closes without a word to it when a request's cookies leave
 * no room for its own answer, so the connection remembers. */
struct socket {
	void *unfinished;
};

static void socket_notice(void *context, struct MHD_Connection *connection, void **socket,
    enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*socket = arena_calloc(1, sizeof(struct socket));
		return;
	}
	mhd_request_completed(context, connection, &((struct socket *)*socket)->unfinished,
	    MHD_REQUEST_TERMINATED_WITH_ERROR);
	free(*socket);
}

static struct socket *socket_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

static void finish_request(void *context, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode code)
{
	socket_of(connection)->unfinished = NULL;
	mhd_request_completed(context, connection, request, code);
}

/* Ulfius copies the target here, from the connection's own memory. What stands behind its '?' is cut off then: our reader of the copy
 * is the only one (see the tests), and what libmicrohttpd would make of each parameter fills that memory. */
static void *take_target(void *context, const char *target, struct MHD_Connection *connection)
{
	void *copied = ulfius_uri_logger(context, target);
	char *query = strchr((char *)(uintptr_t)target, '?');

	if (query)
		query[1] = 0;
	socket_of(connection)->unfinished = copied;
	return copied;
}

static bool start(struct http *http)
{
	const struct config *config = &http->service->config;
	struct MHD_OptionItem options[] = {
	    {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)finish_request, NULL},
	    {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)socket_notice, NULL},
	    {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)take_target, NULL},
	    {MHD_OPTION_SOCK_ADDR, 0, http->instance.bind_address},
	    {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)config->max_clients, NULL},
	    {MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, NULL},
	    {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY_BYTES, NULL},
	    {MHD_OPTION_THREAD_STACK_SIZE, STACK_BYTES, NULL},
	    {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
	    {MHD_OPTION_END, 0, NULL},
	};

	return ulfius_start_framework_with_mhd_options(&http->instance,
		   MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
		       MHD_USE_ITC,
		   options) == U_OK;
}

struct http *http_open(struct service *service, const char *address, unsigned port,
    http_answer_fn *answer_fn)
{
	struct http *http = arena_calloc(1, sizeof(*http));
	struct sockaddr_in bind_address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port)};

	o_set_alloc_funcs(arena_malloc, arena_realloc, arena_release);
	http->service = service;
	http->answer = answer_fn;
	if (inet_pton(AF_INET, address, &bind_address.sin_addr) != 1 ||
	    ulfius_init_instance(&http->instance, port, &bind_address, NULL) != U_OK) {
		free(http);
		return NULL;
	}
	/* Ulfius's own reading of bodies and parameters is not used: it merges, truncates and drops (see the tests). */
	http->instance.check_utf8 = 0;
	http->instance.allowed_post_processor = U_POST_PROCESS_NONE;
	http->instance.max_post_body_size = (size_t)service->config.max_body_bytes + 1;
	ulfius_add_endpoint_by_val(&http->instance, "*", NULL, "*", 0, answer, http);
	ulfius_set_default_endpoint(&http->instance, answer, http);
	if (start(http))
		return http;
	ulfius_clean_instance(&http->instance);
	free(http);
	return NULL;
}

void http_quiesce(struct http *http)
{
	http->listening = MHD_quiesce_daemon(http->instance.mhd_daemon);
	http->quiesced = http->listening != MHD_INVALID_SOCKET;
}

void http_close(struct http *http)
{
	if (!http)
		return;
	ulfius_stop_framework(&http->instance);
	if (http->quiesced)
		close(http->listening);
	ulfius_clean_instance(&http->instance);
	free(http);
}
