#include <pthread.h>
#include <regex.h>
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "pattern.h"

enum { N_SLOTS = 4096 };

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

/* The contract holds far fewer patterns than there are slots; the compiler's tests compile each, so regcomp cannot fail here. */
static const regex_t *find(struct patterns *patterns, const char *pattern)
{
	size_t at = ((uintptr_t)pattern >> 3) % N_SLOTS;

	pthread_mutex_lock(&patterns->lock);
	while (patterns->slots[at].pattern && patterns->slots[at].pattern != pattern)
		at = (at + 1) % N_SLOTS;
	struct slot *slot = &patterns->slots[at];
	if (!slot->pattern) {
		if (regcomp(&slot->regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
			abort();
		slot->pattern = pattern;
	}
	pthread_mutex_unlock(&patterns->lock);
	return &slot->regex;
}

bool pattern_matches(struct patterns *patterns, const char *pattern, const char *text)
{
	int told = regexec(find(patterns, pattern), text, 0, NULL, 0);

	if (told != 0 && told != REG_NOMATCH) /* it got no memory */
		abort();
	return told == 0;
}
