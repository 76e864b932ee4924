/* load_world.c - the key world of a scenario. */
#include <string.h>

#include "base/strbuf.h"
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
