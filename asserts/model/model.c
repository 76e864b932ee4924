/* model.c - see model.h. */
#include "asserts/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/memory.h"
#include "os/assert.h"

static const struct {
    const char *name;
    enum m_method method;
} methods[] = {
    {"CreateVssBackupComponents", M_CREATE},
    {"InitializeForBackup", M_INITIALIZE_FOR_BACKUP},
    {"InitializeForRestore", M_INITIALIZE_FOR_RESTORE},
    {"GatherWriterMetadata", M_GATHER_METADATA},
    {"GatherWriterStatus", M_GATHER_STATUS},
    {"SetSelectedForRestore", M_SET_SELECTED},
    {"SetSelectedForRestoreEx", M_SET_SELECTED_EX},
    {"PreRestore", M_PRE_RESTORE},
    {"PostRestore", M_POST_RESTORE},
    {"SetFileRestoreStatus", M_SET_FILE_RESTORE_STATUS},
    {"GetWriterStatusCount", M_GET_STATUS_COUNT},
    {"FreeWriterStatus", M_FREE_STATUS},
    {"GetWriterMetadataCount", M_GET_METADATA_COUNT},
    {"GetWriterMetadata", M_GET_METADATA},
    {"GetWriterMetadataEx", M_GET_METADATA},
    {"FreeWriterMetadata", M_FREE_METADATA},
    {"GetComponentInfo", M_GET_COMPONENT_INFO},
    {"FreeComponentInfo", M_FREE_COMPONENT_INFO},
    {"AbortBackup", M_ABORT_BACKUP},
    {"PrepareForBackup", M_PREPARE_FOR_BACKUP},
    {"StartSnapshotSet", M_START_SNAPSHOT_SET},
    {"AddToSnapshotSet", M_ADD_TO_SNAPSHOT_SET},
    {"DoSnapshotSet", M_DO_SNAPSHOT_SET},
    {"BackupComplete", M_BACKUP_COMPLETE},
    {"GetWriterStatus", M_GET_WRITER_STATUS},
    {"GetWriterStatusEx", M_GET_WRITER_STATUS_EX},
    {"EnableWriterClasses", M_ENABLE_CLASSES},
    {"DisableWriterClasses", M_DISABLE_CLASSES},
    {"DisableWriterInstances", M_DISABLE_INSTANCES},
    {"Cancel", M_CANCEL},
    {"Wait", M_WAIT},
    {"QueryStatus", M_QUERY_STATUS},
    {"QueryInterface", M_QUERY_INTERFACE},
    {"AddRef", M_ADD_REF},
    {"Release", M_RELEASE},
};

static enum m_method method_of(const char *name)
{
    for (unsigned i = 0; i < ARRAY_SIZE(methods); i++)
        if (strcmp(methods[i].name, name) == 0)
            return methods[i].method;
    return M_OTHER;
}

#define PUSH(m, name) \
    ((m)->name = array_grown((m)->name, (m)->n_##name, &(m)->room_##name, \
                             sizeof(*(m)->name)), \
     memset(&(m)->name[(m)->n_##name], 0, sizeof(*(m)->name)), \
     &(m)->name[(m)->n_##name++])

const struct m_call *model_call(const struct model *m, uint32_t id)
{
    return id && id <= m->n_calls ? &m->calls[id - 1] : NULL;
}

struct m_object *model_object(const struct model *m, uint32_t number)
{
    return number && number <= m->n_objects ? &m->objects[number - 1] : NULL;
}

const struct m_call *model_first_on(const struct model *m, uint32_t object)
{
    return object && object <= m->n_objects
               ? model_call(m, m->objects[object - 1].first)
               : NULL;
}

const struct m_writer *model_writer(const struct model *m, const char *name)
{
    EACH_WRITER(m, w)
        if (strcmp(w->name, name) == 0)
            return w;
    return NULL;
}

const struct m_ticket *model_ticket(const struct model *m, uint32_t id)
{
    return id && id <= m->n_tickets ? &m->tickets[id - 1] : NULL;
}

bool model_policy(const struct model *m, const char *key, const char *value)
{
    size_t key_length = strlen(key), length = strlen(value);

    for (const char *at = m->policies; at && *at;) {
        size_t word = strcspn(at, " ");

        if (word == key_length + 1 + length &&
            memcmp(at, key, key_length) == 0 && at[key_length] == '=' &&
            memcmp(at + key_length + 1, value, length) == 0)
            return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

/* --- parameters --- */

static bool param(const struct trace_rec *rec, enum trace_group group,
                  const char *name, struct trace_field *f)
{
    return rec && trace_find_param(rec, group, name, f);
}

const char *call_in(const struct m_call *c, const char *name)
{
    struct trace_field f;

    return param(c->enter, TRACE_IN, name, &f) && f.type == TRACE_STR ? f.str
                                                                      : NULL;
}

const char *call_out(const struct m_call *c, const char *name)
{
    struct trace_field f;

    return param(c->leave, TRACE_OUT, name, &f) && f.type == TRACE_STR ? f.str
                                                                       : NULL;
}

bool call_in_null(const struct m_call *c, const char *name)
{
    struct trace_field f;

    return param(c->enter, TRACE_IN, name, &f) && f.type == TRACE_NULL;
}

int64_t call_in_num(const struct m_call *c, const char *name,
                    int64_t otherwise)
{
    struct trace_field f;

    return param(c->enter, TRACE_IN, name, &f) && f.type != TRACE_STR
               ? f.num
               : otherwise;
}

int64_t call_out_num(const struct m_call *c, const char *name,
                     int64_t otherwise)
{
    struct trace_field f;

    return param(c->leave, TRACE_OUT, name, &f) &&
                   (f.type == TRACE_INT || f.type == TRACE_HR ||
                    f.type == TRACE_BOOL)
               ? f.num
               : otherwise;
}

/* --- records --- */

static struct m_call *call_slot(struct model *m, uint32_t id)
{
    while (m->n_calls < id) {
        struct m_call *c = PUSH(m, calls);

        c->id = m->n_calls;
    }
    return &m->calls[id - 1];
}

/* Appends the call to those on its object. */
static void chain(struct model *m, const struct m_call *c)
{
    struct m_object *o = model_object(m, c->object);

    if (!o)
        return;
    if (o->last)
        m->calls[o->last - 1].next = c->id;
    else
        o->first = c->id;
    o->last = c->id;
}

static void read_call(struct model *m, const struct trace_rec *rec,
                      uint32_t *stack, uint32_t *depth)
{
    struct m_call *c;
    bool again;

    if (rec->call == 0 || rec->call > 1000000)
        return;
    c = call_slot(m, rec->call);
    assert(rec->call <= m->n_calls);
    again = c->enter != NULL; /* only in a damaged trace */
    c->enter = rec;
    c->object = rec->object;
    c->outer = *depth ? stack[*depth - 1] : 0;
    c->iface = trace_get_str(rec, KEY_IFACE, "");
    c->name = trace_get_str(rec, KEY_METHOD, "");
    c->method = method_of(c->name);
    c->state[0] = trace_get_str(rec, KEY_STATE, NULL);
    c->phase[0] = trace_get_str(rec, KEY_PHASE, NULL);
    if (!again)
        chain(m, c);
    if (*depth < 64)
        stack[(*depth)++] = rec->call;
}

/* What a client gave up or took by AddRef and Release. */
static void count_reference(struct model *m, const struct m_call *c)
{
    struct m_object *o = model_object(m, c->object);

    if (!o)
        return;
    if (c->method == M_ADD_REF)
        o->refs++;
    if (c->method != M_RELEASE)
        return;
    o->refs--;
    if (trace_get_int(c->leave, KEY_COUNT, 1) == 0)
        o->gone = c->id;
}

static void take_reference(struct model *m, struct m_call *c,
                           const struct trace_field *f)
{
    struct m_object *o = model_object(m, (uint32_t)f->num);

    if (!o)
        return;
    c->made = o->number;
    if (!o->maker) {
        o->maker = c->id;
        o->parent = c->object;
    }
    o->refs++;
}

static void read_return(struct model *m, const struct trace_rec *rec,
                        uint32_t *stack, uint32_t *depth)
{
    struct trace_field f;
    struct m_call *c;
    uint32_t cursor = 0;

    if (rec->call == 0 || rec->call > m->n_calls)
        return;
    c = &m->calls[rec->call - 1];
    if (!c->enter) /* only in a damaged trace: nobody called */
        return;
    c->leave = rec;
    c->has_hr = trace_find(rec, KEY_HR, &f);
    c->hr = c->has_hr ? (int32_t)f.num : 0;
    c->state[1] = trace_get_str(rec, KEY_STATE, NULL);
    c->phase[1] = trace_get_str(rec, KEY_PHASE, NULL);
    count_reference(m, c);
    while (trace_field_next(rec, &cursor, &f))
        if (f.group == TRACE_OUT && f.type == TRACE_OBJ)
            take_reference(m, c, &f);
    while (*depth && stack[*depth - 1] != rec->call)
        (*depth)--;
    if (*depth)
        (*depth)--;
}

static void read_create(struct model *m, const struct trace_rec *rec)
{
    if (rec->object == 0 || rec->object > 1000000)
        return;
    while (m->n_objects < rec->object) {
        struct m_object *o = PUSH(m, objects);

        o->number = m->n_objects;
    }
    m->objects[rec->object - 1].iface = trace_get_str(rec, KEY_IFACE, "");
}

static struct m_event *open_event(struct model *m, uint32_t ticket,
                                  const char *writer)
{
    for (uint32_t i = m->n_events; i-- > 0;)
        if (m->events[i].ticket == ticket && !m->events[i].end &&
            strcmp(m->events[i].writer, writer) == 0)
            return &m->events[i];
    return NULL;
}

static void read_event(struct model *m, const struct trace_rec *rec)
{
    uint32_t ticket = (uint32_t)trace_get_int(rec, KEY_TICKET, 0);
    const char *writer = trace_get_str(rec, KEY_WRITER, "");
    struct m_event *e = NULL;

    if (rec->kind == TRACE_EVENT_END)
        e = open_event(m, ticket, writer);
    if (!e) {
        e = PUSH(m, events);
        e->ticket = ticket;
        e->writer = writer;
        e->event = trace_get_str(rec, KEY_EVENT, "");
    }
    if (rec->kind == TRACE_EVENT_BEGIN) {
        e->begin = rec;
        return;
    }
    e->end = rec;
    e->outcome = trace_get_str(rec, KEY_OUTCOME, "");
    e->hr = (int32_t)trace_get_int(rec, KEY_HR, 0);
}

static void read_ticket(struct model *m, const struct trace_rec *rec)
{
    uint32_t id = (uint32_t)trace_get_int(rec, KEY_TICKET, 0);
    struct m_ticket *t;

    if (id == 0 || id > 1000000)
        return;
    while (m->n_tickets < id) {
        t = PUSH(m, tickets);
        t->id = m->n_tickets;
    }
    t = &m->tickets[id - 1];
    if (rec->kind == TRACE_FORGET) {
        t->forgotten = true;
        return;
    }
    if (!t->event || rec->kind == TRACE_POST)
        t->event = trace_get_str(rec, KEY_EVENT, "");
    if (rec->kind == TRACE_TICKET_DONE) {
        t->done = rec;
        t->hr = (int32_t)trace_get_int(rec, KEY_HR, 0);
        return;
    }
    t->post = rec;
    t->call = rec->call;
    t->targets = trace_get_int(rec, KEY_TARGETS, 0);
    if (rec->call && rec->call <= m->n_calls) {
        m->calls[rec->call - 1].posted = true;
        m->calls[rec->call - 1].ticket = id;
    }
}

static void read_declare(struct model *m, const struct trace_rec *rec)
{
    struct m_declare *d = PUSH(m, declares);

    d->index = trace_get_int(rec, KEY_INDEX, 0);
    d->what = trace_get_str(rec, KEY_WHAT, "");
    d->name = trace_get_str(rec, KEY_NAME, "");
    d->line = (int)trace_get_int(rec, KEY_LINE, 0);
    d->col = (int)trace_get_int(rec, KEY_COL, 0);
}

static void read_effect(struct model *m, const struct trace_rec *rec)
{
    int64_t index = trace_get_int(rec, KEY_INDEX, 0);

    for (uint32_t i = 0; i < m->n_declares; i++)
        if (m->declares[i].index == index)
            m->declares[i].effect = true;
}

static void read_writer(struct model *m, const struct trace_rec *rec)
{
    struct m_writer *w = PUSH(m, writers);

    w->name = trace_get_str(rec, KEY_NAME, "");
    w->label = trace_get_str(rec, KEY_LABEL, "");
    w->class = trace_get_str(rec, KEY_CLASS, "");
    w->instance = trace_get_str(rec, KEY_INSTANCE, "");
    w->restore = trace_get_str(rec, KEY_RESTORE, "");
}

static void read_header(struct model *m, const struct trace_rec *rec)
{
    static const struct {
        const char *key;
        int old_unexpected, wait_rule, ex;
    } versions[] = {
#define WINDOWS(id, key, label, old_unexpected, wait_rule, ex, partial) \
    {key, old_unexpected, wait_rule, ex},
#include <vssim/windows.def>
#undef WINDOWS
    };

    m->header = rec;
    m->file = trace_get_str(rec, KEY_FILE, "");
    m->windows = trace_get_str(rec, KEY_WINDOWS, "");
    m->policies = trace_get_str(rec, KEY_POLICIES, "");
    for (unsigned i = 0; i < ARRAY_SIZE(versions); i++)
        if (strcmp(versions[i].key, m->windows) == 0) {
            m->old_unexpected = versions[i].old_unexpected;
            m->wait_rule = versions[i].wait_rule;
            m->ex = versions[i].ex;
        }
}

static void read_other(struct model *m, const struct trace_rec *rec)
{
    switch (rec->kind) {
    case TRACE_BALANCE:
        m->balance = rec;
        break;
    case TRACE_END:
        m->end = rec;
        break;
    case TRACE_EXIT:
        m->exit = rec;
        break;
    case TRACE_STUCK:
        m->stuck = rec;
        break;
    case TRACE_PROGRAM:
        m->program = rec;
        break;
    case TRACE_DESTROY:
        if (model_object(m, rec->object))
            model_object(m, rec->object)->destroyed = true;
        break;
    case TRACE_FAULT:
        if (rec->call && rec->call <= m->n_calls)
            m->calls[rec->call - 1].faulted = true;
        break;
    default:
        *PUSH(m, others) = rec;
    }
}

static void read_record(struct model *m, const struct trace_rec *rec,
                        uint32_t *stack, uint32_t *depth)
{
    switch (rec->kind) {
    case TRACE_HEADER:
        read_header(m, rec);
        break;
    case TRACE_WRITER:
        read_writer(m, rec);
        break;
    case TRACE_DECLARE:
        read_declare(m, rec);
        break;
    case TRACE_EFFECT:
        read_effect(m, rec);
        break;
    case TRACE_CREATE:
        read_create(m, rec);
        break;
    case TRACE_CALL:
        read_call(m, rec, stack, depth);
        break;
    case TRACE_RETURN:
        read_return(m, rec, stack, depth);
        break;
    case TRACE_POST:
    case TRACE_TICKET_DONE:
    case TRACE_FORGET:
        read_ticket(m, rec);
        break;
    case TRACE_EVENT_BEGIN:
    case TRACE_EVENT_END:
        read_event(m, rec);
        break;
    case TRACE_EXPECT:
        *PUSH(m, expects) = rec;
        break;
    default:
        read_other(m, rec);
    }
}

void model_build(struct model *m, const char *base, uint64_t used)
{
    uint32_t stack[64], depth = 0;

    m->base = base;
    m->used = used;
    m->n_calls = m->n_objects = m->n_writers = m->n_tickets = 0;
    m->n_events = m->n_declares = m->n_expects = m->n_others = 0;
    m->header = m->balance = m->end = m->exit = m->stuck = NULL;
    m->program = NULL;
    m->file = m->windows = m->policies = "";
    m->old_unexpected = false;
    m->wait_rule = 2;
    m->ex = 4;
    arena_release(&m->texts);
    for (const struct trace_rec *rec = trace_first(base, used); rec;
         rec = trace_next(base, used, rec))
        read_record(m, rec, stack, &depth);
    /* A saved trace may lack the records that others speak of. */
    for (uint32_t i = 0; i < m->n_calls; i++)
        if (!m->calls[i].iface)
            m->calls[i].iface = m->calls[i].name = "";
    for (uint32_t i = 0; i < m->n_objects; i++)
        if (!m->objects[i].iface)
            m->objects[i].iface = "";
    for (uint32_t i = 0; i < m->n_tickets; i++)
        if (!m->tickets[i].event)
            m->tickets[i].event = "";
}

void model_release(struct model *m)
{
    free(m->calls);
    free(m->objects);
    free(m->writers);
    free(m->tickets);
    free(m->events);
    free(m->declares);
    free(m->expects);
    free(m->others);
    arena_release(&m->texts);
}
