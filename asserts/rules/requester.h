/*
 * requester.h - what the requester rules share.
 *
 * They judge the one who calls: a program under exec, or a script whose
 * scenario says so. The view (struct requester) is made once a trace, before
 * the first of these rules; it points into the model, and its memory is the
 * model's. What a requester cannot know does not convict it: an operation
 * counts as ended for it only from the call on that told it so.
 */
#ifndef RULES_REQUESTER_H
#define RULES_REQUESTER_H

#include "asserts/rules/rules.h"

#define R_FOREVER 0xFFFFFFFFLL

/* An asynchronous operation as its requester saw it. */
struct r_async {
    uint32_t object;
    const struct m_call *maker;
    const struct m_ticket *ticket;  /* of its last event; NULL: it sent none */
    const struct m_call *pending;   /* the latest that told PENDING */
    const struct m_call *waited;    /* the first Wait it was over after */
    const struct m_call *told;      /* the first that told how it ended */
    const struct m_call *ended;     /* the earlier of the two, or NULL */
    const struct m_call *cancelled; /* the first Cancel that was answered */
    const struct m_call *released;  /* its last Release, or NULL */
    int32_t result;                 /* as told; PENDING: never */
    uint32_t polls;                 /* how often it told PENDING */
};

/* Do the rules apply to this trace? */
bool requester_applies(const struct model *model);
/* Makes the view. */
void requester_build(struct judge *judge);

/* Did the requester come to its own end, rather than hang or be killed? Only
 * then does it mean something that a call was never made. */
bool ran_to_end(const struct model *model);
/* Its exit code; false when it is no program or did not exit. */
bool exit_code(const struct model *model, int64_t *code);

/* A call that gives back or ends, and does nothing towards the restore. */
bool is_cleanup(const struct m_call *call);
/* The first call on the session's object made after `after` came back that is
 * no clean-up, or NULL. */
const struct m_call *goes_on(const struct model *model, uint32_t session,
                             const struct m_call *after);
/* The latest call of the method that succeeded and came back before `until`
 * was made (NULL: the latest of all), or NULL. */
const struct m_call *latest(const struct model *model, uint32_t session,
                            enum m_method method, const struct m_call *until);
/* The async that the call handed out, or NULL. */
const struct r_async *async_of(const struct judge *judge,
                               const struct m_call *maker);
/* How a call's operation ended by the trace; PENDING: it did not. */
int32_t operation_result(const struct judge *judge,
                         const struct m_call *maker);
/* How many writers heard the event of the call. */
int64_t writers_told(const struct model *model, const struct m_call *maker);

static inline bool reads_status(const struct m_call *c)
{
    return c->method == M_GET_WRITER_STATUS ||
           c->method == M_GET_WRITER_STATUS_EX;
}

/* Was a status read between the two calls (NULL: to the end) that was gathered
 * after the first? */
bool status_read_between(const struct model *model, uint32_t session,
                         const struct m_call *from, const struct m_call *to);

/* A writer's handling of an event that is a failure: not true, or true with a
 * failure set. */
bool event_failed(const struct m_event *event);
/* The next handling of that event, by any writer, whose ticket the call
 * posted; start with NULL. */
const struct m_event *next_event(const struct model *model,
                                 const struct m_call *maker,
                                 const struct m_event *after);
/* Is there a writer that no restore could do without the ASR writer's way? */
bool has_asr_writer(const struct model *model);

#define EACH_ASYNC(j, a) \
    for (const struct r_async *a = (j)->requester.asyncs, \
                              *a##_end = a ? a + (j)->requester.n_asyncs : a; \
         a < a##_end; a++)

#define EACH_SESSION(j, s) \
    for (const struct session \
             *s = (j)->requester.sessions, \
             *s##_end = s ? s + (j)->requester.n_sessions : s; \
         s < s##_end; s++)

#endif
