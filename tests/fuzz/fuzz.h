/* Shared by the fuzzers: a service without a database, and the checks that hold at the end of every
 * exchange. */
#pragma once

#include <stdint.h>

#include "base/clock.h"
#include "request/exchange.h"
#include "request/problem.h"
#include "service.h"

extern struct service service;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Stops the run if the condition is false; the fuzzer then keeps the input. */
#define MUST(condition)                   \
	do {                              \
		if (!(condition))         \
			__builtin_trap(); \
	} while (0)

/* Begins an exchange on a path of the small contract and finds its operation. */
void fuzz_begin(struct exchange *ret_ex, const char *method, const char *target);

/* The next line of the input in the exchange's arena, terminated by NUL; "" at the end. */
const char *fuzz_line(struct exchange *ex, const uint8_t **data, size_t *size);

/* Checks that the status fits the problem and that the problem is a JSON document, and ends the
 * exchange. */
void fuzz_end(struct exchange *ex, int status);
