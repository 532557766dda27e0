#include <string.h>

#include "database/db.h"
#include "http/health.h"
#include "operating/log.h"
#include "operating/metrics.h"
#include "request/exchange.h"
#include "service.h"

static void say(struct exchange *ex, int status, const char *text)
{
	ex->status = status;
	buffer_puts(&ex->reply, text);
	buffer_puts(&ex->reply, "\n");
}

/* Ready: the service is not draining, the database accepts writes, and its schema is not older than
 * this binary. If its functions are those of another build, that build migrated while this one
 * runs. This one stays ready. */
static void answer_ready(struct exchange *ex)
{
	char why[200] = "";
	int wanted = contract_migrations[contract_n_migrations - 1].number;
	struct db_schema schema;

	if (ex->service->draining)
		say(ex, 503, "draining");
	else if (!db_read_schema(ex->service->db, &schema, why, sizeof(why)))
		say(ex, 503, why);
	else if (schema.version < wanted)
		say(ex, 503, "the schema is older than this binary; run `ovopd migrate`");
	else if (schema.version == wanted &&
		 strcmp(schema.functions, contract_functions_checksum) != 0)
		say(ex, 200, "ready; the database has the functions of another build");
	else
		say(ex, 200, "ready");
}

int health_answer(struct exchange *ex)
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
	return ex->status;
}
