/* trace.c - see trace.h. */
#include "base/trace.h"

#include <string.h>

#include "base/array.h"
#include "os/assert.h"

/* What lies in the buffer for one field; the name (for parameters) and the
 * string follow, both NUL-terminated, padded to 8 bytes. */
struct raw_field {
    uint32_t size;
    uint8_t group;
    uint8_t type;
    uint16_t key;
    int64_t num;
    uint32_t name_len;
    uint32_t str_len;
};

static const char *const kind_names[] = {
#define TRACE_KIND(id, name, text) name,
#include "trace.def"
};

static const char *const key_names[] = {
#define TRACE_KEY(id, name, text) name,
#include "trace.def"
};

static uint64_t pad8(uint64_t n)
{
    return (n + 7) & ~(uint64_t)7;
}

void trace_init(struct trace *t, void *buffer, uint64_t size,
                volatile uint64_t *used)
{
    memset(t, 0, sizeof(*t));
    t->base = buffer;
    t->size = size;
    t->used = used ? used : &t->own_used;
    *t->used = 0;
}

static void *room(struct trace *t, uint64_t size)
{
    uint64_t at = *t->used + t->open;

    if (t->off || t->overflow)
        return NULL;
    if (at + size > t->size) {
        t->overflow = true;
        return NULL;
    }
    t->open += size;
    return t->base + at;
}

void trace_begin(struct trace *t, enum trace_kind kind, uint64_t time,
                 uint32_t thread, uint32_t call, uint32_t object)
{
    struct trace_rec *rec;

    t->open = 0;
    rec = room(t, sizeof(*rec));
    if (!rec)
        return;
    memset(rec, 0, sizeof(*rec));
    rec->kind = (uint16_t)kind;
    rec->time = time;
    rec->seq = ++t->seq;
    rec->thread = thread;
    rec->call = call;
    rec->object = object;
}

static void put(struct trace *t, enum trace_group group, enum trace_key key,
                const char *name, enum trace_type type, int64_t num,
                const char *str)
{
    uint32_t name_len = name ? (uint32_t)strlen(name) + 1 : 0;
    uint32_t str_len = str ? (uint32_t)strlen(str) : 0;
    uint64_t size = pad8(sizeof(struct raw_field) + name_len + str_len + 1);
    struct raw_field *f;
    char *tail;

    if (t->open == 0)
        return;
    f = room(t, size);
    if (!f)
        return;
    memset(f, 0, size);
    f->size = (uint32_t)size;
    f->group = (uint8_t)group;
    f->type = (uint8_t)type;
    f->key = (uint16_t)key;
    f->num = num;
    f->name_len = name_len;
    f->str_len = str_len;
    tail = (char *)(f + 1);
    if (name)
        memcpy(tail, name, name_len);
    if (str)
        memcpy(tail + name_len, str, str_len);
    ((struct trace_rec *)(t->base + *t->used))->n_fields++;
}

void trace_int(struct trace *t, enum trace_key key, int64_t value)
{
    put(t, TRACE_SELF, key, NULL, TRACE_INT, value, NULL);
}

void trace_hr(struct trace *t, enum trace_key key, int32_t value)
{
    put(t, TRACE_SELF, key, NULL, TRACE_HR, value, NULL);
}

void trace_str(struct trace *t, enum trace_key key, const char *value)
{
    put(t, TRACE_SELF, key, NULL, value ? TRACE_STR : TRACE_NULL, 0, value);
}

void trace_obj(struct trace *t, enum trace_key key, uint32_t value)
{
    put(t, TRACE_SELF, key, NULL, TRACE_OBJ, value, NULL);
}

void trace_param(struct trace *t, enum trace_group group, const char *name,
                 enum trace_type type, int64_t num, const char *text)
{
    put(t, group, KEY_NONE, name, type, num, type == TRACE_STR ? text : NULL);
}

void trace_put(struct trace *t, const struct trace_field *f)
{
    if (f->group != TRACE_SELF)
        trace_param(t, f->group, f->name, f->type, f->num, f->str);
    else if (f->type == TRACE_STR)
        trace_str(t, f->key, f->str);
    else if (f->type == TRACE_HR)
        trace_hr(t, f->key, (int32_t)f->num);
    else if (f->type == TRACE_OBJ)
        trace_obj(t, f->key, (uint32_t)f->num);
    else
        trace_int(t, f->key, f->num);
}

void trace_end(struct trace *t)
{
    if (t->open && !t->overflow) {
        struct trace_rec *rec = (struct trace_rec *)(t->base + *t->used);

        assert(t->open >= sizeof(*rec) && t->open % 8 == 0);
        rec->size = (uint32_t)t->open;
        /* The record is whole before `used` says so. */
        if (t->sink)
            t->sink(t->sink_context, rec);
        else
            __atomic_store_n(t->used, *t->used + t->open, __ATOMIC_RELEASE);
    }
    t->open = 0;
}

static const struct trace_rec *rec_at(const char *base, uint64_t used,
                                      uint64_t at)
{
    const struct trace_rec *rec;

    if (at + sizeof(*rec) > used)
        return NULL;
    rec = (const struct trace_rec *)(base + at);
    if (rec->size < sizeof(*rec) || at + rec->size > used)
        return NULL;
    return rec;
}

const struct trace_rec *trace_first(const char *base, uint64_t used)
{
    return rec_at(base, used, 0);
}

const struct trace_rec *trace_next(const char *base, uint64_t used,
                                   const struct trace_rec *rec)
{
    return rec_at(base, used,
                  (uint64_t)((const char *)rec - base) + rec->size);
}

bool trace_field_next(const struct trace_rec *rec, uint32_t *cursor,
                      struct trace_field *field)
{
    const struct raw_field *raw;
    const char *tail;

    if (*cursor == 0)
        *cursor = sizeof(*rec);
    if (*cursor + sizeof(*raw) > rec->size)
        return false;
    raw = (const struct raw_field *)((const char *)rec + *cursor);
    tail = (const char *)(raw + 1);
    field->group = (enum trace_group)raw->group;
    field->type = (enum trace_type)raw->type;
    field->key = (enum trace_key)raw->key;
    field->name = raw->name_len ? tail : key_names[raw->key];
    field->num = raw->num;
    field->str = raw->type == TRACE_STR ? tail + raw->name_len : NULL;
    field->len = raw->str_len;
    *cursor += raw->size;
    return true;
}

bool trace_find(const struct trace_rec *rec, enum trace_key key,
                struct trace_field *field)
{
    uint32_t cursor = 0;

    while (trace_field_next(rec, &cursor, field))
        if (field->group == TRACE_SELF && field->key == key)
            return true;
    return false;
}

bool trace_find_param(const struct trace_rec *rec, enum trace_group group,
                      const char *name, struct trace_field *field)
{
    uint32_t cursor = 0;

    while (trace_field_next(rec, &cursor, field))
        if (field->group == group && strcmp(field->name, name) == 0)
            return true;
    return false;
}

int64_t trace_get_int(const struct trace_rec *rec, enum trace_key key,
                      int64_t otherwise)
{
    struct trace_field f;

    return trace_find(rec, key, &f) && f.type != TRACE_STR ? f.num : otherwise;
}

const char *trace_get_str(const struct trace_rec *rec, enum trace_key key,
                          const char *otherwise)
{
    struct trace_field f;

    return trace_find(rec, key, &f) && f.type == TRACE_STR ? f.str : otherwise;
}

const char *trace_kind_name(enum trace_kind kind)
{
    return kind_names[kind];
}

const char *trace_key_name(enum trace_key key)
{
    return key_names[key];
}

int trace_kind_of(const char *name)
{
    for (int i = 0; i < TRACE_KIND_COUNT; i++)
        if (strcmp(kind_names[i], name) == 0)
            return i;
    return -1;
}

int trace_key_of(const char *name)
{
    for (int i = 1; i < TRACE_KEY_COUNT; i++)
        if (strcmp(key_names[i], name) == 0)
            return i;
    return -1;
}
