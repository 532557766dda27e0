/* The HTTP server (Ulfius on libmicrohttpd): makes an exchange of a request, and a response
 * of it. */
#pragma once

struct exchange;
struct http;
struct service;

/* The life of a request as the server sees it. */
struct http_stages {
	/* Runs when the head has come: the status that ends the exchange, or 0 to read the body,
	 * of which at most ex->body_limit bytes are kept. */
	int (*admit)(struct exchange *ex);
	/* Runs when the body has come, or at once if admit() ended the exchange. Fills the reply.
	 * NULL: admit() has filled it. */
	void (*answer)(struct exchange *ex);
};

/* Listens on an IPv4 address. Every request becomes an exchange. NULL if it cannot listen, or if
 * this Ulfius cannot be started with a handler of ours before its own. */
struct http *http_open(struct service *service, const char *address, unsigned port,
    struct http_stages stages);

/* Closes the listener; existing connections are still served. */
void http_quiesce(struct http *http);
void http_close(struct http *http);
