/* damage.c - see damage.h. */
#include "asserts/tapes/damage.h"

#include <string.h>

#include "base/array.h"
#include "com/hresult.h"

enum record_way { /* what is done to a record as a whole */
    MISSING,
    DOUBLED,
    SWAPPED,   /* with the one behind it */
    CUT,       /* the trace ends before it */
    LATER,     /* it and all that follows, by a second; the ones below are
                  done to the record alone */
    NO_CALL,   /* the call that it belongs to */
    NEXT_CALL,
    NO_OBJECT,
    NEXT_OBJECT,
    OTHER_THREAD,
    OTHER_KIND,
    MORE_TEXT, /* under a key that it has not, or not so */
    MORE_NUMBER,
    RECORD_WAYS
};

enum field_way { /* and to a field */
    GONE,
    ELSEWHERE, /* as where the same field stands before or behind */
    ZERO,
    MORE,
    FAILED, /* three codes, by what is struck */
    FIELD_WAYS
};

static const int32_t codes[] = {HR_S_OK,
                                HR_S_FALSE,
                                HR_VSS_E_BAD_STATE,
                                HR_E_INVALIDARG,
                                HR_E_OUTOFMEMORY,
                                HR_VSS_S_ASYNC_FINISHED,
                                HR_VSS_S_ASYNC_CANCELLED,
                                HR_VSS_S_ASYNC_PENDING,
                                HR_VSS_E_UNEXPECTED_PROVIDER_ERROR,
                                HR_VSS_E_WRITERERROR_RETRYABLE};

static uint32_t ways_of(const struct trace_rec *rec)
{
    return RECORD_WAYS + FIELD_WAYS * rec->n_fields;
}

uint32_t damage_ways(const char *base, uint64_t used)
{
    uint32_t n = 0;

    for (const struct trace_rec *rec = trace_first(base, used); rec;
         rec = trace_next(base, used, rec))
        n += ways_of(rec);
    return n;
}

/* The same field of another record, with another value. */
static bool elsewhere(const char *base, uint64_t used, uint32_t before,
                      struct trace_field *f)
{
    const struct trace_rec *rec = trace_first(base, used);
    struct trace_field other, best = *f;
    bool found = false;

    for (; rec; rec = trace_next(base, used, rec)) {
        uint32_t cursor = 0;

        if (found && rec->seq > before)
            break;
        while (trace_field_next(rec, &cursor, &other))
            if (other.group == f->group && strcmp(other.name, f->name) == 0 &&
                (other.type != f->type || other.num != f->num ||
                 (f->type == TRACE_STR && strcmp(other.str, f->str) != 0))) {
                best = other;
                found = true;
            }
    }
    *f = best;
    return found;
}

static void damage_field(struct trace *t, const char *base, uint64_t used,
                         const struct trace_rec *rec, uint32_t way,
                         struct trace_field *f)
{
    char text[256];

    switch (way) {
    case GONE:
        if (f->group == TRACE_OUT && f->type != TRACE_UNTOUCHED) {
            f->type = TRACE_UNTOUCHED;
            break;
        }
        return;
    case ELSEWHERE:
        elsewhere(base, used, rec->seq, f);
        break;
    case ZERO:
        f->num = 0;
        if (f->group != TRACE_SELF && f->type != TRACE_HR)
            f->type = TRACE_NULL;
        else if (f->type == TRACE_STR)
            f->str = "";
        break;
    case MORE:
        if (f->type == TRACE_STR) {
            size_t n = strlen(f->str);

            if (n > sizeof(text) - 2)
                n = sizeof(text) - 2;
            memcpy(text, f->str, n);
            text[n] = n % 2 ? 'x' : 0; /* longer, or other at its end */
            text[n + 1] = 0;
            if (n && n % 2 == 0)
                text[n - 1]++;
            f->str = text;
        } else {
            f->num = f->type == TRACE_BOOL ? !f->num : f->num + 1;
        }
        break;
    default:
        f->num = codes[(rec->seq + way) % (ARRAY_SIZE(codes))];
        if (f->group != TRACE_SELF || f->type != TRACE_STR)
            f->type = TRACE_HR;
        break;
    }
    trace_put(t, f);
}

/* The fields of `rec` under the head of another, or its own. */
static void copy(struct trace *t, const struct trace_rec *rec,
                 const struct trace_rec *head)
{
    struct trace_field f;
    uint32_t cursor = 0;

    trace_begin(t, (enum trace_kind)head->kind, head->time, head->thread,
                head->call, head->object);
    while (trace_field_next(rec, &cursor, &f))
        trace_put(t, &f);
    trace_end(t);
}

/* Any key: which, the place in the trace says. */
static void copy_with_more(struct trace *t, const struct trace_rec *rec,
                           uint32_t salt, bool text)
{
    static const char *const texts[] = {
        "PreRestore", "exit", "timeout", "never", "x", "RESTORE", "Cancel",
        "S_OK", "VSS_WS_FAILED_AT_PRE_RESTORE", "VSS_E_BAD_STATE"};
    /* What few headers have. */
    static const enum trace_key header[] = {KEY_SKIP, KEY_TODO, KEY_MACHINE,
                                            KEY_PROVENANCE};
    enum trace_key key = (enum trace_key)((rec->seq + salt) % TRACE_KEY_COUNT);
    struct trace_field f;
    uint32_t cursor = 0;

    trace_begin(t, (enum trace_kind)rec->kind, rec->time, rec->thread,
                rec->call, rec->object);
    if (text && rec->kind == TRACE_HEADER)
        for (unsigned i = 0; i < 4; i++)
            trace_str(t, header[i], texts[i]);
    else if (text)
        trace_str(t, key, texts[(rec->seq + salt) % 10]);
    else
        trace_int(t, key, (rec->seq + salt) % 4);
    while (trace_field_next(rec, &cursor, &f))
        trace_put(t, &f);
    trace_end(t);
}

static void damage_fields(struct trace *t, const char *base, uint64_t used,
                          const struct trace_rec *rec, uint32_t way)
{
    struct trace_field f;
    uint32_t cursor = 0, n = 0;

    trace_begin(t, (enum trace_kind)rec->kind, rec->time, rec->thread,
                rec->call, rec->object);
    for (; trace_field_next(rec, &cursor, &f); n++)
        if (n == way / FIELD_WAYS)
            damage_field(t, base, used, rec, way % FIELD_WAYS, &f);
        else
            trace_put(t, &f);
    trace_end(t);
}

/* One that stays where it is, and is one. */
static void damage_record(struct trace *t, const char *base, uint64_t used,
                          const struct trace_rec *rec, uint32_t way)
{
    uint32_t salt = (uint32_t)(used >> 3);
    struct trace_rec head = *rec;

    switch (way) {
    case NO_CALL:
        head.call = 0;
        break;
    case NEXT_CALL:
        head.call++;
        break;
    case NO_OBJECT:
        head.object = 0;
        break;
    case NEXT_OBJECT:
        head.object++;
        break;
    case OTHER_THREAD:
        head.thread++;
        break;
    case OTHER_KIND:
        head.kind = (uint16_t)((rec->kind + 1u +
                                (rec->seq + salt) % (TRACE_KIND_COUNT - 1u)) %
                               TRACE_KIND_COUNT);
        break;
    case MORE_TEXT:
    case MORE_NUMBER:
        copy_with_more(t, rec, salt, way == MORE_TEXT);
        return;
    default:
        damage_fields(t, base, used, rec, way - RECORD_WAYS);
        return;
    }
    copy(t, rec, &head);
}

void damage_trace(const char *base, uint64_t used, uint32_t way,
                  struct trace *t)
{
    const struct trace_rec *late = NULL;
    uint64_t later = 0;

    for (const struct trace_rec *rec = trace_first(base, used); rec;
         rec = trace_next(base, used, rec)) {
        bool here = way < ways_of(rec);
        struct trace_rec head = *rec;

        if (here && way == CUT)
            return;
        if (here && way == LATER)
            later = 1000;
        head.time += later;
        if (here && way == SWAPPED)
            late = rec;
        else if (here && way > LATER)
            damage_record(t, base, used, rec, way);
        else if (!here || way != MISSING)
            copy(t, rec, &head);
        if (here && way == DOUBLED)
            copy(t, rec, &head);
        if (late && late != rec) {
            copy(t, late, late);
            late = NULL;
        }
        way = here ? UINT32_MAX : way == UINT32_MAX ? way : way - ways_of(rec);
    }
    if (late)
        copy(t, late, late);
}
