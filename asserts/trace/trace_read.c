/* trace_read.c - reads saved traces; see trace_json.h. */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "asserts/trace/trace_json.h"
#include "base/array.h"
#include "base/printf.h"
#include "com/hresult.h"

/* Own fields that must be numbers; the others may be text, too. */
static bool is_number(enum trace_key key)
{
    static const enum trace_key numbers[] = {
        KEY_SCHEMA, KEY_SEED, KEY_BUILD, KEY_INDEX, KEY_LINE, KEY_COL, KEY_SLOT,
        KEY_COUNT, KEY_LIVE, KEY_BYTES, KEY_BSTRS, KEY_OBJECTS, KEY_ALLOCATIONS,
        KEY_TICKET, KEY_TARGETS, KEY_SELECTED, KEY_ID, KEY_MS, KEY_CODE};

    for (unsigned i = 0; i < ARRAY_SIZE(numbers); i++)
        if (numbers[i] == key)
            return true;
    return false;
}

static bool bad(struct trace_reader *r, const char *format, ...)
    PRINTF_LIKE(2, 3);

static bool bad(struct trace_reader *r, const char *format, ...)
{
    va_list args;

    r->bad = true;
    strbuf_addf(&r->problem, "%s:%lu: ", r->name, r->line);
    va_start(args, format);
    strbuf_vaddf(&r->problem, format, args);
    va_end(args);
    return false;
}

/* A name from the file, fit for a message. */
static const char *shown(const char *name, char *room, size_t size)
{
    size_t n = 0;

    for (; name[n] && n + 1 < size; n++)
        room[n] =
            (unsigned char)name[n] < 0x20 || name[n] == 0x7F ? '?' : name[n];
    room[n] = '\0';
    return room;
}

/* --- values --- */

static bool read_code(const char *name, int32_t *hr)
{
    if (hresult_of(name, hr))
        return true;
    if (strncmp(name, "0x", 2) != 0 || strlen(name) != 10 ||
        strspn(name + 2, "0123456789abcdefABCDEF") != 8)
        return false;
    *hr = (int32_t)(uint32_t)strtoul(name, NULL, 16);
    return true;
}

static bool in_range(const json_t *json, json_int_t least, json_int_t most)
{
    return json_is_integer(json) && json_integer_value(json) >= least &&
           json_integer_value(json) <= most;
}

/* {"hr": ...}, {"object": ...} or {"untouched": true} */
static bool read_boxed(struct trace_reader *r, enum trace_group group,
                       const char *name, json_t *json)
{
    json_t *hr = json_object_get(json, "hr");
    json_t *object = json_object_get(json, "object");
    json_t *untouched = json_object_get(json, "untouched");
    char room[64];
    int32_t number;

    if (json_object_size(json) == 1 && json_is_string(hr) &&
        read_code(json_string_value(hr), &number))
        trace_param(&r->trace, group, name, TRACE_HR, number, NULL);
    else if (json_object_size(json) == 1 && in_range(object, 0, UINT32_MAX))
        trace_param(&r->trace, group, name, TRACE_OBJ,
                    json_integer_value(object), NULL);
    else if (json_object_size(json) == 1 && json_is_true(untouched) &&
             group == TRACE_OUT)
        trace_param(&r->trace, group, name, TRACE_UNTOUCHED, 0, NULL);
    else
        return bad(r,
                   "parameter \"%s\": {\"hr\": NAME or 0xNUMBER}, "
                   "{\"object\": NUMBER} or, for an out-parameter, "
                   "{\"untouched\": true} is allowed",
                   shown(name, room, sizeof(room)));
    return true;
}

static bool read_param(struct trace_reader *r, enum trace_group group,
                       const char *name, json_t *json)
{
    char room[64];

    if (json_is_integer(json))
        trace_param(&r->trace, group, name, TRACE_INT,
                    json_integer_value(json), NULL);
    else if (json_is_boolean(json))
        trace_param(&r->trace, group, name, TRACE_BOOL, json_is_true(json),
                    NULL);
    else if (json_is_string(json))
        trace_param(&r->trace, group, name, TRACE_STR, 0,
                    json_string_value(json));
    else if (json_is_null(json))
        trace_param(&r->trace, group, name, TRACE_NULL, 0, NULL);
    else if (json_is_object(json))
        return read_boxed(r, group, name, json);
    else
        return bad(r,
                   "parameter \"%s\": an integer, true, false, text, null "
                   "or an object is allowed",
                   shown(name, room, sizeof(room)));
    return true;
}

static bool read_params(struct trace_reader *r, enum trace_group group,
                        const char *key, json_t *params)
{
    const char *name;
    json_t *json;

    if (!json_is_object(params))
        return bad(r, "\"%s\": an object of parameters by name is allowed",
                   key);
    if (json_object_size(params) > 1000)
        return bad(r, "\"%s\": up to 1000 parameters are allowed", key);
    json_object_foreach(params, name, json)
        if (!read_param(r, group, name, json))
            return false;
    return true;
}

static bool read_own(struct trace_reader *r, const char *name, json_t *json)
{
    int key = trace_key_of(name);
    char room[64];
    int32_t hr;

    if (key < 0)
        return bad(r, "no key \"%s\": vssim-trace(5) lists those allowed",
                   shown(name, room, sizeof(room)));
    if (trace_json_is_code((enum trace_key)key)) {
        if (!json_is_string(json) || !read_code(json_string_value(json), &hr))
            return bad(r,
                       "\"%s\": the name of an HRESULT or \"0x\" and eight "
                       "digits is allowed",
                       name);
        trace_hr(&r->trace, (enum trace_key)key, hr);
    } else if (json_is_integer(json)) {
        trace_int(&r->trace, (enum trace_key)key, json_integer_value(json));
    } else {
        if (is_number((enum trace_key)key))
            return bad(r, "\"%s\": an integer is allowed", name);
        if (!json_is_string(json) && !json_is_null(json))
            return bad(r, "\"%s\": text is allowed", name);
        trace_str(&r->trace, (enum trace_key)key, json_string_value(json));
    }
    return true;
}

/* --- a record --- */

/* What is the same for all records; the others stay in `line`. */
struct common {
    json_int_t seq, time, thread, call, object;
    int kind;
};

static bool take_number(struct trace_reader *r, json_t *line, const char *key,
                        json_int_t least, json_int_t most, bool required,
                        json_int_t *number)
{
    json_t *json = json_object_get(line, key);

    *number = 0;
    if (!json && !required)
        return true;
    if (!in_range(json, least, most))
        return bad(r, "\"%s\": a number from %lld to %lld is %s", key,
                   (long long)least, (long long)most,
                   json ? "allowed" : "required");
    *number = json_integer_value(json);
    json_object_del(line, key);
    return true;
}

static bool take_common(struct trace_reader *r, json_t *line, struct common *c)
{
    const char *kind = json_string_value(json_object_get(line, "kind"));
    char room[64];

    if (!kind)
        return bad(r, "\"kind\": the name of a record is required");
    c->kind = trace_kind_of(kind);
    if (c->kind < 0)
        return bad(r,
                   "no kind of record \"%s\": vssim-trace(5) lists those "
                   "allowed",
                   shown(kind, room, sizeof(room)));
    json_object_del(line, "kind");
    return take_number(r, line, "seq", 1, UINT32_MAX, true, &c->seq) &&
           take_number(r, line, "time", 0, INT64_MAX, true, &c->time) &&
           take_number(r, line, "thread", 0, UINT32_MAX, true, &c->thread) &&
           take_number(r, line, "call", 1, UINT32_MAX, false, &c->call) &&
           take_number(r, line, "object", 1, UINT32_MAX, false, &c->object);
}

/* A record takes at least 40 bytes of a line, a field at least six, and at most
 * eight times as many in the trace. */
static bool make_room(struct trace_reader *r)
{
    uint64_t need = *r->trace.used + r->text.len * 8;

    if (need <= r->trace.size)
        return true;
    if (need > r->most)
        return bad(r, "the trace is too long: up to %llu MB are allowed",
                   (unsigned long long)(r->most >> 20));
    need = need * 2 > r->most ? r->most : need * 2;
    r->trace.base = xrealloc(r->trace.base, need);
    r->trace.size = need;
    return true;
}

static bool check_schema(struct trace_reader *r, const json_t *line)
{
    const json_t *schema = json_object_get(line, "schema");

    if (json_is_integer(schema) && json_integer_value(schema) == TRACE_SCHEMA)
        return true;
    if (json_is_integer(schema))
        return bad(r, "schema %lld: this vssim reads schema %d",
                   (long long)json_integer_value(schema), TRACE_SCHEMA);
    return bad(r, "\"schema\": the number %d is required in a header",
               TRACE_SCHEMA);
}

static bool read_fields(struct trace_reader *r, json_t *line)
{
    const char *key;
    json_t *json;

    json_object_foreach(line, key, json) {
        bool good =
            strcmp(key, "in") == 0    ? read_params(r, TRACE_IN, key, json)
            : strcmp(key, "out") == 0 ? read_params(r, TRACE_OUT, key, json)
                                      : read_own(r, key, json);

        if (!good)
            return false;
    }
    return true;
}

static bool read_record(struct trace_reader *r, json_t *line,
                        const struct common *c)
{
    if (!make_room(r))
        return false;
    r->trace.seq = (uint32_t)(c->seq - 1);
    trace_begin(&r->trace, (enum trace_kind)c->kind, (uint64_t)c->time,
                (uint32_t)c->thread, (uint32_t)c->call, (uint32_t)c->object);
    if (!read_fields(r, line))
        return false; /* the record stays open and so does not count */
    /* not taken: make_room gives eight times the line, the most it needs */
    if (r->trace.overflow)
        return bad(r, "the record is too large");
    trace_end(&r->trace);
    return true;
}

/* --- lines --- */

static bool is_blank(const struct strbuf *text)
{
    return strspn(strbuf_str(text), " \t\r\n") == text->len;
}

/* False at the end and when the line is bad. */
static bool read_line(struct trace_reader *r)
{
    int c;

    do {
        strbuf_reset(&r->text);
        r->line++;
        while ((c = getc(r->in)) != EOF && c != '\n') {
            if (r->text.len == TRACE_JSON_LINE)
                return bad(r, "the line is too long: up to %u MB are allowed",
                           TRACE_JSON_LINE >> 20);
            strbuf_addc(&r->text, (char)c);
        }
        if (ferror(r->in))
            return bad(r, "cannot read: %s", strerror(errno));
    } while (is_blank(&r->text) && c != EOF);
    if (c != EOF)
        strbuf_addc(&r->text, '\n');
    return !is_blank(&r->text);
}

static json_t *parse_line(struct trace_reader *r)
{
    json_error_t error;
    json_t *line = json_loadb(strbuf_str(&r->text), r->text.len,
                              JSON_REJECT_DUPLICATES, &error);
    char room[120];

    if (line && json_is_object(line))
        return line;
    if (line)
        bad(r, "no record: one JSON object a line is allowed");
    else if (r->text.buf[r->text.len - 1] != '\n')
        bad(r, "the last line is cut off: each line is a whole JSON object");
    else
        bad(r, "not JSON (%s): one JSON object a line is allowed",
            shown(error.text, room, sizeof(room)));
    json_decref(line);
    return NULL;
}

/* Reads the line in `text` into the trace; *next: it is the header of the
 * following one and was left alone. */
static bool take_line(struct trace_reader *r, bool *next)
{
    json_t *line = parse_line(r);
    struct common c;
    bool good = line && take_common(r, line, &c);

    if (good && c.kind != TRACE_HEADER && *r->trace.used == 0)
        good = bad(r, "no header: a trace begins with a record of kind "
                      "\"header\"");
    *next = good && c.kind == TRACE_HEADER && *r->trace.used > 0;
    if (good && !*next)
        good = (c.kind != TRACE_HEADER || check_schema(r, line)) &&
               read_record(r, line, &c);
    json_decref(line);
    return good;
}

void trace_reader_init(struct trace_reader *r, FILE *in, const char *name)
{
    memset(r, 0, sizeof(*r));
    r->in = in;
    r->name = name;
    r->most = TRACE_JSON_SIZE;
}

void trace_reader_release(struct trace_reader *r)
{
    free(r->trace.base);
    strbuf_release(&r->problem);
    strbuf_release(&r->text);
}

enum trace_read trace_reader_next(struct trace_reader *r)
{
    bool next, first = r->line == 0;

    if (r->bad)
        return TRACE_READ_BAD;
    trace_init(&r->trace, r->trace.base, r->trace.size, NULL);
    while (r->pending || read_line(r)) {
        r->pending = false;
        if (!take_line(r, &next))
            return TRACE_READ_BAD;
        if (next) {
            r->pending = true;
            return TRACE_READ_TRACE;
        }
    }
    if (r->bad)
        return TRACE_READ_BAD;
    if (*r->trace.used)
        return TRACE_READ_TRACE;
    if (!first)
        return TRACE_READ_END;
    bad(r, "no trace: one JSON object a line is allowed, the first of kind "
           "\"header\"");
    return TRACE_READ_BAD;
}
