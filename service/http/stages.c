#include "http/stages.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/operation.h"
#include "http/params.h"
#include "http/route.h"
#include "identity/auth.h"
#include "identity/limit.h"
#include "operating/log.h"
#include "operating/metrics.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

typedef int stage_fn(struct exchange *ex);

/* The life of a request. A stage returns 0 to go on, or the status that ends the exchange. The
 * first stages run when the head has come, so that a refused body is never read. */
static stage_fn *const on_head[] = {
    route_match, /* url -> operation, CORS */
    auth_count, /* token -> claims; may this caller ask again? */
    route_find, /* is there such an operation? path -> values */
    auth_check, /* may this role use it? */
    params_read, /* path, query, headers -> values */
    body_admit, /* may a body of this length and type come? */
};
static stage_fn *const on_body[] = {
    body_read, /* bytes -> checked JSON */
    operation_run, /* values -> rows -> reply */
};

static const char *cache_control(const struct exchange *ex)
{
	const struct operation *operation = ex->operation;

	if (ex->problem != PROBLEM_NONE || !operation || operation->secret ||
	    operation->body_kind == BODY_FORM)
		return "no-store";
	if (operation->method == METHOD_GET && !operation->n_access)
		return "public, max-age=60";
	return "private, no-cache";
}

static void add_common_headers(struct exchange *ex)
{
	if (!exchange_header_value(ex, "Cache-Control") || ex->problem != PROBLEM_NONE)
		exchange_header(ex, "Cache-Control", cache_control(ex));
	exchange_header(ex, "X-Request-Id", exchange_public_id(ex));
	exchange_header(ex, "X-Content-Type-Options", "nosniff");
	exchange_header(ex, "Vary", "Accept-Language");
	if (ex->operation && ex->operation->n_access)
		exchange_header(ex, "Vary", "Authorization");
	if (ex->content_type)
		exchange_header(ex, "Content-Type", ex->content_type);
	if (ex->content_type && !exchange_header_value(ex, "Content-Language"))
		exchange_header(ex, "Content-Language", ex->language == LANGUAGE_EN ? "en" : "id");
}

static int run(struct exchange *ex, stage_fn *const *stages, size_t n)
{
	int status = 0;

	for (size_t i = 0; !status && i < n; i++)
		status = stages[i](ex);
	return status;
}

int stages_admit(struct exchange *ex)
{
	exchange_begin(ex);
	int status = run(ex, on_head, sizeof(on_head) / sizeof(on_head[0]));
	ex->admitted_us = clock_us();
	return status;
}

void stages_finish(struct exchange *ex)
{
	/* The time in which the client sent its body is not the service's. */
	ex->started_us += clock_us() - ex->admitted_us;
	if (!ex->status)
		run(ex, on_body, sizeof(on_body) / sizeof(on_body[0]));
	limit_charge(ex);
	if (ex->problem)
		problem_render(ex);
	add_common_headers(ex);
}

void stages_log(const struct exchange *ex, long duration_us)
{
	/* The address of a caller without a token is logged for writes only. */
	bool writes = ex->operation && ex->operation->lane == LANE_WRITE;
	bool traced = ex->claims.subject || writes;

	log_exchange(ex->service->log, &(const struct log_exchange){
					   .request_id = ex->id,
					   .client_request_id = ex->client_id,
					   .trace_id = ex->trace,
					   .operation = ex->operation ? ex->operation->id : NULL,
					   .status = ex->status,
					   .duration_us = duration_us,
					   .bytes = ex->reply.size,
					   .role = contract_roles[ex->claims.role],
					   .subject = ex->claims.subject,
					   .address = traced ? ex->request.address : NULL,
					   .problem = problem_code(ex->problem),
				       });
}

void stages_answer(struct exchange *ex)
{
	stages_finish(ex);
	long duration_us = (long)(clock_us() - ex->started_us);
	metrics_count(ex->service->metrics, ex->operation, ex->status, duration_us);
	if (ex->fault)
		log_event(ex->service->log, LOG_ERROR, "fault", "%s %s: %s", ex->id,
		    ex->operation->id, ex->fault);
	stages_log(ex, duration_us);
}
