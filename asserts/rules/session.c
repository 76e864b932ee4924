/* session.c - what rules share; see rules.h. */
#include <stdlib.h>
#include <string.h>

#include "asserts/rules/rules.h"
#include "base/array.h"

const char *code_text(int32_t hr)
{
    static char ring[4][16];
    static unsigned at;

    return hresult_text(hr, ring[at++ % 4]);
}

const char *code_text_in(const char *iface, int32_t hr)
{
    static char room[16];

    return hresult_text_in(iface, hr, room);
}

bool code_among(int32_t hr, const char *names)
{
    for (const char *at = names; at && *at;) {
        size_t word = strcspn(at, " |");
        char name[96];
        int32_t code;

        if (word && word < sizeof(name)) {
            memcpy(name, at, word);
            name[word] = '\0';
            if (name[0] == '0') /* a code without a name */
                code = (int32_t)strtoul(name, NULL, 0);
            else if (!hresult_of(name, &code))
                code = ~hr;
            if (code == hr)
                return true;
        }
        at += word + (at[word] != '\0');
    }
    return false;
}

/* --- tables --- */

/* Asked for each call of each trace: the length tells most of them apart. */
struct returns {
    size_t size; /* of the method's name */
    const char *iface, *method, *codes, *page;
};

const char *returns_of(const char *iface, const char *method,
                       const char **page)
{
    static const struct returns table[] = {
#define RETURNS(iface, method, codes, page) \
    {sizeof(#method) - 1, #iface, #method, codes, page},
#include "asserts/rules/returns.def"
#undef RETURNS
    };
    size_t size = strlen(method);

    for (unsigned i = 0; i < ARRAY_SIZE(table); i++)
        if (table[i].size == size &&
            memcmp(table[i].method, method, size) == 0 &&
            strcmp(table[i].iface, iface) == 0) {
            if (page)
                *page = table[i].page;
            return table[i].codes;
        }
    return NULL;
}

const char *returns_added(const struct model *m, const char *iface,
                          const char *method)
{
    static const struct {
        const char *iface, *method, *codes, *policy, *value;
    } table[] = {
#define ADDED(iface, method, codes, policy, value, decision) \
    {#iface, #method, codes, policy, value},
#include "asserts/rules/returns_added.def"
#undef ADDED
    };

    for (unsigned i = 0; i < ARRAY_SIZE(table); i++)
        if ((strcmp(table[i].method, method) == 0 ||
             strcmp(table[i].method, "any") == 0) &&
            strcmp(table[i].iface, iface) == 0 &&
            (!*table[i].policy ||
             model_policy(m, table[i].policy, table[i].value)))
            return table[i].codes;
    return NULL;
}

/* --- sessions --- */

bool call_before(const struct m_call *call, const struct m_call *other)
{
    return call && other && call->leave && other->enter &&
           call->leave->seq < other->enter->seq;
}

static void learn(struct session *s, const struct m_call *c)
{
    switch (c->method) {
    case M_INITIALIZE_FOR_BACKUP:
    case M_INITIALIZE_FOR_RESTORE:
        if (s->init)
            break;
        s->init = c;
        s->restore = c->method == M_INITIALIZE_FOR_RESTORE;
        s->preselected = trace_get_int(c->enter, KEY_SELECTED, 0) > 0;
        break;
    case M_GATHER_METADATA:
        s->gather = s->gather ? s->gather : c;
        break;
    case M_PRE_RESTORE:
        s->pre = s->pre ? s->pre : c;
        break;
    case M_POST_RESTORE:
        s->post = s->post ? s->post : c;
        break;
    default:
        break;
    }
}

bool session_of(const struct model *m, uint32_t object, struct session *s)
{
    struct m_object *o = model_object((struct model *)(uintptr_t)m, object);

    if (!o || strncmp(o->iface, "IVssBackupComponents", 20) != 0)
        return false;
    if (!o->session_known) {
        EACH_ON(m, object, c)
            if (call_succeeded(c) && c->hr != HR_S_FALSE)
                learn(&o->session, c);
        o->session.object = object;
        o->session_known = true;
    }
    *s = o->session;
    return true;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool selects(const struct m_call *c)
{
    return (c->method == M_SET_SELECTED || c->method == M_SET_SELECTED_EX) &&
           call_succeeded(c);
}

bool calls_same_component(const struct m_call *a, const struct m_call *b)
{
    return same(call_in(a, "writerId"), call_in(b, "writerId")) &&
           same(call_in(a, "ct"), call_in(b, "ct")) &&
           same(call_in(a, "wszLogicalPath"), call_in(b, "wszLogicalPath")) &&
           same(call_in(a, "wszComponentName"),
                call_in(b, "wszComponentName"));
}

/* Is this the last word on its component before `until`? */
static bool is_last_word(const struct model *m, const struct m_call *c,
                         const struct m_call *until)
{
    for (const struct m_call *later = model_call(m, c->next); later;
         later = model_call(m, later->next))
        if (selects(later) && call_before(later, until) &&
            calls_same_component(c, later))
            return false;
    return true;
}

unsigned session_selected(const struct model *m, const struct session *s,
                          const char *class, const char *instance,
                          const struct m_call *until)
{
    unsigned n = 0;

    EACH_ON(m, s->object, c) {
        const char *named;

        if (!selects(c) || !call_before(c, until) ||
            !same(call_in(c, "writerId"), class) ||
            !call_in_num(c, "bSelectedForRestore", 1) ||
            !is_last_word(m, c, until))
            continue;
        named = call_in(c, "instanceId"); /* of SetSelectedForRestoreEx */
        if (named && !same(named, instance) &&
            strcmp(named, "00000000-0000-0000-0000-000000000000") != 0)
            continue;
        n++;
    }
    return n;
}

/* --- asynchronous operations --- */

const struct m_call *async_maker(const struct model *m, uint32_t object)
{
    const struct m_object *o =
        model_object((struct model *)(uintptr_t)m, object);

    return o && strcmp(o->iface, "IVssAsync") == 0 ? model_call(m, o->maker)
                                                   : NULL;
}

const struct m_ticket *async_ticket(const struct model *m, uint32_t object)
{
    const struct m_call *maker = async_maker(m, object);

    /* DoSnapshotSet's is only over with the last of several events. */
    return maker && strcmp(maker->name, "DoSnapshotSet") != 0
               ? model_ticket(m, maker->ticket)
               : NULL;
}
