/* Input: three lines. A text that is not a valid cursor, then the key and the id of a row. */
#include <string.h>

#include "fuzz.h"
#include "http/params.h"
#include "reply/cursor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct exchange lines = {0}, ex;
	const char *text = fuzz_line(&lines, &data, &size);
	const char *key = fuzz_line(&lines, &data, &size);
	const char *id = fuzz_line(&lines, &data, &size);

	fuzz_begin(&ex, "GET", "/v1/lanterns?colour=red");
	MUST(params_read(&ex) == 0);
	MUST(!cursor_read(&ex, text));
	for (int null = 0; null < 2 && *id; null++) {
		const char *row_key = null ? NULL : key;

		MUST(cursor_read(&ex, cursor_make(&ex, row_key, id)));
		MUST(!ex.after_key == !row_key && (!row_key || !strcmp(ex.after_key, row_key)));
		MUST(!strcmp(ex.after_id, id));
	}
	fuzz_end(&ex, 0);
	arena_free(&lines.arena);
	return 0;
}
