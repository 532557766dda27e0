/* The HTTP server (Ulfius on libmicrohttpd): bytes in, an exchange through the stages, bytes out. */
#pragma once

struct exchange;
struct http;
struct service;

typedef void http_answer_fn(struct exchange *ex);

/* Listens on an IPv4 address; every request becomes an exchange that `answer` completes. NULL when the port is taken. */
struct http *http_open(struct service *service, const char *address, unsigned port,
    http_answer_fn *answer);

/* Takes no new connection any more; those that stand are still served. */
void http_quiesce(struct http *http);
void http_close(struct http *http);

/* The API: runs the stages, counts and logs. */
void http_answer_api(struct exchange *ex);
