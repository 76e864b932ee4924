/* merge.c - see merge.h. */
#include "exec/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "exec/trace_file.h"
#include "os/assert.h"

/* --- reading --- */

static char *slurp(const char *name, uint64_t *size)
{
    FILE *in = fopen(name, "rb");
    struct strbuf sb = STRBUF_INIT;
    char piece[65536];
    size_t n;

    if (!in)
        return NULL;
    while ((n = fread(piece, 1, sizeof(piece), in)) > 0)
        strbuf_add(&sb, piece, n);
    fclose(in);
    *size = sb.len;
    if (!sb.buf)
        return xcalloc(1, 1);
    return sb.buf;
}

static void note(struct merge_file *f, const struct trace_rec *rec)
{
    uint32_t ticket = (uint32_t)trace_get_int(rec, KEY_TICKET, 0);

    f->started |= rec->kind == TRACE_HEADER;
    f->ended |= rec->kind == TRACE_BALANCE;
    if (rec->call > f->calls)
        f->calls = rec->call;
    if (rec->object > f->objects)
        f->objects = rec->object;
    if (ticket > f->tickets)
        f->tickets = ticket;
}

/* Records must lie on 8 bytes: what follows the magic is copied. */
static bool take(struct merge_file *f, uint64_t size)
{
    const size_t magic = strlen(TRACE_FILE_MAGIC);
    char *aligned;

    if (size < magic || memcmp(f->bytes, TRACE_FILE_MAGIC, magic) != 0)
        return false;
    f->size = size - magic;
    aligned = xmalloc(f->size + 8);
    memcpy(aligned, f->bytes + magic, f->size);
    free(f->bytes);
    f->bytes = aligned;
    f->records = aligned;
    f->next = trace_first(f->records, f->size);
    for (const struct trace_rec *rec = f->next; rec;
         rec = trace_next(f->records, f->size, rec))
        note(f, rec);
    return true;
}

bool merge_read(struct merge *m, const char *name, char *error, size_t room)
{
    struct strbuf file = STRBUF_INIT;
    bool good = true;

    while (good && m->n < MERGE_PROCESSES) {
        struct merge_file *f = &m->files[m->n];
        uint64_t size = 0;

        strbuf_reset(&file);
        strbuf_adds(&file, name);
        if (m->n)
            strbuf_addf(&file, ".%u", m->n + 1);
        f->bytes = slurp(strbuf_str(&file), &size);
        if (!f->bytes)
            break;
        m->n++;
        good = take(f, size);
        m->started += f->started;
        if (!good)
            snprintf(error, room,
                     "%s: no trace that this version (%s) wrote: the program "
                     "loaded the library of another",
                     strbuf_str(&file), VSSIM_VERSION);
    }
    strbuf_release(&file);
    return good;
}

void merge_release(struct merge *m)
{
    for (unsigned i = 0; i < m->n; i++)
        free(m->files[i].bytes);
    memset(m, 0, sizeof(*m));
}

/* --- writing --- */

struct offsets {
    uint32_t call, object, ticket, thread;
};

static void put(struct trace *t, const struct trace_field *f,
                const struct offsets *o)
{
    int64_t num = f->num;

    if (f->type == TRACE_OBJ && num)
        num += o->object;
    if (f->group != TRACE_SELF) {
        trace_param(t, f->group, f->name, f->type, num, f->str);
        return;
    }
    if (f->key == KEY_TICKET)
        num += o->ticket;
    if (f->type == TRACE_STR)
        trace_str(t, f->key, f->str);
    else if (f->type == TRACE_HR)
        trace_hr(t, f->key, (int32_t)num);
    else if (f->type == TRACE_OBJ)
        trace_obj(t, f->key, (uint32_t)num);
    else
        trace_int(t, f->key, num);
}

static void copy(struct trace *t, const struct trace_rec *rec,
                 const struct offsets *o)
{
    struct trace_field f;
    uint32_t cursor = 0;

    trace_begin(t, (enum trace_kind)rec->kind, rec->time,
                rec->thread ? rec->thread + o->thread : 0,
                rec->call ? rec->call + o->call : 0,
                rec->object ? rec->object + o->object : 0);
    while (trace_field_next(rec, &cursor, &f))
        put(t, &f, o);
    trace_end(t);
}

bool merge_frame(const struct merge *m, struct trace *out)
{
    const struct offsets none = {0, 0, 0, 0};
    const struct trace_rec *rec;
    unsigned i = 0;

    while (i < m->n && !m->files[i].started)
        i++;
    if (i == m->n)
        return false;
    for (rec = trace_first(m->files[i].records, m->files[i].size); rec;
         rec = trace_next(m->files[i].records, m->files[i].size, rec))
        if (rec->kind == TRACE_HEADER || rec->kind == TRACE_WRITER ||
            rec->kind == TRACE_DECLARE)
            copy(out, rec, &none);
    return true;
}

/* Each process has these, and the whole has its own. */
static bool is_frame(const struct trace_rec *rec)
{
    return rec->kind == TRACE_HEADER || rec->kind == TRACE_WRITER ||
           rec->kind == TRACE_DECLARE || rec->kind == TRACE_BALANCE ||
           rec->kind == TRACE_END;
}

/* The file whose next record comes first. */
static int earliest(const struct merge *m)
{
    int best = -1;

    for (unsigned i = 0; i < m->n; i++)
        if (m->files[i].next &&
            (best < 0 || m->files[i].next->time < m->files[best].next->time))
            best = (int)i;
    return best;
}

void merge_write(struct merge *m, struct trace *out)
{
    struct offsets offsets[MERGE_PROCESSES] = {{0, 0, 0, 0}};
    int i;

    assert(m->n <= MERGE_PROCESSES);
    for (unsigned k = 1; k < m->n; k++) {
        struct offsets *o = &offsets[k];

        *o = offsets[k - 1];
        o->call += m->files[k - 1].calls;
        o->object += m->files[k - 1].objects;
        o->ticket += m->files[k - 1].tickets;
        o->thread += 100;
    }
    while ((i = earliest(m)) >= 0) {
        const struct trace_rec *rec = m->files[i].next;

        m->files[i].next =
            trace_next(m->files[i].records, m->files[i].size, rec);
        if (!is_frame(rec))
            copy(out, rec, &offsets[i]);
    }
}

static const struct trace_rec *find(const struct merge_file *f,
                                    enum trace_kind kind)
{
    for (const struct trace_rec *rec = trace_first(f->records, f->size); rec;
         rec = trace_next(f->records, f->size, rec))
        if (rec->kind == kind)
            return rec;
    return NULL;
}

bool merge_balance(const struct merge *m, struct trace *out, uint64_t time)
{
    static const enum trace_key keys[] = {KEY_LIVE, KEY_BYTES, KEY_BSTRS,
                                          KEY_OBJECTS, KEY_ALLOCATIONS};
    int64_t sums[5] = {0};

    if (!m->started)
        return false;
    for (unsigned i = 0; i < m->n; i++) {
        const struct trace_rec *rec = find(&m->files[i], TRACE_BALANCE);

        if (m->files[i].started && !rec)
            return false;
        for (unsigned k = 0; rec && k < 5; k++)
            sums[k] += trace_get_int(rec, keys[k], 0);
    }
    trace_begin(out, TRACE_BALANCE, time, 0, 0, 0);
    for (unsigned k = 0; k < 5; k++)
        trace_int(out, keys[k], sums[k]);
    trace_end(out);
    return true;
}

uint64_t merge_time(const struct merge *m)
{
    uint64_t time = 0;

    for (unsigned i = 0; i < m->n; i++)
        for (const struct trace_rec *rec =
                 trace_first(m->files[i].records, m->files[i].size);
             rec; rec = trace_next(m->files[i].records, m->files[i].size, rec))
            if (rec->time > time)
                time = rec->time;
    return time;
}
