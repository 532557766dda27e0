/* Lines of a request: method, target, If-Match, Accept, Idempotency-Key. */
#include <string.h>

#include "base/encoding.h"
#include "fuzz.h"
#include "http/params.h"

static void check_values(const struct exchange *ex)
{
	for (size_t i = 0; i < ex->operation->n_parameters; i++) {
		const char *value = ex->values[i];
		size_t size = value ? strlen(value) : 0;

		MUST(!value || encoding_utf8_length(value, size) >= 0);
		if (value && ex->operation->parameters[i].schema->type == SCHEMA_ARRAY)
			MUST(size > 2 && value[0] == '{' && value[size - 1] == '}');
	}
	MUST(ex->limit >= 1 && ex->limit <= 200);
	MUST(!ex->after_id); /* no valid cursor exists */
	MUST(!ex->if_match || strspn(ex->if_match, "{}0123456789,") == strlen(ex->if_match));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange lines = {0}, ex;
	const char *method = fuzz_line(&lines, &data, &size);

	fuzz_begin(&ex, method, fuzz_line(&lines, &data, &size));
	ex.request.if_match = fuzz_line(&lines, &data, &size);
	ex.request.accept = fuzz_line(&lines, &data, &size);
	ex.request.idempotency_key = fuzz_line(&lines, &data, &size);
	int status = ex.operation ? params_read(&ex) : ex.status;

	if (!status)
		check_values(&ex);
	if (ex.problem != PROBLEM_NONE || !status)
		fuzz_end(&ex, status);
	else
		exchange_end(&ex); /* OPTIONS */
	arena_free(&lines.arena);
	return 0;
}
