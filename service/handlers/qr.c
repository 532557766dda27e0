#include <qrencode.h>

#include "base/cleanup.h"
#include "database/call.h"
#include "handlers/qr.h"
#include "handlers/step.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

enum { QUIET_MODULES = 4 };

DEFINE_CLEANUP(QRcode, QRcode_free);

/* One path; each run of dark modules is a rectangle. Scanners need the quiet zone around it. */
static void put_svg(struct buffer *out, const QRcode *code)
{
	int size = code->width + 2 * QUIET_MODULES;

	buffer_printf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\">"
	    "<path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path d=\"",
	    size, size, size, size, size);
	for (int y = 0; y < code->width; y++) {
		const unsigned char *row = code->data + y * code->width;

		for (int x = 0, run; x < code->width; x += run ? run : 1) {
			for (run = 0; x + run < code->width && row[x + run] & 1;)
				run++;
			if (run)
				buffer_printf(out, "M%d %dh%dv1h-%dz", x + QUIET_MODULES,
				    y + QUIET_MODULES, run, run);
		}
	}
	buffer_puts(out, "\"/></svg>\n");
}

int qr_draw(struct exchange *ex, const json_t *body)
{
	const struct parameter *parameter = &ex->operation->parameters[0];
	struct db_reply found CLEANUP(db_reply_free) = {0};

	(void)body;
	int status = step_run(ex, &found, "target", STEP_INPUTS(parameter->name, ex->values[0]));
	if (status)
		return status;
	const char *target = db_value(&found, "target");
	if (!target)
		return problem(ex, PROBLEM_NOT_FOUND, NULL);
	QRcode *code CLEANUP(QRcode_free_cleanup) =
	    QRcode_encodeString8bit(arena_printf(&ex->arena, "%s%s", ex->service->config.issuer,
					target),
		0, QR_ECLEVEL_M);
	if (!code)
		return problem(ex, PROBLEM_INTERNAL, NULL);
	put_svg(&ex->reply, code);
	return handler_finish(ex);
}
