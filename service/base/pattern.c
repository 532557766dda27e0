#include <pthread.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/pattern.h"

enum { N_SLOTS = 4096, MAX_GROUPS = 10 };

struct slot {
	const char *pattern;
	regex_t regex;
};

struct patterns {
	pthread_mutex_t lock;
	struct slot slots[N_SLOTS];
};

struct patterns *patterns_open(void)
{
	struct patterns *patterns = arena_calloc(1, sizeof(*patterns));
	pthread_mutex_init(&patterns->lock, NULL);
	return patterns;
}

void patterns_close(struct patterns *patterns)
{
	if (!patterns)
		return;
	for (size_t i = 0; i < N_SLOTS; i++)
		if (patterns->slots[i].pattern)
			regfree(&patterns->slots[i].regex);
	pthread_mutex_destroy(&patterns->lock);
	free(patterns);
}

/* The contract holds far fewer patterns than there are slots. A test compiles each of them, so
 * regcomp fails only without memory. */
static const regex_t *compiled(struct patterns *patterns, const char *pattern)
{
	size_t at = ((uintptr_t)pattern >> 3) % N_SLOTS;

	pthread_mutex_lock(&patterns->lock);
	while (patterns->slots[at].pattern && patterns->slots[at].pattern != pattern)
		at = (at + 1) % N_SLOTS;
	struct slot *slot = &patterns->slots[at];
	if (!slot->pattern) {
		if (regcomp(&slot->regex, pattern, REG_EXTENDED) != 0)
			abort();
		slot->pattern = pattern;
	}
	pthread_mutex_unlock(&patterns->lock);
	return &slot->regex;
}

static bool find(const regex_t *regex, const char *text, regmatch_t groups[], size_t n, int flags)
{
	int result = regexec(regex, text, n, groups, flags);

	if (result != 0 && result != REG_NOMATCH) /* no memory */
		abort();
	return result == 0;
}

bool pattern_matches(struct patterns *patterns, const char *pattern, const char *text)
{
	return find(compiled(patterns, pattern), text, NULL, 0, 0);
}

/* Copies the replacement, and the groups of the match that it names. */
static void put_replacement(struct buffer *out, const char *replacement, const char *text,
    const regmatch_t groups[])
{
	for (; *replacement; replacement++) {
		const regmatch_t *group = &groups[replacement[1] ? (replacement[1] - '0') : 0];

		if (*replacement != '\\') {
			buffer_put(out, replacement, 1);
			continue;
		}
		if (group->rm_so >= 0)
			buffer_put(out, text + group->rm_so, (size_t)(group->rm_eo - group->rm_so));
		replacement++;
	}
}

const char *pattern_replace(struct patterns *patterns, struct arena *arena, const char *pattern,
    const char *text, const char *replacement)
{
	const regex_t *regex = compiled(patterns, pattern);
	struct buffer out = {0};
	regmatch_t groups[MAX_GROUPS];
	const char *rest = text;

	/* A match of nothing would not end. */
	while (find(regex, rest, groups, MAX_GROUPS, rest == text ? 0 : REG_NOTBOL) &&
	       groups[0].rm_eo > 0) {
		buffer_put(&out, rest, (size_t)groups[0].rm_so);
		put_replacement(&out, replacement, rest, groups);
		rest += groups[0].rm_eo;
	}
	if (rest == text)
		return text;
	buffer_puts(&out, rest);
	const char *replaced = arena_copy(arena, out.data, out.size);
	buffer_free(&out);
	return replaced;
}
