/*
 * model.h - a trace as the rules want to see it.
 *
 * Made in one pass. Pointers go into the trace, which must stay while the
 * model is used. Arrays keep their memory from one trace to the next.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/arena.h"
#include "base/trace.h"

/* Methods that rules ask for by name. */
enum m_method {
    M_OTHER,
    M_CREATE,
    M_INITIALIZE_FOR_BACKUP,
    M_INITIALIZE_FOR_RESTORE,
    M_GATHER_METADATA,
    M_GATHER_STATUS,
    M_SET_SELECTED,
    M_SET_SELECTED_EX,
    M_PRE_RESTORE,
    M_POST_RESTORE,
    M_SET_FILE_RESTORE_STATUS,
    M_GET_STATUS_COUNT,
    M_FREE_STATUS,
    M_GET_METADATA_COUNT,
    M_GET_METADATA,
    M_FREE_METADATA,
    M_GET_COMPONENT_INFO,
    M_FREE_COMPONENT_INFO,
    M_ABORT_BACKUP,
    M_PREPARE_FOR_BACKUP,
    M_START_SNAPSHOT_SET,
    M_ADD_TO_SNAPSHOT_SET,
    M_DO_SNAPSHOT_SET,
    M_BACKUP_COMPLETE,
    M_GET_WRITER_STATUS,
    M_GET_WRITER_STATUS_EX,
    M_ENABLE_CLASSES,
    M_DISABLE_CLASSES,
    M_DISABLE_INSTANCES,
    M_CANCEL,
    M_WAIT,
    M_QUERY_STATUS,
    M_QUERY_INTERFACE,
    M_ADD_REF,
    M_RELEASE
};

struct m_call {
    uint32_t id;
    uint32_t object;
    uint32_t outer; /* the call it happened inside of, or 0 */
    uint32_t next;  /* the next on the same object, or 0 */
    enum m_method method;
    const char *iface;
    const char *name;
    const struct trace_rec *enter;
    const struct trace_rec *leave; /* NULL: did not return */
    int32_t hr;
    bool has_hr;
    const char *state[2]; /* before, after; NULL: unknown */
    const char *phase[2];
    uint32_t made;   /* object that it handed out, or 0 */
    bool faulted;    /* a fault fired inside */
    bool posted;     /* it sent an event */
    uint32_t ticket; /* the latest it posted, or 0 */
};

/* A backup components object's way through its calls; session_of makes it. */
struct session {
    uint32_t object;
    const struct m_call *init; /* the successful Initialize call, or NULL */
    bool restore;              /* ... for restore */
    bool preselected;          /* its document came with selections */
    const struct m_call *gather, *pre, *post; /* the first that succeeded */
};

struct m_object {
    uint32_t number;
    const char *iface;
    uint32_t maker;       /* call that handed it out */
    uint32_t parent;      /* object of that call */
    uint32_t first, last; /* calls on it, chained by m_call.next */
    uint32_t gone;        /* the Release that gave 0, or 0 */
    int64_t refs;         /* what the trace implies */
    bool destroyed;
    bool async_known;
    uint32_t cancel, ended; /* an async's first Cancel that gave S_OK, first
                               call that told an end; rules_async.c */
    bool session_known;
    struct session session; /* see session_of */
};

struct m_writer {
    const char *name, *label, *class, *instance, *restore;
};

struct m_ticket {
    uint32_t id;
    uint32_t call; /* that posted it */
    const char *event;
    int64_t targets;
    const struct trace_rec *post, *done; /* done may be NULL */
    bool forgotten;                      /* given up by the subject */
    int32_t hr;
};

struct m_event { /* one writer's handling of one event */
    uint32_t ticket;
    const char *event, *writer;
    const struct trace_rec *begin, *end; /* either may be NULL */
    const char *outcome;
    int32_t hr;
};

struct m_declare {
    int64_t index;
    const char *what, *name;
    int line, col;
    bool effect;
};

#define M_ARRAY(type, name) \
    type *name; \
    uint32_t n_##name, room_##name

struct model {
    const char *base;
    uint64_t used;
    M_ARRAY(struct m_call, calls);     /* in the order of their ids, from 1 */
    M_ARRAY(struct m_object, objects); /* by number, from 1 */
    M_ARRAY(struct m_writer, writers);
    M_ARRAY(struct m_ticket, tickets);
    M_ARRAY(struct m_event, events);
    M_ARRAY(struct m_declare, declares);
    M_ARRAY(const struct trace_rec *, expects);
    M_ARRAY(const struct trace_rec *, others); /* status, log, disk, ... */
    const struct trace_rec *header, *balance, *end, *exit, *stuck, *program;
    const char *file, *windows, *policies;
    bool old_unexpected; /* this Windows has E_UNEXPECTED */
    int wait_rule, ex;
    struct arena texts; /* of findings */
};

void model_build(struct model *model, const char *base, uint64_t used);
void model_release(struct model *model);

/* NULL when there is none. */
const struct m_call *model_call(const struct model *model, uint32_t id);
struct m_object *model_object(const struct model *model, uint32_t number);
/* The first call on an object, or NULL. */
const struct m_call *model_first_on(const struct model *model,
                                    uint32_t object);
const struct m_writer *model_writer(const struct model *model,
                                    const char *name);
const struct m_ticket *model_ticket(const struct model *model, uint32_t id);
/* Whether policy `key` has `value` (from the header; false when unknown). */
bool model_policy(const struct model *model, const char *key,
                  const char *value);
/* The text of an argument or out-parameter, or NULL; null pointers: NULL. */
const char *call_in(const struct m_call *call, const char *param);
const char *call_out(const struct m_call *call, const char *param);
bool call_in_null(const struct m_call *call, const char *param);
/* An int, boolean or code; `otherwise` when absent. */
int64_t call_in_num(const struct m_call *call, const char *param,
                    int64_t otherwise);
int64_t call_out_num(const struct m_call *call, const char *param,
                     int64_t otherwise);
static inline bool call_succeeded(const struct m_call *call)
{
    return call->leave && call->has_hr && call->hr >= 0;
}
static inline bool call_failed(const struct m_call *call)
{
    return call->leave && call->has_hr && call->hr < 0;
}

/* Loops over what is in the trace, in its order. */
#define EACH_OF(type, e, array, n) \
    for (type *e = (array), *e##_end = e ? e + (n) : e; e < e##_end; e++)
#define EACH_CALL_OF(m, c) \
    EACH_OF(const struct m_call, c, (m)->calls, (m)->n_calls)
#define EACH_EVENT(m, e) \
    EACH_OF(const struct m_event, e, (m)->events, (m)->n_events)
#define EACH_TICKET(m, t) \
    EACH_OF(const struct m_ticket, t, (m)->tickets, (m)->n_tickets)
#define EACH_OBJECT(m, o) \
    EACH_OF(const struct m_object, o, (m)->objects, (m)->n_objects)
#define EACH_WRITER(m, w) \
    EACH_OF(const struct m_writer, w, (m)->writers, (m)->n_writers)
/* Records that are none of the above. */
#define EACH_OTHER(m, rec) \
    for (const struct trace_rec ** \
             rec##_at = (m)->others, \
           **rec##_end = rec##_at ? rec##_at + (m)->n_others : rec##_at, *rec; \
         rec##_at < rec##_end && (rec = *rec##_at); rec##_at++)
/* The calls on one object. */
#define EACH_ON(m, object, c) \
    for (const struct m_call *c = model_first_on(m, object); c; \
         c = model_call(m, c->next))

#endif
