/* The compiled contract: constant tables that compile.py writes and the engine interprets. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum schema_type {
	SCHEMA_STRING,
	SCHEMA_INTEGER,
	SCHEMA_NUMBER,
	SCHEMA_BOOLEAN,
	SCHEMA_ARRAY,
	SCHEMA_OBJECT,
};

enum schema_format {
	FORMAT_NONE,
	FORMAT_UUID,
	FORMAT_UUID_V7,
	FORMAT_DATE,
	FORMAT_DATE_TIME,
	FORMAT_URI,
	FORMAT_EMAIL,
	FORMAT_PASSWORD, /* any text, exactly as it was typed */
};

enum letters { LETTERS_AS_THEY_ARE, LETTERS_UPPER, LETTERS_LOWER };

/* Every match of a pattern is replaced; \1 in the replacement stands for the first group. */
struct step {
	const char *pattern, *replacement;
};

/* How people write a text, how it is kept, and what to say about any other. */
struct form {
	const char *name;
	enum letters letters;
	const struct step *steps; /* from one of its spellings to the kept one */
	size_t n_steps;
	const char *sentence[2]; /* by enum language */
};

/* What a mask shows of a sealed member. */
enum mask {
	MASK_NONE,
	MASK_HEAD4, /* 3505************ */
	MASK_PHONE, /* +62812****789 */
	MASK_EMAIL, /* a***@domain */
	MASK_INITIALS, /* S*** R*** */
	MASK_HIDDEN, /* ******** */
};

struct member;

/* The supported subset of JSON Schema; members that a type does not use are 0. */
struct schema {
	enum schema_type type;
	enum schema_format format;
	enum mask mask; /* sealed before SQL sees it */
	const struct form *form; /* or NULL */
	bool nullable;
	bool unique;
	uint32_t min_size, max_size; /* code points, items or members; max 0 = no bound */
	double minimum, maximum; /* of an integer or number; integers are within 2^53 */
	const char *pattern; /* POSIX extended, anchored */
	const char *const *values; /* enum, NULL at the end */
	const struct member *members;
	size_t n_members;
	const struct schema *items;
};

struct member {
	const char *name;
	bool required;
	const struct schema *schema;
};

enum place { PLACE_PATH, PLACE_QUERY };

/* Path parameters come first, in the order of the path. */
struct parameter {
	const char *name;
	enum place place;
	bool required;
	const char *initial; /* default, or NULL */
	const struct schema *schema;
};

enum bind_source {
	BIND_PARAMETER, /* index into the operation's parameters */
	BIND_BODY,
	BIND_CLAIMS,
	BIND_LIMIT,
	BIND_AFTER_KEY,
	BIND_AFTER_ID,
	BIND_COUNT,
	BIND_IF_MATCH,
	BIND_SECRET_HASH,
	BIND_SECRET_DIGEST,
	BIND_REQUEST_ID,
	BIND_NAMED, /* a handler's step: the handler gives the value by name */
};

struct bind {
	enum bind_source source;
	unsigned parameter;
	const char *name;
};

struct statement {
	const char *name; /* operation, or operation.step */
	const char *sql; /* with $1 … in the order of binds, each cast to its type */
	const struct bind *binds;
	size_t n_binds;
};

enum column_kind {
	COLUMN_TEXT, /* quoted: text, uuid, date, decimals declared as strings */
	COLUMN_TIME, /* timestamptz -> RFC 3339 */
	COLUMN_RAW, /* numbers as PostgreSQL prints them */
	COLUMN_BOOL,
	COLUMN_JSON, /* passed through, without blanks between tokens */
	COLUMN_WARNINGS, /* [{pointer, code}] -> with the sentence */
	COLUMN_OPEN, /* cipher text, opened here */
	COLUMN_SECRET, /* the engine's fresh secret, shown once */
};

struct column {
	const char *name;
	enum column_kind kind;
	bool nullable;
};

/* A role that may use the operation, and the scopes it needs. */
struct access {
	unsigned role; /* index into contract_roles */
	const char *const *scopes; /* NULL at the end */
};

enum { MANY_MAX_BINDS = 8 };

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD__MAX };

enum body_kind { BODY_NONE, BODY_JSON, BODY_MERGE_PATCH, BODY_FORM };

/* The queue of a call: reads of one record, lists, slow statements, writes. */
enum lane_name { LANE_POINT, LANE_LIST, LANE_SLOW, LANE_WRITE };

/* The pieces of a page's template: text, values by their format, sections with the pieces
 * inside. */
enum piece_kind {
	PIECE_TEXT,
	PIECE_STRING,
	PIECE_NUMBER,
	PIECE_RUPIAH,
	PIECE_DATE,
	PIECE_WORD, /* of an enum: its word in the page's language */
	PIECE_SECTION, /* for each item, or once if the value is not empty */
	PIECE_INVERTED, /* if the value is empty */
};

struct piece {
	enum piece_kind kind;
	unsigned up; /* the scope of the name: 0 is the innermost */
	const char *text; /* or the name: a.b; "" = the item itself */
	size_t inside; /* the number of following pieces that are inside */
	const char *const *words; /* code, word, …, NULL */
};

enum { PAGE_MAX_DEPTH = 8 }; /* of scopes; the compiler refuses more */

struct page {
	const char *policy; /* Content-Security-Policy */
	struct {
		const struct piece *pieces;
		size_t n;
	} in[2]; /* by enum language */
};

/* The formats beside JSON that the parameter `format` offers. */
struct formats {
	unsigned parameter; /* index of `format` */
	const char *rows; /* the array of the reply that csv and geojson show */
	const char *const *columns; /* csv: the members of a row, NULL at the end */
	const struct page *page; /* html */
};

struct operation {
	const char *id;
	enum method method;
	enum lane_name lane;
	const char *handler; /* NULL: the statement answers */
	const char *limit; /* a rate limit of its own, or NULL */
	const struct access *access; /* none: open to all, runs as role 0 */
	size_t n_access;
	const struct parameter *parameters;
	size_t n_parameters;
	enum body_kind body_kind;
	bool body_required;
	size_t body_limit; /* bytes; 0: the service's limit for all bodies */
	const struct schema *body;
	const char *media; /* of the reply; NULL: application/json */
	const struct formats *formats; /* NULL: JSON only */
	int status; /* of success */
	bool list;
	bool counts; /* a list whose total may be asked for */
	bool about_caller; /* allowed with a one-time password */
	bool ignores_token; /* one comes here to get a valid token, or to learn how */
	bool conditional; /* needs If-Match */
	bool idempotent; /* takes Idempotency-Key */
	bool secret; /* no client or proxy may store the reply */
	const struct column *columns;
	size_t n_columns;
	const struct statement *statement; /* NULL for handlers */
	const struct statement
	    *many; /* reads many records at once, each row with its _key; or NULL */
	size_t key; /* the bind that is the record's id; in many it is an array of ids */
	const struct statement *usual; /* a list's statement for the most common pages, or NULL */
	uint64_t usual_takes; /* the parameters that it can answer, a bit for each index */
	uint64_t usual_needs; /* the parameters that must be given */
	const struct statement *kept; /* the statement, which also keeps its row for a replay */
	const struct statement *replay;
	const struct statement *steps; /* a handler's statements */
	size_t n_steps;
};

struct route {
	const char *const *segments; /* NULL stands for a parameter */
	size_t n_segments;
	const struct operation *by_method[METHOD__MAX];
};

/* A sentence for a violation or warning code; sorted by code. */
struct rule {
	const char *code;
	const char *id; /* Indonesian */
	const char *en;
};

struct migration {
	int number;
	const char *name;
	const char *checksum; /* SHA-256 of the file, hex */
	const char *sql;
};

/* A statement of sql/functions, with its file and line. */
struct object {
	const char *where;
	const char *sql;
};

/* One statement; $1 holds the rows of its CSV as jsonb. It runs again when its checksum changes. */
struct seed {
	const char *name;
	bool sample;
	const char *checksum;
	const char *sql;
	const char *rows; /* JSON array, or NULL */
};

/* A document of the build, served unchanged. */
struct document {
	const char *text;
	size_t size;
	const char *etag;
};

extern const char *const contract_roles[]; /* [0] is public */
extern const char *const contract_scopes[]; /* rights of other systems */
extern const struct route contract_routes[];
extern const struct operation contract_operations[];
extern const struct rule contract_rules[];
extern const struct form contract_forms[];
extern const struct migration contract_migrations[];
extern const struct object contract_procedures[]; /* created before the migrations run */
extern const struct object contract_functions[]; /* and views; created after them */
extern const struct object contract_triggers[];
extern const struct object contract_grants[]; /* and calls of procedures */
extern const char contract_functions_checksum[]; /* SHA-256 of all objects, hex */
extern const char contract_triggers_checksum[]; /* SHA-256 of triggers and their creators */
extern const char *const contract_upgrade; /* SQL that replaces an older chain, or NULL */
extern const struct seed contract_seeds[];
extern const size_t contract_n_roles, contract_n_scopes, contract_n_routes, contract_n_operations,
    contract_n_rules, contract_n_forms, contract_n_migrations, contract_n_procedures,
    contract_n_functions, contract_n_triggers, contract_n_grants, contract_n_seeds;
extern const struct document contract_openapi; /* /openapi.json */
extern const struct document contract_docs, contract_dictionary; /* from docs.py */
