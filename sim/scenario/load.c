/* load.c - a scenario file into a struct scenario; see scenario.h. */
#include <string.h>

#include "base/strbuf.h"
#include "com/documents_write.h"
#include "os/os.h"
#include "scenario/load.h"

#define MAX_INCLUDES 8

static const char *const top_keys[] = {
    "vssim",  "scenario", "cites",   "tags",   "skip",      "todo",   "seed",
    "include", "world",   "writers", "faults", "requester", "expect",
    "requester-rules", NULL};

void scenario_overrides_init(struct scenario_overrides *o)
{
    memset(o, 0, sizeof(*o));
    o->windows = -1;
    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        o->policy[i] = -1;
}

/* --- the parts --- */

static void load_body(struct loader *l, const struct node *root);

static void load_include(struct loader *l, const struct node *node)
{
    static const char *const keys[] = {"vssim",  "include", "world", "writers",
                                       "faults", "requester", NULL};
    const char *path;
    size_t size;
    char *text = load_file(l, node, NODE_MAX_SIZE, &size, &path);
    struct node *root;

    if (!text)
        return;
    if (++l->include_depth > MAX_INCLUDES) {
        problem_at(l->problems, node, "included too deeply: at most 8 levels");
        return;
    }
    root = node_read(l->problems, path, text, size);
    if (root && node_keys(l->problems, root, keys))
        load_body(l, root);
    l->include_depth--;
}

static void load_body(struct loader *l, const struct node *root)
{
    const struct node *n;

    if ((n = node_get(root, "include"))) {
        if (n->kind == NODE_LIST)
            for (const struct node *i = n->first; i; i = i->next)
                load_include(l, i);
        else
            load_include(l, n);
    }
    if ((n = node_get(root, "world")))
        load_world(l, n);
    if ((n = node_get(root, "writers")))
        load_writers(l, n);
    if (l->include_depth == 0 && !l->scenario->writers &&
        !node_get(root, "writers"))
        load_default_writer(l);
    if ((n = node_get(root, "faults")))
        load_faults(l, n);
    if ((n = node_get(root, "requester")))
        load_requester(l, n);
}

static void load_head(struct loader *l, const struct node *root)
{
    struct scenario *s = l->scenario;
    struct problems *p = l->problems;
    const struct node *n;
    int64_t number;

    n = node_get(root, "vssim");
    if (!n)
        problem_at(p, root,
                   "no \"vssim: 1\": the format version must stand "
                   "first");
    else if (node_int(p, n, &number) && number != 1)
        problem_at(p, n, "format version %lld: 1 is allowed",
                   (long long)number);
    n = node_get(root, "scenario");
    if (!n)
        problem_at(p, root,
                   "no \"scenario\": one sentence that says what is "
                   "shown");
    else
        node_text(p, n, &s->title);
    if ((n = node_get(root, "cites")))
        s->cites = load_words(l, n);
    if ((n = node_get(root, "tags")))
        s->tags = load_words(l, n);
    if ((n = node_get(root, "skip")))
        node_text(p, n, &s->skip);
    if ((n = node_get(root, "todo")))
        node_text(p, n, &s->todo);
    if ((n = node_get(root, "requester-rules")))
        node_bool(p, n, &s->requester_rules);
    if ((n = node_get(root, "seed")) && node_int(p, n, &number))
        s->seed = (uint64_t)number;
}

static void make_document(struct loader *l)
{
    const struct vss_writer_desc **descs;
    struct strbuf xml = STRBUF_INIT;
    uint32_t n = 0;

    if (l->scenario->document)
        return;
    for (struct scenario_writer *w = l->scenario->writers; w; w = w->next)
        n += w->backed_up;
    descs = arena_alloc(l->arena, (n + 1) * sizeof(*descs));
    n = 0;
    for (struct scenario_writer *w = l->scenario->writers; w; w = w->next)
        if (w->backed_up)
            descs[n++] = w->writer.desc;
    backup_components_write(&xml, descs, n);
    l->scenario->document = arena_strndup(l->arena, strbuf_str(&xml), xml.len);
    l->scenario->document_size = xml.len;
    strbuf_release(&xml);
}

/* The folder a file is in, for tables by topic. */
static const char *topic_of(struct loader *l, const char *file)
{
    const char *folder = load_folder_of(l, file),
               *slash = strrchr(folder, '/');

    return slash ? slash + 1 : strcmp(folder, ".") == 0 ? "scenarios" : folder;
}

/* --windows: a scenario that is about another version, or whose expectations
 * hold for others only, is skipped. */
static void override_version(struct loader *l)
{
    struct scenario *s = l->scenario;
    int to = l->overrides->windows;

    if (to < 0 || to == (int)s->windows)
        return;
    s->windows_overridden = true;
    if (s->skip)
        ;
    else if (s->windows_named && s->since < 0 && s->until < 0)
        s->skip =
            arena_printf(l->arena, "it is about %s", windows_key(s->windows));
    else if (s->since > to)
        s->skip = arena_printf(l->arena, "it holds from %s on",
                               windows_key((enum vssim_windows)s->since));
    else if (s->until >= 0 && s->until < to)
        s->skip = arena_printf(l->arena, "it holds up to %s",
                               windows_key((enum vssim_windows)s->until));
    s->windows = (enum vssim_windows)to;
}

struct scenario *scenario_parse(struct arena *arena, const char *name,
                                const char *text, size_t size,
                                const struct scenario_overrides *overrides,
                                struct problems *problems)
{
    struct scenario *s = arena_alloc(arena, sizeof(*s));
    struct loader l = {.arena = arena,
                       .problems = problems,
                       .scenario = s,
                       .overrides = overrides,
                       .file = name,
                       .last_writer = &s->writers,
                       .last_fault = &s->faults,
                       .last_step = &s->steps};
    struct node *root = node_read(problems, name, text, size), *n;

    if (!root || !node_keys(problems, root, top_keys))
        return NULL;
    s->file = arena_strdup(arena, name);
    s->topic = topic_of(&l, s->file);
    s->title = "";
    s->state_dir = overrides->state_dir;
    s->sweep = overrides->sweep;
    s->explore = overrides->explore;
    s->seed = overrides->has_seed ? overrides->seed : 1;
    s->hung = s->freeze = 60000;
    s->slots = 64;
    s->windows = VSSIM_SERVER_2022;
    s->since = s->until = -1;
    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        s->policy[i] =
            policy_default((enum vssim_policy)i, overrides->lenient);
    load_head(&l, root);
    load_body(&l, root);
    if ((n = node_get(root, "expect")))
        load_expect(&l, n);
    override_version(&l);
    for (int i = 0; i < VSSIM_POLICY_COUNT; i++)
        if (overrides->policy[i] >= 0)
            s->policy[i] = overrides->policy[i];
    if (overrides->has_seed)
        s->seed = overrides->seed;
    if (problems->count)
        return NULL;
    make_document(&l);
    return s;
}

struct scenario *scenario_load(struct arena *arena, const char *file,
                               const struct scenario_overrides *overrides,
                               struct problems *problems)
{
    size_t size;
    char *shown = arena_strdup(arena, file);
    char *text = node_slurp(problems, file, NULL, NODE_MAX_SIZE, &size);

    os_slashes(shown); /* what the file names is found from its folder */
    return text ? scenario_parse(arena, shown, text, size, overrides, problems)
                : NULL;
}
