#include <string.h>

#include "db.h"
#include "exchange.h"
#include "health.h"
#include "log.h"
#include "metrics.h"
#include "service.h"

static void say(struct exchange *ex, int status, const char *text)
{
	ex->status = status;
	buffer_puts(&ex->reply, text);
	buffer_puts(&ex->reply, "\n");
}

/* Ready: not going down, the database takes writes, and its schema is ours. */
static void answer_ready(struct exchange *ex)
{
	char why[200] = "";
	int wanted = contract_migrations[contract_n_migrations - 1].number;
	int version =
	    ex->service->draining ? -1 : db_schema_version(ex->service->db, why, sizeof(why));

	if (ex->service->draining)
		say(ex, 503, "draining");
	else if (version < 0)
		say(ex, 503, why);
	else if (version < wanted)
		say(ex, 503, "the schema is older than this binary; run `ovopd migrate`");
	else
		say(ex, 200, "ready");
}

void health_answer(struct exchange *ex)
{
	const char *path = ex->request.target;

	exchange_header(ex, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
	exchange_header(ex, "Cache-Control", "no-store");
	if (!strcmp(path, "/livez")) {
		say(ex, 200, "alive");
	} else if (!strcmp(path, "/readyz")) {
		answer_ready(ex);
	} else if (!strcmp(path, "/metrics")) {
		ex->status = 200;
		metrics_write(ex->service->metrics, &ex->reply);
		db_write_metrics(ex->service->db, &ex->reply);
		buffer_printf(&ex->reply,
		    "# HELP ovop_log_lines_lost_total Lines of the log that could not be written.\n"
		    "# TYPE ovop_log_lines_lost_total counter\n"
		    "ovop_log_lines_lost_total %lu\n",
		    log_lost(ex->service->log));
	} else {
		say(ex, 404, "there are /livez, /readyz and /metrics");
	}
}
