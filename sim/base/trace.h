/*
 * trace.h - everything that happened, as records in one flat buffer.
 *
 * The trace is the boundary between playing and judging: the player writes
 * it, asserts/ reads it and nothing else. The buffer holds no pointers, so it
 * may lie in memory shared between processes, and a reader may look at it
 * when the writer has died: `used` grows only when a record is complete.
 *
 * A record is a header and typed fields. Fields have a key from trace.def or,
 * for arguments and out-parameters, the name of the parameter.
 */
#ifndef BASE_TRACE_H
#define BASE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_SCHEMA 1

enum trace_kind {
#define TRACE_KIND(id, name, text) TRACE_##id,
#include "trace.def"
    TRACE_KIND_COUNT
};

enum trace_key {
#define TRACE_KEY(id, name, text) KEY_##id,
#include "trace.def"
    TRACE_KEY_COUNT
};

enum trace_type {
    TRACE_INT,  /* int64_t */
    TRACE_HR,   /* HRESULT, shown by name */
    TRACE_BOOL,
    TRACE_STR,  /* UTF-8: text, GUIDs, names of enumeration values */
    TRACE_NULL, /* a NULL pointer or string */
    TRACE_OBJ,  /* number of an object */
    TRACE_UNTOUCHED /* an out-parameter that the subject did not write */
};

enum trace_group {
    TRACE_SELF, /* has a key */
    TRACE_IN,   /* an argument */
    TRACE_OUT   /* an out-parameter after the call */
};

struct trace_rec;

struct trace {
    char *base; /* `size` bytes, 8-byte aligned */
    uint64_t size;
    volatile uint64_t *used; /* complete records; may be in shared memory */
    uint64_t open;           /* bytes of the record being written */
    uint32_t seq;
    bool off;      /* nothing is recorded */
    bool overflow; /* the buffer was too small; records were dropped */
    /* When set, takes each record as it is completed, and the buffer is used
     * again: a program's trace goes to its file at once. */
    void (*sink)(void *context, const struct trace_rec *rec);
    void *sink_context;
    uint64_t own_used;
};

struct trace_rec { /* followed by fields; size is a multiple of 8 */
    uint32_t size;
    uint16_t kind;
    uint16_t n_fields;
    uint64_t time; /* virtual ms */
    uint32_t seq;  /* from 1 */
    uint32_t thread;
    uint32_t call;   /* 0: none */
    uint32_t object; /* 0: none */
};

struct trace_field { /* a decoded field */
    enum trace_group group;
    enum trace_type type;
    enum trace_key key;
    const char *name; /* of the key or parameter; never NULL */
    int64_t num;      /* INT, HR, BOOL, OBJ */
    const char *str;  /* STR: NUL-terminated, points into the trace */
    uint32_t len;
};

/* --- writing. One record at a time: begin, put ..., end. --- */
void trace_init(struct trace *t, void *buffer, uint64_t size,
                volatile uint64_t *used);
void trace_begin(struct trace *t, enum trace_kind kind, uint64_t time,
                 uint32_t thread, uint32_t call, uint32_t object);
void trace_int(struct trace *t, enum trace_key key, int64_t value);
void trace_hr(struct trace *t, enum trace_key key, int32_t value);
void trace_str(struct trace *t, enum trace_key key, const char *value);
void trace_obj(struct trace *t, enum trace_key key, uint32_t value);
/* An argument or out-parameter. For STR pass text, else num. */
void trace_param(struct trace *t, enum trace_group group, const char *name,
                 enum trace_type type, int64_t num, const char *text);
/* A decoded field, as it stands in another record. */
void trace_put(struct trace *t, const struct trace_field *field);
void trace_end(struct trace *t);

/* --- reading --- */
/* The first record, or NULL; then the one after `rec`, or NULL. */
const struct trace_rec *trace_first(const char *base, uint64_t used);
const struct trace_rec *trace_next(const char *base, uint64_t used,
                                   const struct trace_rec *rec);
/* Walks the fields: *cursor starts at 0; false after the last. */
bool trace_field_next(const struct trace_rec *rec, uint32_t *cursor,
                      struct trace_field *field);
bool trace_find(const struct trace_rec *rec, enum trace_key key,
                struct trace_field *field);
bool trace_find_param(const struct trace_rec *rec, enum trace_group group,
                      const char *name, struct trace_field *field);
int64_t trace_get_int(const struct trace_rec *rec, enum trace_key key,
                      int64_t otherwise);
/* `otherwise` (may be NULL) when the field is absent or no string. */
const char *trace_get_str(const struct trace_rec *rec, enum trace_key key,
                          const char *otherwise);

const char *trace_kind_name(enum trace_kind kind);
const char *trace_key_name(enum trace_key key);
int trace_kind_of(const char *name); /* -1 when unknown */
int trace_key_of(const char *name);  /* -1 when unknown */

#endif
