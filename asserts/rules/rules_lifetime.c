/* rules_lifetime.c - references and memory, from first to last. */

#include "asserts/rules/rules.h"

/* Component infos belong to the client, too, and are no objects. */
static bool holds_infos(const struct judge *j)
{
    int64_t n = 0;

    EACH_CALL(j, c) {
        n += c->method == M_GET_COMPONENT_INFO && call_succeeded(c);
        n -= c->method == M_FREE_COMPONENT_INFO && call_succeeded(c);
    }
    return n > 0;
}

void rule_all_released(struct judge *j)
{
    const struct trace_rec *b = j->model.balance;
    int64_t live, bstrs;

    /* A client that keeps something, or was stopped, has not released all. */
    if (!b || j->model.stuck || trace_get_int(b, KEY_OBJECTS, 0) != 0 ||
        holds_infos(j))
        return;
    judged(j, RULE_ID_all_released);
    live = trace_get_int(b, KEY_LIVE, 0);
    bstrs = trace_get_int(b, KEY_BSTRS, 0);
    if (live)
        found(j, RULE_ID_all_released, NULL, b,
              "everything was released and %lld allocations (%lld bytes) are "
              "still held",
              (long long)live, (long long)trace_get_int(b, KEY_BYTES, 0));
    if (bstrs)
        found(j, RULE_ID_all_released, NULL, b,
              "everything was released and %lld BSTRs are left",
              (long long)bstrs);
    EACH_TICKET(&j->model, t)
        if (t->post && !t->forgotten)
            found(j, RULE_ID_all_released, NULL, b,
                  "everything was released and event %u (%s) was not given up",
                  t->id, t->event);
}

/* What the client holds of each object, call by call. */
static void follow(struct judge *j, const struct m_call *c, int64_t *refs)
{
    const struct m_object *o;
    struct trace_field f;
    uint32_t cursor = 0;
    int64_t *held;

    if (!c->leave)
        return;
    while (trace_field_next(c->leave, &cursor, &f))
        if (f.group == TRACE_OUT && f.type == TRACE_OBJ &&
            (o = model_object(&j->model, (uint32_t)f.num)))
            refs[o->number - 1]++;
    o = model_object(&j->model, c->object);
    if (!o)
        return;
    held = &refs[o->number - 1];
    if (c->method == M_ADD_REF)
        ++*held;
    if (c->method != M_RELEASE)
        return;
    --*held;
    judged(j, RULE_ID_reference_kept);
    if (trace_get_int(c->leave, KEY_COUNT, 1) == 0 && *held > 0)
        found(j, RULE_ID_reference_kept, c, NULL,
              "Release gave 0 and destroyed %s %u while its client still "
              "holds %lld references",
              o->iface, o->number, (long long)*held);
}

void rule_reference_kept(struct judge *j)
{
    int64_t *refs =
        arena_alloc(&j->model.texts, j->model.n_objects * sizeof(*refs));

    EACH_CALL(j, c)
        follow(j, c, refs);
}

void rule_use_after_release(struct judge *j)
{
    judged(j, RULE_ID_use_after_release);
    EACH_OTHER(&j->model, rec) {
        if (rec->kind == TRACE_DEAD_CALL)
            found(j, RULE_ID_use_after_release, NULL, rec,
                  "%s::%s on object %u after its last Release",
                  trace_get_str(rec, KEY_IFACE, "?"),
                  trace_get_str(rec, KEY_METHOD, "?"), rec->object);
    }
}
