/* Time: a clock that never steps back, and the local time zone. */
#pragma once

#include <stdint.h>

enum { CLOCK_LOCAL_SECONDS = 7 * 3600 }; /* Western Indonesian Time is ahead of UTC, all year */

/* Microseconds since some fixed moment. */
int64_t clock_us(void);
