#include <arpa/inet.h>
#include <dlfcn.h>
#include <poll.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>
#include <ulfius.h>

#include "base/clock.h"
#include "http/head.h"
#include "http/http.h"
#include "http/route.h"
#include "request/exchange.h"
#include "service.h"

enum {
	/* also for the reply's head; libmicrohttpd wipes it twice a request */
	CONNECTION_MEMORY_BYTES = ROUTE_MAX_TARGET + ROUTE_MAX_HEADERS + 4096,
	IDLE_SECONDS = 60,
	LINGER_MS = 2000,
	STACK_BYTES = 1024 * 1024, /* the sanitizers need it; only touched pages use memory */
};

struct http {
	struct _u_instance instance;
	struct service *service;
	struct http_stages stages;
	MHD_AccessHandlerCallback ulfius; /* the handler that `receive` passes requests on to */
	MHD_socket listening;
	bool quiesced;
};

static void write_response(struct exchange *ex, struct _u_response *response)
{
	response->status = (unsigned)ex->status;
	for (size_t i = 0; i < ex->n_headers; i++)
		u_map_put(response->map_header, ex->headers[i].name, ex->headers[i].value);
	if (ex->service->draining)
		u_map_put(response->map_header, "Connection", "close");
	/* Ulfius takes the memory instead of copying it. */
	response->binary_body = ex->reply.data;
	response->binary_body_length = ex->reply.size;
	ex->reply = (struct buffer){0};
}

/* What a connection keeps of its current request. If cookies leave no room for a reply,
 * libmicrohttpd closes the connection and does not notify Ulfius: then `unfinished`, Ulfius's
 * request, is freed with the connection. */
struct socket {
	void *unfinished;
	struct exchange *exchange;
	struct buffer body;
	bool refused; /* the reply is sent before the body has come */
};

/* The socket whose request this thread answers. libmicrohttpd gives each connection a thread, and
 * Ulfius passes its callback nothing of the connection. */
static _Thread_local struct socket *answering;

static int answer(const struct _u_request *request, struct _u_response *response, void *user_data)
{
	struct http *http = user_data;
	struct exchange *ex = answering->exchange;

	(void)request;
	http->service->in_flight++;
	ex->request.body = answering->body.data;
	if (http->stages.answer)
		http->stages.answer(ex);
	write_response(ex, response);
	http->service->in_flight--;
	return U_CALLBACK_COMPLETE;
}

static void free_exchange(struct socket *socket)
{
	if (socket->exchange)
		exchange_end(socket->exchange);
	free(socket->exchange);
	buffer_free(&socket->body);
	*socket = (struct socket){0};
}

static void socket_notice(void *context, struct MHD_Connection *connection, void **at,
    enum MHD_ConnectionNotificationCode code)
{
	struct socket *socket = *at;

	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*at = arena_calloc(1, sizeof(*socket));
		return;
	}
	mhd_request_completed(context, connection, &socket->unfinished,
	    MHD_REQUEST_TERMINATED_WITH_ERROR);
	free_exchange(socket);
	free(socket);
}

static struct socket *socket_of(struct MHD_Connection *connection)
{
	return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
	    ->socket_context;
}

/* RFC 9112 9.6: a reply that is sent before the body may be lost if the socket closes with unread
 * bytes. So what the client still sends is read for a moment and dropped. */
static void linger(struct MHD_Connection *connection)
{
	int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	int64_t until_us = clock_us() + LINGER_MS * 1000;
	char dropped[16384];
	ssize_t size = 1;

	shutdown(fd, SHUT_WR);
	while (size > 0 && clock_us() < until_us) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};
		int left_ms = (int)((until_us - clock_us()) / 1000);

		size = poll(&ready, 1, left_ms) > 0 ? recv(fd, dropped, sizeof(dropped), 0) : 0;
	}
}

static void finish_request(void *context, struct MHD_Connection *connection, void **request,
    enum MHD_RequestTerminationCode code)
{
	struct socket *socket = socket_of(connection);

	if (socket->refused && code == MHD_REQUEST_TERMINATED_COMPLETED_OK)
		linger(connection);
	free_exchange(socket);
	mhd_request_completed(context, connection, request, code);
}

/* Ulfius copies the target here, from the connection's memory, and so do we. The query is then cut
 * off, since libmicrohttpd would fill that memory with its parameters. */
static void *take_target(void *context, const char *target, struct MHD_Connection *connection)
{
	struct socket *socket = socket_of(connection);
	struct exchange *ex = arena_calloc(1, sizeof(*ex));
	char *query = strchr((char *)(uintptr_t)target, '?');

	socket->unfinished = ulfius_uri_logger(context, target);
	socket->exchange = ex;
	ex->request.target = arena_text(&ex->arena, target);
	if (query)
		query[1] = 0;
	return socket->unfinished;
}

/* Keeps what an operation may take, and drops the rest. Reads at most as much again, so that a
 * client of chunks still gets its 413. */
static enum MHD_Result take_body(struct socket *socket, const char *bytes, size_t size)
{
	struct exchange *ex = socket->exchange;
	size_t limit = ex->body_limit;

	ex->request.body_size += size;
	if (ex->request.body_size <= limit && ex->operation->body_kind != BODY_NONE)
		buffer_put(&socket->body, bytes, size);
	return ex->request.body_size <= 2 * limit ? MHD_YES : MHD_NO;
}

/* Lets Ulfius call answer(): once for the head, and once for the end of the body. */
static enum MHD_Result pass_on(struct http *http, struct MHD_Connection *connection,
    const char *method, const char *version, void **request)
{
	size_t none = 0;
	void *instance = &http->instance;
	const char *url = "/";

	answering = socket_of(connection);
	return http->ulfius(instance, connection, url, method, version, NULL, &none, request) ==
			   MHD_YES &&
		       http->ulfius(instance, connection, url, method, version, NULL, &none,
			   request) == MHD_YES
		   ? MHD_YES
		   : MHD_NO;
}

/* libmicrohttpd calls this when the head has come, for each piece of the body, and at its end. What
 * the head decides is answered at once; then the body is never read. */
static enum MHD_Result receive(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *bytes, size_t *size, void **request)
{
	struct http *http = context;
	struct socket *socket = socket_of(connection);
	struct exchange *ex = socket->exchange;

	(void)url;
	if (ex->service) {
		size_t taken = *size;

		*size = 0;
		return taken ? take_body(socket, bytes, taken)
			     : pass_on(http, connection, method, version, request);
	}
	ex->service = http->service;
	ex->started_us = clock_us();
	head_read(ex, connection, method, version);
	if (!http->stages.admit(ex))
		return MHD_YES;
	socket->refused = ex->request.length || ex->request.chunked || ex->request.malformed;
	if (socket->refused)
		exchange_header(ex, "Connection", "close");
	return pass_on(http, connection, method, version, request);
}

/* libulfius calls this function instead of libmicrohttpd's: a name in the executable comes before
 * the same name in a library. Ulfius calls nobody when the head has come, and keeps each body
 * whole. So `receive` stands before Ulfius's handler. */
struct MHD_Daemon *MHD_start_daemon(unsigned flags, uint16_t port, MHD_AcceptPolicyCallback accept,
    void *accept_context, MHD_AccessHandlerCallback handler, void *instance, ...)
{
	struct http *http = (struct http *)((char *)instance - offsetof(struct http, instance));
	__typeof__(MHD_start_daemon) *start_daemon;
	struct MHD_OptionItem *options = NULL;
	va_list arguments;

	*(void **)&start_daemon = dlsym(RTLD_NEXT, "MHD_start_daemon");
	va_start(arguments, instance);
	if (va_arg(arguments, enum MHD_OPTION) == MHD_OPTION_ARRAY)
		options = va_arg(arguments, struct MHD_OptionItem *);
	va_end(arguments);
	if (!start_daemon || !options)
		return NULL;
	http->ulfius = handler;
	return start_daemon(flags, port, accept, accept_context, receive, http, MHD_OPTION_ARRAY,
	    options, MHD_OPTION_END);
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
    struct http_stages stages)
{
	struct http *http = arena_calloc(1, sizeof(*http));
	struct sockaddr_in bind_address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port)};

	o_set_alloc_funcs(arena_malloc, arena_realloc, arena_release);
	http->service = service;
	http->stages = stages;
	if (inet_pton(AF_INET, address, &bind_address.sin_addr) != 1 ||
	    ulfius_init_instance(&http->instance, port, &bind_address, NULL) != U_OK) {
		free(http);
		return NULL;
	}
	/* Ulfius's reading of bodies and parameters is not used: it merges, truncates and drops
	 * (see the tests). */
	http->instance.check_utf8 = 0;
	http->instance.allowed_post_processor = U_POST_PROCESS_NONE;
	ulfius_add_endpoint_by_val(&http->instance, "*", NULL, "*", 0, answer, http);
	ulfius_set_default_endpoint(&http->instance, answer, http);
	if (start(http) && http->ulfius)
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
