/*
 * rules.h - the functions behind rules.def, and what they share.
 *
 * A rule walks the model, tells judged() for everything it had something to
 * say about, and found() for what it finds wrong. Rules do not depend on one
 * another and never change the model.
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include <string.h>

#include "asserts/rules/judge.h"
#include "com/hresult.h"

#define RULE(function, id, severity, kind, when, provenance, text, advice) \
    void rule_##function(struct judge *judge);
#include "asserts/rules/rules.def"
#undef RULE

/* The name of a code; in a static ring, for the use in one message. */
const char *code_text(int32_t hr);
/* ... as a method of that interface means it. */
const char *code_text_in(const char *iface, int32_t hr);
/* Is `hr` among the blank separated names? */
bool code_among(int32_t hr, const char *names);

/* What the page of a method lists (returns.def), or NULL. */
const char *returns_of(const char *iface, const char *method,
                       const char **page);
/* What decisions add to it (returns_added.def), or NULL. */
const char *returns_added(const struct model *model, const char *iface,
                          const char *method);

/* --- a backup components object's way through its calls --- */

/* The session of an object; false when it is no backup components object. */
bool session_of(const struct model *model, uint32_t object,
                struct session *session);
/* Did the call come back before the other was made? */
bool call_before(const struct m_call *call, const struct m_call *other);
/* Do both name the same component of the same writer? */
bool calls_same_component(const struct m_call *a, const struct m_call *b);
/* How many components of the class (of the instance, when the selection named
 * one) are selected when `until` is called. */
unsigned session_selected(const struct model *model,
                          const struct session *session, const char *class,
                          const char *instance, const struct m_call *until);

/* --- asynchronous operations --- */

/* The call that handed out the async; NULL when the object is none. */
const struct m_call *async_maker(const struct model *model, uint32_t object);
/* The ticket of the event that the maker sent, or NULL. */
const struct m_ticket *async_ticket(const struct model *model,
                                    uint32_t object);

static inline bool is_iface(const struct m_call *call, const char *iface)
{
    const char *a = call->iface;

    while (*a && *a == *iface)
        a++, iface++;
    return *a == *iface;
}

/* Also by an interface that extends it (IVssBackupComponentsEx...). */
static inline bool is_components(const struct m_call *call)
{
    return strncmp(call->iface, "IVssBackupComponents", 20) == 0;
}

#define EACH_CALL(j, c) EACH_CALL_OF(&(j)->model, c)

/* What the scenario demands of a kind. */
#define EACH_EXPECT(j, rec, what) \
    for (uint32_t i_ = 0; i_ < (j)->model.n_expects; i_++) \
        for (const struct trace_rec *rec = (j)->model.expects[i_]; \
             rec && strcmp(trace_get_str(rec, KEY_WHAT, ""), what) == 0; \
             rec = NULL)

#endif
