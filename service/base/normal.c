#include <stdlib.h>
#include <string.h>

#include <uninorm.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/normal.h"

/* The first byte of U+0300. Every character below is composed; those above begin with this byte or
 * a higher one. */
enum { FIRST_BYTE = 0xcc };

DEFINE_CLEANUP(uint8_t, arena_release);

/* The composed form, or NULL if the text has it already. */
static uint8_t *compose(const char *text, size_t *ret_size)
{
	const unsigned char *c = (const unsigned char *)text;

	while (*c && *c < FIRST_BYTE)
		c++;
	if (!*c)
		return NULL;
	size_t size = strlen(text);
	uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)text, size, NULL, ret_size);
	if (!composed)
		abort(); /* only without memory: the text is valid UTF-8 */
	if (size != *ret_size || memcmp(text, composed, size) != 0)
		return composed;
	arena_release(composed);
	return NULL;
}

const char *normal_text(struct arena *arena, const char *text)
{
	size_t size;
	uint8_t *composed CLEANUP(arena_release_cleanup) = compose(text, &size);

	return composed ? arena_copy(arena, (const char *)composed, size) : text;
}

static bool compose_string(json_t *value)
{
	size_t size;
	uint8_t *composed CLEANUP(arena_release_cleanup) = compose(json_string_value(value), &size);

	if (composed && json_string_setn(value, (const char *)composed, size))
		abort(); /* only without memory */
	return composed != NULL;
}

bool normal_json(json_t *value)
{
	bool changed = json_is_string(value) && compose_string(value);
	const char *name;
	json_t *item;
	size_t i;

	json_object_foreach(value, name, item)
		changed |= normal_json(item);
	json_array_foreach(value, i, item)
		changed |= normal_json(item);
	return changed;
}
