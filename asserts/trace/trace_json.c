/* trace_json.c - writes what trace_json.h describes; trace_read.c reads it. */
#include "asserts/trace/trace_json.h"

#include <jansson.h>
#include <string.h>

#include "com/hresult.h"
#include "os/assert.h"

static json_t *code(const struct trace_rec *rec, int32_t hr)
{
    char room[16];

    return json_string(
        hresult_text_in(trace_get_str(rec, KEY_IFACE, NULL), hr, room));
}

static json_t *text(const char *bytes, size_t size)
{
    struct strbuf valid = STRBUF_INIT;
    json_t *json;

    strbuf_add_utf8(&valid, bytes, size);
    json = json_stringn(strbuf_str(&valid), valid.len);
    strbuf_release(&valid);
    return json;
}

static json_t *value(const struct trace_rec *rec, const struct trace_field *f)
{
    switch (f->type) {
    case TRACE_INT:
        return json_integer(f->num);
    case TRACE_HR:
        return f->group == TRACE_SELF
                   ? code(rec, (int32_t)f->num)
                   : json_pack("{s:o}", "hr", code(rec, (int32_t)f->num));
    case TRACE_BOOL:
        return json_boolean(f->num != 0);
    case TRACE_STR:
        return text(f->str, f->len);
    case TRACE_OBJ:
        return json_pack("{s:I}", "object", (json_int_t)f->num);
    case TRACE_UNTOUCHED:
        return json_pack("{s:b}", "untouched", 1);
    default: /* TRACE_NULL */
        return json_null();
    }
}

/* Of two of one name the first counts, as for trace_find. */
static void put(json_t *object, const char *key, json_t *what)
{
    if (json_object_get(object, key))
        json_decref(what);
    else
        json_object_set_new(object, key, what);
}

static void put_params(json_t *line, const struct trace_rec *rec,
                       enum trace_group group, const char *key)
{
    json_t *object = json_object();
    struct strbuf name = STRBUF_INIT;
    struct trace_field f;
    uint32_t cursor = 0;

    while (trace_field_next(rec, &cursor, &f))
        if (f.group == group) {
            strbuf_reset(&name);
            strbuf_add_utf8(&name, f.name, strlen(f.name));
            put(object, strbuf_str(&name), value(rec, &f));
        }
    if (json_object_size(object))
        json_object_set(line, key, object);
    json_decref(object);
    strbuf_release(&name);
}

static json_t *record(const struct trace_rec *rec)
{
    json_t *line = json_object();
    struct trace_field f;
    uint32_t cursor = 0;

    put(line, "seq", json_integer(rec->seq));
    put(line, "time", json_integer((json_int_t)rec->time));
    put(line, "thread", json_integer(rec->thread));
    put(line, "kind",
        json_string(trace_kind_name((enum trace_kind)rec->kind)));
    if (rec->call)
        put(line, "call", json_integer(rec->call));
    if (rec->object)
        put(line, "object", json_integer(rec->object));
    while (trace_field_next(rec, &cursor, &f))
        if (f.group == TRACE_SELF)
            put(line, f.name, value(rec, &f));
    put_params(line, rec, TRACE_IN, "in");
    put_params(line, rec, TRACE_OUT, "out");
    return line;
}

static int append(const char *bytes, size_t size, void *out)
{
    strbuf_add(out, bytes, size);
    return 0;
}

void trace_json_record(struct strbuf *out, const struct trace_rec *rec)
{
    json_t *line = record(rec);

    json_dump_callback(line, append, out, JSON_COMPACT);
    strbuf_addc(out, '\n');
    json_decref(line);
}

bool trace_json_write(FILE *out, const char *base, uint64_t used)
{
    struct strbuf line = STRBUF_INIT;
    const struct trace_rec *rec = trace_first(base, used);

    for (; rec; rec = trace_next(base, used, rec)) {
        strbuf_reset(&line);
        trace_json_record(&line, rec);
        assert(line.len && line.buf[line.len - 1] == '\n');
        fwrite(line.buf, 1, line.len, out);
    }
    strbuf_release(&line);
    return !ferror(out);
}
