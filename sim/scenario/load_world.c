/* load_world.c - the keys world, faults and expect of a scenario. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "com/enums.h"
#include "com/text.h"
#include "scenario/load.h"
#include "vss/documents_read.h"

static int version(struct loader *l, const struct node *n)
{
    struct strbuf list = STRBUF_INIT;
    int known;

    if (n->kind == NODE_SCALAR && (known = windows_of(n->text)) >= 0)
        return known;
    for (int i = 0; i < VSSIM_WINDOWS_COUNT; i++)
        strbuf_addf(&list, "%s%s", i ? ", " : "",
                    windows_key((enum vssim_windows)i));
    problem_at(l->problems, n, "\"%s\" is no Windows version: allowed are %s",
               n->kind == NODE_SCALAR ? n->text : "this", strbuf_str(&list));
    strbuf_release(&list);
    return -1;
}

static void load_windows(struct loader *l, const struct node *n)
{
    int known = version(l, n);

    if (known < 0)
        return;
    l->scenario->windows = (enum vssim_windows)known;
}

static void load_policy_set(struct loader *l, const struct node *n)
{
    bool lenient;

    if (n->kind == NODE_SCALAR && strcmp(n->text, "strict") == 0)
        lenient = false;
    else if (n->kind == NODE_SCALAR && strcmp(n->text, "lenient") == 0)
        lenient = true;
    else {
        problem_at(l->problems, n,
                   "no such set: strict or lenient is "
                   "allowed");
        return;
    }
    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        l->scenario->policy[i] = policy_default((enum vssim_policy)i, lenient);
}

static void load_policy(struct loader *l, const struct node *map)
{
    static const char *const alternatives[] = {
#define POLICY(id, key, decision, alternatives, strict, lenient, text) \
    alternatives,
#include <vssim/policy.def>
#undef POLICY
    };
    static const char *const keys[] = {
#define POLICY(id, key, decision, alternatives, strict, lenient, text) key,
#include <vssim/policy.def>
#undef POLICY
        "set", NULL};
    const struct node *set = node_get(map, "set");

    if (!node_keys(l->problems, map, keys))
        return;
    if (set)
        load_policy_set(l, set);
    for (const struct node *n = map->first; n; n = n->next) {
        int policy = policy_of(n->key), value;
        const char *text;

        if (policy < 0 || !node_text(l->problems, n, &text))
            continue;
        value = policy_alternative((enum vssim_policy)policy, text);
        if (value < 0)
            problem_at(l->problems, n,
                       "\"%s\" is no choice for %s: allowed are %s", text,
                       n->key, alternatives[policy]);
        else
            l->scenario->policy[policy] = value;
    }
}

static void *from_arena(void *context, size_t size)
{
    return arena_alloc(context, size);
}

static const char *slug(struct loader *l, const char *name)
{
    char *out = arena_strdup(l->arena, name), *to = out;

    for (const char *at = name; *at; at++)
        if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9'))
            *to++ = *at;
        else if (*at >= 'A' && *at <= 'Z')
            *to++ = (char)(*at - 'A' + 'a');
        else if (to > out && to[-1] != '-')
            *to++ = '-';
    while (to > out && to[-1] == '-')
        to--;
    *to = '\0';
    return out;
}

static bool known_class(const struct loader *l, const GUID *class)
{
    for (struct scenario_writer *w = l->scenario->writers; w; w = w->next)
        if (guid_equal(&w->writer.desc->writer, class))
            return true;
    return false;
}

static void add_from_desc(struct loader *l, struct vss_writer_desc *desc)
{
    struct scenario_writer *w = arena_alloc(l->arena, sizeof(*w));
    char class[GUID_TEXT];

    w->writer.handle =
        slug(l, desc->name && *desc->name ? desc->name
                                          : guid_text(&desc->writer, class));
    w->writer.desc = desc;
    w->writer.instance = desc->instance;
    w->writer.live = true;
    w->writer.status.state = VSS_WS_STABLE;
    w->backed_up = true;
    *l->last_writer = w;
    l->last_writer = &w->next;
}

static void load_metadata(struct loader *l, const struct node *n)
{
    struct vss_writer_desc *desc = arena_alloc(l->arena, sizeof(*desc));
    struct documents_memory memory = {from_arena, l->arena};
    struct documents_error error;
    const char *path;
    size_t size;
    char *text = load_file(l, n, 16 * NODE_MAX_SIZE, &size, &path);

    if (!text)
        return;
    if (!writer_metadata_read(text, size, &memory, desc, &error))
        problem_in(l->problems, path, (int)error.line, 1,
                   "no Writer Metadata Document: %s", error.text);
    else
        add_from_desc(l, desc);
}

static void load_document(struct loader *l, const struct node *n)
{
    struct vss_writer_desc *descs;
    struct documents_memory memory = {from_arena, l->arena};
    struct documents_error error;
    const char *path;
    size_t size;
    uint32_t n_descs;
    const char *text = load_file(l, n, 16 * NODE_MAX_SIZE, &size, &path);

    if (!text)
        return;
    /* The subject gets it as a BSTR, which is made of UTF-8. */
    if (!documents_utf8(&text, &size, &memory, &error)) {
        problem_in(l->problems, path, 0, 0, "%s", error.text);
        return;
    }
    l->scenario->document = text;
    l->scenario->document_size = size;
    if (!backup_components_read(text, size, &memory, &descs, &n_descs,
                                &error)) {
        problem_in(l->problems, path, (int)error.line, 1,
                   "no Backup Components Document: %s", error.text);
        return;
    }
    for (uint32_t i = 0; i < n_descs; i++)
        if (!known_class(l, &descs[i].writer))
            add_from_desc(l, &descs[i]);
}

void load_world(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {
        "windows",  "policy",    "hung-writer", "document",      "metadata",
        "volumes",  "providers", "freeze-timeout", "session-slots", "role",
        "since",    "until",     "machine",     NULL};
    int64_t slots;
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    for (const struct node *i = map->first; i; i = i->next)
        l->scenario->world_given |= strcmp(i->key, "windows") != 0 &&
                                    strcmp(i->key, "since") != 0 &&
                                    strcmp(i->key, "until") != 0;
    if ((n = node_get(map, "windows")))
        load_windows(l, n);
    l->scenario->windows_named |= n != NULL;
    if ((n = node_get(map, "since")))
        l->scenario->since = version(l, n);
    if ((n = node_get(map, "until")))
        l->scenario->until = version(l, n);
    if ((n = node_get(map, "policy")))
        load_policy(l, n);
    if ((n = node_get(map, "hung-writer"))) {
        l->scenario->hung_given = true;
        if (n->kind == NODE_SCALAR && strcmp(n->text, "never") == 0)
            l->scenario->hung = UINT64_MAX;
        else
            node_time(l->problems, n, &l->scenario->hung);
    }
    if ((n = node_get(map, "freeze-timeout")))
        node_time(l->problems, n, &l->scenario->freeze);
    if ((n = node_get(map, "session-slots")) &&
        node_int(l->problems, n, &slots))
        l->scenario->slots = slots < 1 ? 1 : (uint32_t)slots;
    if ((n = node_get(map, "providers")))
        load_providers(l, n);
    if ((n = node_get(map, "volumes")))
        load_volumes(l, n);
    if ((n = node_get(map, "role")))
        load_machine(l, n);
    if ((n = node_get(map, "machine")))
        load_disk_machine(l, n);
    if ((n = node_get(map, "metadata")) && node_list(l->problems, n))
        for (const struct node *i = n->first; i; i = i->next)
            load_metadata(l, i);
    if ((n = node_get(map, "document")))
        load_document(l, n);
}

/* --- faults --- */

static const struct {
    const char *name;
    enum fault_kind kind;
    HRESULT code;
} fault_kinds[] = {
    {"alloc", FAULT_ALLOC, E_OUTOFMEMORY},
    {"thread", FAULT_THREAD, E_OUTOFMEMORY},
    {"service", FAULT_SERVICE, VSS_E_UNEXPECTED},
    {"access", FAULT_ACCESS, E_ACCESSDENIED},
    {"provider", FAULT_PROVIDER, VSS_E_PROVIDER_VETO},
    {"async", FAULT_ASYNC, VSS_E_UNEXPECTED},
    {"argument", FAULT_ARGUMENT, S_OK},
};

static bool event_known(const char *name)
{
    for (int i = 0; i < VSSIM_EVENT_COUNT; i++)
        if (strcmp(writer_event_name((enum vssim_event_kind)i), name) == 0)
            return true;
    return false;
}

static const char *all_events(struct loader *l)
{
    struct strbuf list = STRBUF_INIT;
    const char *out;

    for (int i = 0; i < VSSIM_EVENT_COUNT; i++)
        strbuf_addf(&list, "%s%s", i ? ", " : "",
                    writer_event_name((enum vssim_event_kind)i));
    out = arena_strdup(l->arena, strbuf_str(&list));
    strbuf_release(&list);
    return out;
}

static bool parse_target(struct loader *l, struct fault *f,
                         const struct node *where, const char *rest)
{
    const char *slash = strchr(rest, '/');
    size_t length = slash ? (size_t)(slash - rest) : strlen(rest);
    char *end;

    f->method = arena_strndup(l->arena, rest, length);
    f->nth = 1;
    if (f->kind == FAULT_ASYNC && !event_known(f->method)) {
        problem_at(l->problems, where, "\"%s\" is no event: allowed are %s",
                   f->method, all_events(l));
        return false;
    }
    if (f->kind != FAULT_ASYNC && strcmp(f->method, "*") != 0 &&
        !api_find(f->method, 0) && strncmp(f->method, "On", 2) != 0) {
        problem_at(l->problems, where,
                   "\"%s\" is no method of the API: see vssim list --methods",
                   f->method);
        return false;
    }
    if (f->kind == FAULT_ALLOC) {
        f->nth = slash ? (uint32_t)strtoul(slash + 1, &end, 10) : 0;
        if (!slash || f->nth == 0 || *end) {
            problem_at(l->problems, where,
                       "which allocation? alloc/%s/1 is allowed", f->method);
            return false;
        }
    } else if (f->kind == FAULT_ARGUMENT) {
        f->param = slash ? slash + 1 : "";
    } else if (slash) {
        problem_at(l->problems, where,
                   "\"%s\" is too much: see vssim-scenario"
                   "(5), FAULTS",
                   slash);
        return false;
    }
    return true;
}

static bool parse_point(struct loader *l, struct fault *f,
                        const struct node *where)
{
    const char *slash = strchr(f->point, '/');

    if (strcmp(f->point, "service/crash") == 0) {
        f->kind = FAULT_SERVICE_CRASH;
        f->code = VSS_E_UNEXPECTED;
        f->method = "crash";
        return true;
    }
    for (unsigned i = 0; slash && i < ARRAY_SIZE(fault_kinds); i++) {
        size_t length = strlen(fault_kinds[i].name);

        if ((size_t)(slash - f->point) != length ||
            strncmp(f->point, fault_kinds[i].name, length) != 0)
            continue;
        f->kind = fault_kinds[i].kind;
        f->code = fault_kinds[i].code;
        return parse_target(l, f, where, slash + 1);
    }
    problem_at(
        l->problems, where,
        "\"%s\" is no fault: allowed are alloc/METHOD/N, "
        "thread/METHOD, service/METHOD, access/METHOD, "
        "provider/METHOD, async/EVENT, service/crash, argument/METHOD/PARAMETER",
        f->point);
    return false;
}

static void fault_value(struct loader *l, struct fault *f,
                        const struct node *n)
{
    const struct api_method *m = api_find(f->method, 0);

    for (unsigned i = 0; m && i < m->n_params; i++) {
        const struct api_param *p = &m->params[i];
        bool flag;

        if (strcmp(p->name, f->param) != 0 || p->dir != API_IN)
            continue;
        if (p->kind == API_ENUM)
            node_enum(l->problems, n, p->type, &f->value);
        else if (p->kind == API_BOOL && node_bool(l->problems, n, &flag))
            f->value = flag;
        else if (p->kind == API_INT)
            node_int(l->problems, n, &f->value);
        else
            problem_at(l->problems, n,
                       "%s is no number: an integer, boolean or enumeration "
                       "argument can be garbled",
                       f->param);
        return;
    }
    problem_at(l->problems, n, "%s has no argument \"%s\"", f->method,
               f->param);
}

static void load_fault(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {"point", "persistent", "code", "after",
                                       "count", "value",      NULL};
    struct fault *f = arena_alloc(l->arena, sizeof(*f));
    const struct node *n;
    int64_t count;

    if (!node_keys(l->problems, map, keys))
        return;
    n = node_get(map, "point");
    if (!n) {
        problem_at(l->problems, map, "no \"point\": which fault?");
        return;
    }
    if (!node_text(l->problems, n, &f->point) || !parse_point(l, f, n))
        return;
    f->declared = load_declare(l, "fault", f->point, n);
    if ((n = node_get(map, "persistent")))
        node_bool(l->problems, n, &f->persistent);
    if ((n = node_get(map, "code")))
        node_hresult(l->problems, n, &f->code);
    if ((n = node_get(map, "after")))
        node_time(l->problems, n, &f->after);
    if ((n = node_get(map, "count")) && node_int(l->problems, n, &count))
        f->nth = (uint32_t)count;
    if ((n = node_get(map, "value")))
        fault_value(l, f, n);
    else if (f->kind == FAULT_ARGUMENT)
        problem_at(l->problems, map,
                   "no \"value\": what does the argument "
                   "become?");
    *l->last_fault = f;
    l->last_fault = &f->next;
}

void load_faults(struct loader *l, const struct node *list)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        load_fault(l, n);
}

/* --- expect --- */

static void load_expected_events(struct loader *l, const struct node *map)
{
    if (!node_map(l->problems, map))
        return;
    for (const struct node *n = map->first; n; n = n->next) {
        struct expected_events *e = arena_alloc(l->arena, sizeof(*e));
        struct expected_events **at = &l->scenario->events;
        struct node key = *n;
        const struct scenario_writer *w;

        key.kind = NODE_SCALAR;
        key.text = n->key;
        key.line = n->key_line;
        key.col = n->key_col;
        w = load_find_writer(l, &key);
        if (!w || !node_list(l->problems, n))
            continue;
        for (const struct node *i = n->first; i; i = i->next)
            if (i->kind == NODE_SCALAR && !event_known(i->text))
                problem_at(l->problems, i,
                           "\"%s\" is no event: allowed are %s", i->text,
                           all_events(l));
        e->writer = &w->writer;
        e->events = load_words(l, n);
        e->line = n->key_line;
        e->col = n->key_col;
        while (*at)
            at = &(*at)->next;
        *at = e;
    }
}

static void load_texts(struct loader *l, const struct node *list,
                       struct expected_text **at)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *i = list->first; i; i = i->next) {
        struct expected_text *e = arena_alloc(l->arena, sizeof(*e));

        if (!node_text(l->problems, i, &e->want))
            continue;
        e->line = i->line;
        e->col = i->col;
        *at = e;
        at = &e->next;
    }
}

void load_expect(struct loader *l, const struct node *map)
{
    static const char *const keys[] = {"events", "log",    "findings", "disks",
                                       "exit",   "output", NULL};
    struct scenario *s = l->scenario;
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    if ((n = node_get(map, "events")))
        load_expected_events(l, n);
    if ((n = node_get(map, "disks")))
        load_expected_disks(l, n);
    if ((n = node_get(map, "findings")))
        s->findings = load_words(l, n);
    if ((n = node_get(map, "log")))
        load_texts(l, n, &s->log);
    if ((n = node_get(map, "output")))
        load_texts(l, n, &s->output);
    if ((n = node_get(map, "exit"))) {
        s->has_exit = node_int(l->problems, n, &s->exit);
        s->exit_line = n->line;
        s->exit_col = n->col;
    }
}
