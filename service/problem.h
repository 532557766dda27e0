/* Every way a request can fail, and its RFC 9457 document. */
#pragma once

struct exchange;

/* name, status, code, title in Indonesian, title in English */
#define PROBLEMS(X)                                                                                \
	X(MALFORMED_JSON, 400, "malformed_json", "JSON rusak", "Malformed JSON")                   \
	X(MALFORMED_REQUEST, 400, "malformed_request", "Permintaan rusak", "Malformed request")    \
	X(INVALID_PARAMETER, 400, "invalid_parameter", "Parameter tidak valid",                    \
	    "Invalid parameter")                                                                   \
	X(UNKNOWN_PARAMETER, 400, "unknown_parameter", "Parameter tidak dikenal",                  \
	    "Unknown parameter")                                                                   \
	X(DUPLICATE_PARAMETER, 400, "duplicate_parameter", "Parameter berulang",                   \
	    "Repeated parameter")                                                                  \
	X(INVALID_CURSOR, 400, "invalid_cursor", "Kursor tidak valid", "Invalid cursor")           \
	X(INVALID_ENCODING, 400, "invalid_encoding", "Pengodean tidak valid", "Invalid encoding")  \
	X(UNAUTHENTICATED, 401, "unauthenticated", "Perlu masuk dahulu", "Login needed")           \
	X(INVALID_TOKEN, 401, "invalid_token", "Token tidak valid", "Invalid token")               \
	X(TOKEN_EXPIRED, 401, "token_expired", "Token kedaluwarsa", "Token expired")               \
	X(INVALID_CREDENTIALS, 401, "invalid_credentials", "Kredensial salah",                     \
	    "Wrong credentials")                                                                   \
	X(FORBIDDEN, 403, "forbidden", "Tidak diizinkan", "Not allowed")                           \
	X(INSUFFICIENT_SCOPE, 403, "insufficient_scope", "Cakupan token tidak cukup",              \
	    "Token lacks the scope")                                                               \
	X(PASSWORD_CHANGE_REQUIRED, 403, "password_change_required", "Kata sandi harus diganti",   \
	    "Change the password")                                                                 \
	X(NOT_FOUND, 404, "not_found", "Tidak ditemukan", "Not found")                             \
	X(METHOD_NOT_ALLOWED, 405, "method_not_allowed", "Metode tidak tersedia",                  \
	    "Method not allowed")                                                                  \
	X(NOT_ACCEPTABLE, 406, "not_acceptable", "Bentuk balasan tidak tersedia",                  \
	    "Not acceptable")                                                                      \
	X(DUPLICATE, 409, "duplicate", "Sudah terdaftar", "Already registered")                    \
	X(STATE_CONFLICT, 409, "state_conflict", "Tidak sesuai dengan status",                     \
	    "Conflicts with the state")                                                            \
	X(IDEMPOTENCY_IN_FLIGHT, 409, "idempotency_in_flight", "Permintaan sama masih berjalan",   \
	    "Still running")                                                                       \
	X(VERSION_MISMATCH, 412, "version_mismatch", "Versi sudah berubah",                        \
	    "The version has changed")                                                             \
	X(PAYLOAD_TOO_LARGE, 413, "payload_too_large", "Isi terlalu besar", "Body too large")      \
	X(URI_TOO_LONG, 414, "uri_too_long", "Alamat terlalu panjang", "Address too long")         \
	X(UNSUPPORTED_MEDIA_TYPE, 415, "unsupported_media_type", "Jenis isi tidak didukung",       \
	    "Unsupported media type")                                                              \
	X(VALIDATION_FAILED, 422, "validation_failed", "Isian tidak valid", "Validation failed")   \
	X(IDEMPOTENCY_KEY_REUSED, 422, "idempotency_key_reused", "Kunci sudah dipakai",            \
	    "Key used before")                                                                     \
	X(PRECONDITION_REQUIRED, 428, "precondition_required", "If-Match wajib ada",               \
	    "If-Match needed")                                                                     \
	X(RATE_LIMITED, 429, "rate_limited", "Terlalu banyak permintaan", "Too many requests")     \
	X(HEADERS_TOO_LARGE, 431, "headers_too_large", "Tajuk terlalu besar", "Headers too large") \
	X(INTERNAL, 500, "internal", "Galat internal", "Internal error")                           \
	X(NOT_IMPLEMENTED, 501, "not_implemented", "Metode tidak dikenal", "Unknown method")       \
	X(DATABASE_UNAVAILABLE, 503, "database_unavailable", "Basis data tidak tersedia",          \
	    "Database unavailable")                                                                \
	X(OVERLOADED, 503, "overloaded", "Layanan sedang penuh", "Overloaded")                     \
	X(OUTCOME_UNKNOWN, 503, "outcome_unknown", "Hasil belum pasti", "Outcome unknown")         \
	X(TIMEOUT, 504, "timeout", "Waktu habis", "Timed out")

enum problem_kind {
#define X(name, status, code, id, en) PROBLEM_##name,
	PROBLEMS(X)
#undef X
	    PROBLEM__MAX,
};

/* Ends the exchange with a problem; detail may be NULL. Returns its HTTP status, so that a stage fails in one statement. */
int problem(struct exchange *ex, enum problem_kind kind, const char *detail, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds one broken rule. pointer (JSON Pointer) or parameter or both are NULL; code is a rule's, limit fills {limit} or is NULL. */
void problem_note(struct exchange *ex, const char *pointer, const char *parameter, const char *code,
    const char *limit);

/* The stable code of a kind. */
const char *problem_code(enum problem_kind kind);

/* The kind of a code that SQL raised, or PROBLEM__MAX. */
enum problem_kind problem_kind_of(const char *code);

/* The sentence of a rule in the exchange's language, in its arena; the code itself where there is no such rule. */
const char *problem_sentence(struct exchange *ex, const char *code, const char *limit);

/* Writes the problem as the reply: RFC 9457, or RFC 6749 5.2 where a client sent a form. */
void problem_render(struct exchange *ex);
