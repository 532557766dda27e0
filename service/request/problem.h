/* The problems of a request, and their RFC 9457 documents. */
#pragma once

#include "base/json.h"
#include "contract/vocabulary.h"

struct exchange;
struct form;
struct violation;

/* Ends the exchange with a problem; detail may be NULL. Returns the HTTP status, so that a stage
 * can fail in one statement. */
int problem(struct exchange *ex, enum problem_kind kind, const char *detail, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds one broken rule. pointer is a JSON Pointer; pointer, parameter or both may be NULL. code is
 * one of rules.yaml; limit fills its {limit}, or is NULL. Returns the rule, or NULL if there are
 * too many. */
struct violation *problem_note(struct exchange *ex, const char *pointer, const char *parameter,
    const char *code, const char *limit);

/* Other records that a rule or a warning names, as JSON text in the exchange's arena. NULL without
 * any. */
const char *problem_records(struct exchange *ex, const json_t *records);

/* The same, with the sentence of the form that the text does not have; NULL: the sentence of the
 * code. */
struct violation *problem_note_form(struct exchange *ex, const char *pointer, const char *parameter,
    const char *code, const struct form *form);

/* The stable code of a kind; NULL for PROBLEM_NONE. */
const char *problem_code(enum problem_kind kind);

/* The kind of a code that SQL raised; PROBLEM_NONE if there is no such code. */
enum problem_kind problem_kind_of(const char *code);

/* The sentence of a rule in the exchange's language, in its arena. An unknown code is its own
 * sentence. */
const char *problem_sentence(struct exchange *ex, const char *code, const char *limit);

/* Writes the problem as the reply: by RFC 9457, or by RFC 6749 5.2 if the operation takes a
 * form. */
void problem_render(struct exchange *ex);
