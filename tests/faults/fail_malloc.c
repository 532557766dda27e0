/* LD_PRELOAD: one of every n calls of malloc, calloc and realloc fails. The file FAIL_MALLOC holds
 * n as an unsigned long and may change at any time. With 0 no call fails. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_ulong calls;
static const volatile unsigned long *every;

__attribute__((constructor)) static void begin(void)
{
	int file = open(getenv("FAIL_MALLOC"), O_RDONLY | O_CLOEXEC);

	every = mmap(NULL, sizeof(*every), PROT_READ, MAP_SHARED, file, 0);
}

static int fails(void)
{
	unsigned long n = every ? *every : 0;

	if (!n || ++calls % n)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	return fails() ? NULL : __libc_realloc(old, size);
}
