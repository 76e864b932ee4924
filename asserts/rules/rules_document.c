/* rules_document.c - the Backup Components Document keeps what was set. */
#include <string.h>

#include "asserts/rules/rules.h"
#include "base/array.h"

/* What a requester sets for a component, and who reads it. */
static const struct pair {
    const char *setter, *in, *reader, *out;
} pairs[] = {
    {"SetSelectedForRestore", "bSelectedForRestore", "IsSelectedForRestore",
     "pbSelectedForRestore"},
    {"SetAdditionalRestores", "bAdditionalRestores", "GetAdditionalRestores",
     "pbAdditionalRestores"},
    {"SetRestoreOptions", "wszRestoreOptions", "GetRestoreOptions",
     "pbstrRestoreOptions"},
    {"SetFileRestoreStatus", "status", "GetFileRestoreStatus", "pStatus"},
    {"SetBackupSucceeded", "bSucceded", "GetBackupSucceeded", "pbSucceeded"},
    {"SetBackupOptions", "wszBackupOptions", "GetBackupOptions",
     "pbstrBackupOptions"},
    {"SetPreviousBackupStamp", "wszPreviousBackupStamp",
     "GetPreviousBackupStamp", "pbstrBackupStamp"},
    {"SetAuthoritativeRestore", "bAuth", "GetAuthoritativeRestore", "pbAuth"},
    {"SetRestoreName", "wszRestoreName", "GetRestoreName", "pbstrName"}};

static const struct pair *pair_of(const struct m_call *c)
{
    if (strncmp(c->iface, "IVssComponent", 13) != 0)
        return NULL;
    for (unsigned i = 0; i < ARRAY_SIZE(pairs); i++)
        if (strcmp(pairs[i].reader, c->name) == 0)
            return &pairs[i];
    return NULL;
}

/* What a method of the object gave, whenever it was called, or NULL. */
static const char *answer(const struct model *m, uint32_t object,
                          const char *method, const char *out)
{
    EACH_ON(m, object, c)
        if (strcmp(c->name, method) == 0 && call_succeeded(c))
            return call_out(c, out);
    return NULL;
}

/* A component as far as the trace tells which it is. */
struct component {
    uint32_t document; /* the backup components object */
    const char *class, *name, *path;
};

static bool component_of(const struct model *m, uint32_t object,
                         struct component *it)
{
    const struct m_object *o =
        model_object((struct model *)(uintptr_t)m, object);
    const struct m_object *list =
        o ? model_object((struct model *)(uintptr_t)m, o->parent) : NULL;
    unsigned instances = 0;

    if (!list || !list->parent)
        return false;
    it->document = list->parent;
    it->class = answer(m, list->number, "GetWriterInfo", "pidWriter");
    it->name = answer(m, object, "GetComponentName", "pbstrName");
    it->path = answer(m, object, "GetLogicalPath", "pbstrPath");
    for (uint32_t i = 0; it->class && i < m->n_writers; i++)
        instances += strcmp(m->writers[i].class, it->class) == 0;
    /* U35: with several instances it depends which was meant. */
    return it->class && it->name && instances == 1;
}

static bool is_for(const struct m_call *set, const struct component *it)
{
    const char *class = call_in(set, "writerId");
    const char *name = call_in(set, "wszComponentName");
    const char *path = call_in(set, "wszLogicalPath");

    return class && name && strcmp(class, it->class) == 0 &&
           strcmp(name, it->name) == 0 &&
           (!it->path || strcmp(path ? path : "", it->path) == 0);
}

/* The latest that was set before `c`; NULL: nothing, or not certain what. */
static const struct m_call *latest(const struct model *m,
                                   const struct pair *pair,
                                   const struct component *it,
                                   const struct m_call *c)
{
    const struct m_call *found = NULL;

    EACH_ON(m, it->document, set) {
        const char *path = call_in(set, "wszLogicalPath"), *other;

        if (strcmp(set->name, "SetSelectedForRestoreEx") == 0)
            return NULL;
        if (strcmp(set->name, pair->setter) != 0 || !is_for(set, it) ||
            !call_succeeded(set) || !call_before(set, c))
            continue;
        other = found ? call_in(found, "wszLogicalPath") : path;
        if (strcmp(path ? path : "", other ? other : "") != 0)
            return NULL; /* two of that name */
        found = set;
    }
    return found;
}

static bool is_text(const struct trace_field *f)
{
    return f->type == TRACE_STR;
}

static const char *shown(const struct trace_field *f)
{
    if (is_text(f))
        return f->str;
    if (f->type == TRACE_BOOL)
        return f->num ? "true" : "false";
    return "none";
}

void rule_set_is_read(struct judge *j)
{
    EACH_CALL(j, c) {
        const struct pair *pair = pair_of(c);
        struct trace_field set, got;
        const struct m_call *by;
        struct component it;

        if (!pair || !call_succeeded(c) ||
            !component_of(&j->model, c->object, &it))
            continue;
        by = latest(&j->model, pair, &it, c);
        /* A fault may turn the argument on its way in. */
        if (!by || by->faulted ||
            !trace_find_param(by->enter, TRACE_IN, pair->in, &set) ||
            !trace_find_param(c->leave, TRACE_OUT, pair->out, &got) ||
            set.type == TRACE_NULL || (is_text(&set) && !*set.str))
            continue;
        judged(j, RULE_ID_set_is_read);
        if (is_text(&set) ? !is_text(&got) || strcmp(set.str, got.str) != 0
                          : set.num != got.num)
            finding_values(j,
                           found(j, RULE_ID_set_is_read, c, NULL,
                                 "%s of component %s does not give what "
                                 "%s (call %u) set",
                                 c->name, it.name, by->name, by->id),
                           shown(&set), shown(&got));
    }
}
