/*
 * load_names.c - what all parts of the loader share: what must take effect,
 * files named in a scenario, and what goes by a name there.
 */
#include <string.h>

#include "base/strbuf.h"
#include "os/assert.h"
#include "os/os.h"
#include "scenario/load.h"

uint32_t load_declare(struct loader *l, const char *what, const char *name,
                      const struct node *where)
{
    struct declared *d = arena_alloc(l->arena, sizeof(*d));
    struct declared **at = &l->scenario->declared;

    d->index = ++l->scenario->n_declared;
    d->what = what;
    d->name = name;
    d->line = where->key ? where->key_line : where->line;
    d->col = where->key ? where->key_col : where->col;
    while (*at)
        at = &(*at)->next;
    *at = d;
    assert(d->what && d->index == l->scenario->n_declared);
    return d->index;
}

const char *load_words(struct loader *l, const struct node *node)
{
    struct strbuf words = STRBUF_INIT;
    const char *text, *out;

    if (node->kind == NODE_SCALAR)
        return node->text;
    if (!node_list(l->problems, node))
        return "";
    for (const struct node *n = node->first; n; n = n->next)
        if (node_text(l->problems, n, &text))
            strbuf_addf(&words, "%s%s", words.len ? " " : "", text);
    out = arena_strdup(l->arena, strbuf_str(&words));
    strbuf_release(&words);
    return out;
}

/* --- files named in a scenario --- */

char *load_folder_of(struct loader *l, const char *file)
{
    const char *slash = strrchr(file, '/');

    return slash ? arena_strndup(l->arena, file, (size_t)(slash - file))
                 : arena_strdup(l->arena, ".");
}

/* The scenario tree: the root given, or else the nearest folder above the
 * file that is called scenarios, or else the file's own folder. */
static const char *tree_of(struct loader *l)
{
    char real[OS_PATH_MAX], *at;

    if (l->overrides->root)
        return l->overrides->root;
    if (!os_real_path(load_folder_of(l, l->scenario->file), real))
        return ".";
    for (at = real; (at = strstr(at, "/scenarios")); at++)
        if (at[10] == '\0' || at[10] == '/') {
            at[10] = '\0';
            break;
        }
    return arena_strdup(l->arena, real);
}

char *load_file(struct loader *l, const struct node *node, size_t limit,
                size_t *size, const char **path)
{
    char real[OS_PATH_MAX], root[OS_PATH_MAX];
    const char *name;
    size_t root_len;

    if (!node_text(l->problems, node, &name))
        return NULL;
    if (name[0] == '/' || strpbrk(name, "\\:")) {
        problem_at(l->problems, node,
                   "\"%s\": a path relative to this file, with /, is allowed",
                   name);
        return NULL;
    }
    *path =
        arena_printf(l->arena, "%s/%s", load_folder_of(l, node->file), name);
    if (!os_real_path(*path, real)) {
        problem_at(l->problems, node, "cannot read %s: no such file", *path);
        return NULL;
    }
    if (!os_real_path(tree_of(l), root))
        strcpy(root, "/");
    root_len = strlen(root);
    if (strncmp(real, root, root_len) != 0 || real[root_len] != '/') {
        problem_at(l->problems, node,
                   "\"%s\" lies outside the scenario tree: only files below "
                   "it are allowed",
                   name);
        return NULL;
    }
    return node_slurp(l->problems, *path, node, limit, size);
}

/* --- names given with `as` --- */

void load_give_name(struct loader *l, const char *name, int family)
{
    struct named *n = arena_alloc(l->arena, sizeof(*n));

    n->name = name;
    n->family = family;
    n->next = l->names;
    l->names = n;
}

const struct named *load_find_name(const struct loader *l, const char *name)
{
    const struct named *n = l->names;

    while (n && strcmp(n->name, name) != 0)
        n = n->next;
    return n;
}

/* --- writers and components by name --- */

struct scenario_writer *load_writer_called(struct loader *l,
                                           const char *handle)
{
    struct scenario_writer *w = l->scenario->writers;

    while (w && strcmp(w->writer.handle, handle) != 0)
        w = w->next;
    return w;
}

const struct scenario_writer *load_find_writer(struct loader *l,
                                               const struct node *node)
{
    struct strbuf list = STRBUF_INIT;
    struct scenario_writer *w;
    const char *handle;

    if (!node_text(l->problems, node, &handle))
        return NULL;
    w = load_writer_called(l, handle);
    if (w)
        return w;
    for (w = l->scenario->writers; w; w = w->next)
        strbuf_addf(&list, "%s%s", list.len ? ", " : "", w->writer.handle);
    problem_at(l->problems, node,
               "no writer \"%s\" in this scenario: allowed are %s", handle,
               list.len ? strbuf_str(&list) : "none");
    strbuf_release(&list);
    return NULL;
}

const struct vss_component_desc *load_find_component(
    struct loader *l, const struct writer *writer, const struct node *node)
{
    const struct vss_writer_desc *d = writer->desc;
    struct strbuf list = STRBUF_INIT;
    const char *name;

    if (!node_text(l->problems, node, &name))
        return NULL;
    for (uint32_t i = 0; i < d->n_components; i++)
        if (strcmp(d->components[i].name, name) == 0)
            return &d->components[i];
    for (uint32_t i = 0; i < d->n_components; i++)
        strbuf_addf(&list, "%s%s", i ? ", " : "", d->components[i].name);
    problem_at(l->problems, node,
               "%s has no component \"%s\": allowed are %s (to ask for one "
               "that does not exist, give wszComponentName)",
               writer->handle, name, strbuf_str(&list));
    strbuf_release(&list);
    return NULL;
}

/* --- events by name --- */

bool load_event_known(const char *name)
{
    for (int i = 0; i < VSSIM_EVENT_COUNT; i++)
        if (strcmp(writer_event_name((enum vssim_event_kind)i), name) == 0)
            return true;
    return false;
}

const char *load_all_events(struct loader *l)
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
