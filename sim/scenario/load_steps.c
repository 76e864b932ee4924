/* load_steps.c - the key requester: steps, checked against the API. */
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "com/hresult.h"
#include "com/text.h"
#include "scenario/load_steps.h"

static const struct node empty_map = {.kind = NODE_MAP};

static const struct {
    const char *name;
    enum step_kind kind;
} own_steps[] = {
    {"prepare", STEP_PREPARE},
    {"finish", STEP_FINISH},
    {"sleep", STEP_SLEEP},
    {"set", STEP_SET},
    {"note", STEP_NOTE},
    {"backup", STEP_BACKUP},
    {"QueryInterface", STEP_QUERY_INTERFACE},
    {"AddRef", STEP_ADD_REF},
    {"Release", STEP_RELEASE},
    {"exit", STEP_EXIT},
    {"Clean", STEP_CLEAN},
    {"registry", STEP_REGISTRY},
};

/* --- the keys of a step --- */

static void load_on(struct loader *l, struct step *s, const struct node *n)
{
    if (!node_text(l->problems, n, &s->on))
        return;
    if (!load_find_name(l, s->on))
        problem_at(l->problems, n,
                   "no object \"%s\": an earlier step must name it with as",
                   s->on);
}

void load_saved_document(struct loader *l, struct step *s,
                         const struct node *map)
{
    static const char *const keys[] = {"file", "saved", NULL};
    const struct node *n;
    const char *path;

    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "file")))
        s->document.file_text =
            load_file(l, n, 16 * NODE_MAX_SIZE, &s->document.file_size, &path);
    if ((n = node_get(map, "saved")) &&
        node_text(l->problems, n, &s->document.saved)) {
        const struct named *name = load_find_name(l, s->document.saved);

        if (!name || name->family != NAMED_DOCUMENT)
            problem_at(l->problems, n,
                       "no saved document \"%s\": an earlier SaveAsXML must "
                       "name it with as",
                       s->document.saved);
    }
}

static void load_common(struct loader *l, struct step *s,
                        const struct node *map)
{
    const struct node *n;

    if ((n = node_get(map, "returns"))) {
        s->returns = load_codes(l, n);
        s->returns_line = n->key_line;
        s->returns_col = n->key_col;
    }
    if ((n = node_get(map, "takes")))
        s->has_takes = node_time(l->problems, n, &s->takes);
    if ((n = node_get(map, "phase")))
        node_text(l->problems, n, &s->phase);
    if ((n = node_get(map, "at")) && node_time(l->problems, n, &s->at)) {
        s->has_at = true;
        s->declared = load_declare(l, "action", s->name, n);
    }
    if ((n = node_get(map, "on")))
        load_on(l, s, n);
    if ((n = node_get(map, "as")))
        node_text(l->problems, n, &s->as);
    if ((n = node_get(map, "keep")))
        node_bool(l->problems, n, &s->keep);
    if ((n = node_get(map, "each-alloc")))
        s->each_alloc = load_codes(l, n);
}

static void load_writer_keys(struct loader *l, struct step *s,
                             const struct node *map)
{
    const struct node *n;

    if ((n = node_get(map, "writer")) && step_takes_writer(s->method)) {
        const struct scenario_writer *w = load_find_writer(l, n);

        s->writer = w ? &w->writer : NULL;
        s->by_writer = step_by_index(s->method);
    } else if (l->scenario->writers && !step_by_index(s->method) &&
               (!s->on || s->method->family == API_BACKUP_COMPONENTS)) {
        s->writer = &l->scenario->writers->writer;
    }
    if (s->writer && s->writer->desc->n_components &&
        step_takes_component(s->method))
        s->component = &s->writer->desc->components[0];
    if (s->writer && (n = node_get(map, "component")))
        s->component = load_find_component(l, s->writer, n);
    s->found = true;
    if ((n = node_get(map, "found")))
        node_bool(l->problems, n, &s->found);
}

static void load_status_keys(struct loader *l, struct step *s,
                             const struct node *map)
{
    bool ex = strcmp(s->method->name, "GetWriterStatusEx") == 0;
    const struct node *n;

    if ((n = node_get(map, "state")))
        load_want_param(l, s, "pnStatus", n);
    if ((n = node_get(map, "failure")))
        load_want_param(l, s, ex ? "phrFailureWriter" : "phResultFailure", n);
    if ((n = node_get(map, "application"))) {
        /* The application's own code: a number, too. */
        if (n->kind == NODE_SCALAR && strchr("-0123456789", n->text[0])) {
            int64_t number;

            if (node_int(l->problems, n, &number))
                load_add_want(
                    l, s, "phrApplication",
                    arena_printf(l->arena, "0x%08X", (unsigned)number), n);
        } else {
            load_want_param(l, s, "phrApplication", n);
        }
    }
    if ((n = node_get(map, "text")))
        load_want_param(l, s, "pbstrApplicationMessage", n);
}

static void load_expected_out(struct loader *l, struct step *s,
                              const struct node *map)
{
    const struct api_param *result = api_result(s->method);
    const struct node *n;

    if ((n = node_get(map, "is"))) {
        if (result)
            load_want_param(l, s, result->name, n);
        else
            problem_at_key(l->problems, n, "%s has no out-parameter",
                           s->method->name);
    }
    if ((n = node_get(map, "out")) && node_map(l->problems, n))
        for (const struct node *i = n->first; i; i = i->next)
            load_want_param(l, s, i->key, i);
}

static void load_method(struct loader *l, struct step *s,
                        const struct node *map)
{
    const struct api_method *m = s->method;
    const struct node *n;
    int32_t hr;

    for (n = map ? map->first : NULL; n; n = n->next) {
        struct strbuf list = STRBUF_INIT;

        if (step_takes_key(m, n->key))
            continue;
        step_list_keys(m, &list);
        problem_at_key(l->problems, n,
                       "unknown key \"%s\" for %s: allowed are %s", n->key,
                       m->name, strbuf_str(&list));
        strbuf_release(&list);
    }
    if (!map)
        map = &empty_map;
    load_common(l, s, map);
    load_writer_keys(l, s, map);
    load_status_keys(l, s, map);
    load_expected_out(l, s, map);
    for (unsigned i = 0; i < m->n_params; i++)
        if ((n = node_get(map, m->params[i].name)))
            load_step_arg(l, &s->args[i], &m->params[i], n);
    if ((n = node_get(map, "document")) && step_has_param(m, "bstrXML"))
        load_saved_document(l, s, n);
    if ((n = node_get(map, "wait")))
        node_bool(l->problems, n, &s->wait);
    if ((n = node_get(map, "ends")) && node_hresult(l->problems, n, &hr)) {
        s->ends = n->text;
        s->wait = true;
    }
}

/* --- steps that are no methods --- */

static void load_prepare(struct loader *l, struct step *s,
                         const struct node *map)
{
    static const char *const keys[] = {"select", "as", "document", NULL};
    const struct node *n;

    l->families |= 1u << API_BACKUP_COMPONENTS;
    if (!map)
        return;
    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "as")) && node_text(l->problems, n, &s->as))
        load_give_name(l, s->as, API_BACKUP_COMPONENTS);
    if ((n = node_get(map, "document")))
        load_saved_document(l, s, n);
    if ((n = node_get(map, "select")))
        load_select(l, s, n);
}

static void load_unknown_step(struct loader *l, const struct node *where,
                              const char *name)
{
    const char *names[256];
    const char *near;
    unsigned n = 0;

    for (unsigned i = 0; i < api_n_methods && n < 240; i++)
        names[n++] = api_methods[i].name;
    for (unsigned i = 0; i < ARRAY_SIZE(own_steps); i++)
        names[n++] = own_steps[i].name;
    names[n] = NULL;
    near = nearest_word(name, names);
    problem_at(l->problems, where,
               "\"%s\" is no step%s%s%s: a method of the API (vssim list "
               "--methods), or prepare, finish, backup, sleep, set, note, "
               "exit, Clean, registry, is allowed",
               name, near ? " (did you mean " : "", near ? near : "",
               near ? "?)" : "");
}

static void check_object(struct loader *l, const struct step *s,
                         const struct node *where)
{
    const struct api_method *m = s->method;

    if (s->kind != STEP_METHOD || m->family == API_FUNCTION || s->on ||
        m->family == API_COMPONENT || m->family == API_WRITER_COMPONENTS ||
        (l->families & 1u << m->family))
        return;
    problem_at(l->problems, where,
               "nothing to call %s on: an earlier step must hand out an %s",
               m->name, m->iface);
}

/* A call: of a method, or of an exported function. */
static void load_call(struct loader *l, struct step *s,
                      const struct node *where, const struct node *map,
                      const char *name)
{
    int family;

    s->method = step_choose(l, name, map);
    if (!s->method) {
        load_unknown_step(l, where, name);
        return;
    }
    load_method(l, s, map);
    check_object(l, s, where);
    family = step_handed_out(s->method);
    if (family >= 0)
        l->families |= 1u << family;
    if (s->as && (strcmp(name, "StartSnapshotSet") == 0 ||
                  strcmp(name, "AddToSnapshotSet") == 0))
        family = NAMED_ID;
    if (s->as)
        load_give_name(l, s->as, family);
}

/* QueryInterface, AddRef, Release. */
static void load_unknown_call(struct loader *l, struct step *s,
                              const struct node *map)
{
    static const char *const object_keys[] = {"on", "as", "iid", "out", "at",
                                              "keep", "returns", "phase",
                                              NULL};
    const struct node *n;

    if (!map || !node_keys(l->problems, map, object_keys))
        return;
    load_common(l, s, map);
    if ((n = node_get(map, "iid")) && node_text(l->problems, n, &s->flag)) {
        s->iface = api_iface(s->flag);
        if (!s->iface && !guid_parse(s->flag, &s->iid))
            problem_at(l->problems, n,
                       "\"%s\" is no interface: a name such as "
                       "IVssBackupComponentsEx3 or a GUID is allowed",
                       s->flag);
    }
    if (s->as)
        load_give_name(l, s->as,
                       s->iface ? (int)s->iface->family
                                : API_BACKUP_COMPONENTS);
}

static void load_named_step(struct loader *l, struct step *s,
                            const struct node *where, const char *name,
                            const struct node *map)
{
    s->kind = STEP_METHOD;
    for (unsigned i = 0; i < ARRAY_SIZE(own_steps); i++)
        if (strcmp(own_steps[i].name, name) == 0)
            s->kind = own_steps[i].kind;
    switch (s->kind) {
    case STEP_METHOD:
        load_call(l, s, where, map, name);
        break;
    case STEP_PREPARE:
        load_prepare(l, s, map);
        break;
    case STEP_BACKUP:
        load_backup_step(l, s, map);
        break;
    case STEP_CLEAN:
        if (map)
            load_common(l, s, map);
        load_clean_step(l, s, map ? map : where);
        break;
    case STEP_REGISTRY:
        load_registry_step(l, s, map ? map : &empty_map);
        break;
    case STEP_QUERY_INTERFACE:
    case STEP_ADD_REF:
    case STEP_RELEASE:
        load_unknown_call(l, s, map);
        break;
    default:
        break;
    }
}

static void load_step(struct loader *l, const struct node *n)
{
    struct step *s = arena_alloc(l->arena, sizeof(*s));
    const struct node *value = n;

    s->line = n->line;
    s->col = n->col;
    if (n->kind == NODE_MAP) {
        value = n->first;
        if (!value) {
            problem_at(l->problems, n, "an empty step: NAME: { ... }");
            return;
        }
        if (value->next) {
            problem_at_key(l->problems, value->next,
                           "\"%s\" stands beside \"%s\": is it indented too "
                           "little? Arguments of a step go inside, %s: { %s: "
                           "... }",
                           value->next->key, value->key, value->key,
                           value->next->key);
            return;
        }
        s->line = value->key_line;
        s->col = value->key_col;
        s->name = value->key;
    } else if (!node_text(l->problems, n, &s->name)) {
        return;
    }
    if (strcmp(s->name, "sleep") == 0 && value != n) {
        s->kind = STEP_SLEEP;
        node_time(l->problems, value, &s->at);
    } else if (strcmp(s->name, "exit") == 0 && value != n) {
        s->kind = STEP_EXIT;
        node_int(l->problems, value, &s->exit_code);
    } else if (strcmp(s->name, "set") == 0 || strcmp(s->name, "note") == 0) {
        s->kind = strcmp(s->name, "set") == 0 ? STEP_SET : STEP_NOTE;
        if (value != n)
            node_text(l->problems, value, &s->flag);
    } else if (value == n || node_is_null(value)) {
        load_named_step(l, s, n, s->name, NULL);
    } else if (node_map(l->problems, value)) {
        load_named_step(l, s, n, s->name, value);
    }
    *l->last_step = s;
    l->last_step = &s->next;
}

void load_requester(struct loader *l, const struct node *list)
{
    l->scenario->has_requester = true;
    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        load_step(l, n);
}
