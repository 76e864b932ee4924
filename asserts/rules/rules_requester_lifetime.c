/* rules_requester_lifetime.c - what a requester must give back. */
#include <string.h>

#include "asserts/rules/requester.h"

/* Does it say something that a thing was not given back? Not when the program
 * was stopped, nor when the trace does not go to the end. */
static bool judges_memory(const struct model *m)
{
    return m->balance && ran_to_end(m);
}

static bool is_held(const struct m_object *o)
{
    return o->refs > 0 && !o->destroyed;
}

static void held_objects(struct judge *j, enum rule_id rule, bool asyncs)
{
    if (!judges_memory(&j->model))
        return;
    EACH_OBJECT(&j->model, o) {
        const struct m_call *maker = model_call(&j->model, o->maker);

        if (!maker || (strcmp(o->iface, "IVssAsync") == 0) != asyncs)
            continue;
        judged(j, rule);
        if (is_held(o))
            found(j, rule, maker, NULL,
                  "%s %u, handed out here, is never released%s", o->iface,
                  o->number, o->refs > 1 ? " often enough" : "");
    }
}

void rule_async_released(struct judge *j)
{
    held_objects(j, RULE_ID_async_released, true);
}

void rule_objects_released(struct judge *j)
{
    held_objects(j, RULE_ID_objects_released, false);
}

/* A call of `frees` after the latest that took something. */
static void given_back(struct judge *j, enum rule_id rule,
                       const struct session *s, enum m_method takes,
                       enum m_method frees)
{
    const struct m_call *taken = latest(&j->model, s->object, takes, NULL);

    if (!taken || operation_result(j, taken) != HR_VSS_S_ASYNC_FINISHED)
        return;
    judged(j, rule);
    EACH_ON(&j->model, s->object, c)
        if (c->method == frees && call_before(taken, c))
            return;
    found(j, rule, taken, NULL, "what %s obtained is never freed",
          taken->name);
}

void rule_status_freed(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_SESSION(j, s)
        given_back(j, RULE_ID_status_freed, s, M_GATHER_STATUS, M_FREE_STATUS);
}

void rule_metadata_freed(struct judge *j)
{
    if (!ran_to_end(&j->model))
        return;
    EACH_SESSION(j, s)
        given_back(j, RULE_ID_metadata_freed, s, M_GATHER_METADATA,
                   M_FREE_METADATA);
}

void rule_info_freed(struct judge *j)
{
    if (!judges_memory(&j->model))
        return;
    EACH_OBJECT(&j->model, o) {
        const struct m_call *got = NULL;
        int n = 0;

        EACH_ON(&j->model, o->number, c) {
            if (c->method == M_GET_COMPONENT_INFO && call_succeeded(c)) {
                got = c;
                n++;
            }
            n -= c->method == M_FREE_COMPONENT_INFO && call_succeeded(c);
        }
        if (!got)
            continue;
        judged(j, RULE_ID_info_freed);
        if (n > 0)
            found(j, RULE_ID_info_freed, got, NULL,
                  "%d component infos are never given to FreeComponentInfo",
                  n);
    }
}
