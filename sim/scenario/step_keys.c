/* step_keys.c - which method a step means, and which keys that method takes. */
#include <string.h>

#include "base/strbuf.h"
#include "scenario/load_steps.h"

/* Keys that every step may have. */
static const char *const common_keys[] = {
    "returns", "out", "is", "takes", "phase", "at",
    "as", "on", "keep", "each-alloc", NULL};

static bool in_list(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(word, *list) == 0)
            return true;
    return false;
}

int step_handed_out(const struct api_method *m)
{
    for (unsigned i = 0; m && i < m->n_params; i++)
        if (m->params[i].kind == API_OBJECT && m->params[i].dir == API_OUT) {
            const struct api_iface *iface = api_iface(m->params[i].type);

            return iface ? (int)iface->family : -1;
        }
    return -1;
}

bool step_has_param(const struct api_method *m, const char *name)
{
    for (unsigned i = 0; i < m->n_params; i++)
        if (strcmp(m->params[i].name, name) == 0)
            return true;
    return false;
}

static bool is_one_of(const struct api_method *m, const char *const *names)
{
    return in_list(m->name, names);
}

static const char *const index_methods[] = {
    "GetWriterStatus",   "GetWriterStatusEx",   "GetWriterMetadata",
    "GetWriterMetadataEx", "GetWriterComponents", NULL};
static const char *const status_methods[] = {"GetWriterStatus",
                                             "GetWriterStatusEx", NULL};

bool step_by_index(const struct api_method *m)
{
    return is_one_of(m, index_methods);
}

bool step_takes_writer(const struct api_method *m)
{
    return step_has_param(m, "writerId") || step_has_param(m, "instanceId") ||
           step_has_param(m, "rgWriterClassId") ||
           step_has_param(m, "rgWriterInstanceId") ||
           is_one_of(m, index_methods) || m->family == API_COMPONENT;
}

bool step_takes_component(const struct api_method *m)
{
    return step_has_param(m, "wszComponentName") || m->family == API_COMPONENT;
}

bool step_takes_key(const struct api_method *m, const char *key)
{
    if (in_list(key, common_keys) || step_has_param(m, key))
        return true;
    if (strcmp(key, "writer") == 0)
        return step_takes_writer(m);
    if (strcmp(key, "component") == 0)
        return step_takes_component(m);
    if (strcmp(key, "wait") == 0 || strcmp(key, "ends") == 0)
        return step_handed_out(m) == API_ASYNC;
    if (strcmp(key, "found") == 0)
        return is_one_of(m, index_methods);
    if (strcmp(key, "state") == 0 || strcmp(key, "failure") == 0)
        return is_one_of(m, status_methods);
    if (strcmp(key, "application") == 0 || strcmp(key, "text") == 0)
        return strcmp(m->name, "GetWriterStatusEx") == 0;
    if (strcmp(key, "document") == 0)
        return step_has_param(m, "bstrXML");
    return false;
}

static bool takes_all(const struct api_method *m, const struct node *map)
{
    for (const struct node *n = map ? map->first : NULL; n; n = n->next)
        if (!step_takes_key(m, n->key))
            return false;
    return true;
}

void step_list_keys(const struct api_method *m, struct strbuf *out)
{
    static const char *const extra[] = {
        "writer", "component", "wait", "ends", "found", "state", "failure",
        "application", "text", "document", NULL};

    for (unsigned i = 0; i < m->n_params; i++)
        strbuf_addf(out, "%s, ", m->params[i].name);
    for (const char *const *e = extra; *e; e++)
        if (step_takes_key(m, *e) && !step_has_param(m, *e))
            strbuf_addf(out, "%s, ", *e);
    for (const char *const *c = common_keys; *c; c++)
        strbuf_addf(out, "%s%s", c == common_keys ? "" : ", ", *c);
}

/* The method meant: by the object it is called on, else the most usual one
 * that takes all the keys given. */
const struct api_method *step_choose(struct loader *l, const char *name,
                                     const struct node *map)
{
    const struct node *on = node_get(map, "on");
    const struct named *object =
        on && on->kind == NODE_SCALAR ? load_find_name(l, on->text) : NULL;
    const struct api_method *m, *first = api_find(name, 0);
    bool writer = node_get(map, "writer") != NULL;

    for (unsigned i = 0; (m = api_find(name, i)); i++)
        if (object ? (int)m->family == object->family : takes_all(m, map))
            if (object || writer || m->family == API_FUNCTION ||
                (l->families & 1u << m->family) || !api_find(name, 1))
                return m;
    return first;
}
