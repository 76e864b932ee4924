/* load_edits.c - what a handler does to the document: edit, and partial. */
#include <string.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "scenario/load.h"

static const struct {
    const char *name;
    enum edit_method method;
} edits[] = {
    {"SetRestoreTarget", EDIT_RESTORE_TARGET},
    {"SetRestoreMetadata", EDIT_RESTORE_METADATA},
    {"SetPreRestoreFailureMsg", EDIT_PRE_RESTORE_MESSAGE},
    {"SetPostRestoreFailureMsg", EDIT_POST_RESTORE_MESSAGE},
    {"AddDirectedTarget", EDIT_DIRECTED_TARGET},
    {"SetFailure", EDIT_FAILURE},
    {"SetBackupMetadata", EDIT_BACKUP_METADATA},
    {"SetBackupStamp", EDIT_BACKUP_STAMP},
    {"AddPartialFile", EDIT_PARTIAL_FILE},
    {"AddDifferencedFilesByLastModifyTime", EDIT_DIFFERENCED_FILE},
    {"SetPrepareForBackupFailureMsg", EDIT_PREPARE_MESSAGE},
    {"SetPostSnapshotFailureMsg", EDIT_POST_SNAPSHOT_MESSAGE},
};

#define N_EDITS ARRAY_SIZE(edits)

/* Application codes are the writer's own: a number is allowed, too. */
static void any_hresult(struct loader *l, const struct node *n, HRESULT *out)
{
    int64_t number;

    if (n->kind == NODE_SCALAR && n->plain &&
        strchr("-0123456789", n->text[0])) {
        if (node_int(l->problems, n, &number))
            *out = (HRESULT)(uint32_t)number;
        return;
    }
    node_hresult(l->problems, n, out);
}

static void component_name(struct loader *l, const struct writer *w,
                           const struct node *n, const char **out)
{
    const struct vss_component_desc *c = load_find_component(l, w, n);

    if (c)
        *out = c->name;
}

static void failure_keys(struct loader *l, const struct node *map,
                         HRESULT *code, HRESULT *application,
                         const char **text)
{
    const struct node *n;

    if ((n = node_get(map, "code")))
        node_hresult(l->problems, n, code);
    if ((n = node_get(map, "application")))
        any_hresult(l, n, application);
    if ((n = node_get(map, "text")))
        node_text(l->problems, n, text);
}

/* The texts of a file set, in the order of `keys`. */
static void file_texts(struct loader *l, struct writer_edit *e,
                       const struct node *map, const char *const *keys,
                       unsigned texts)
{
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    for (unsigned i = 0; i < texts; i++)
        if ((n = node_get(map, keys[i])))
            node_text(l->problems, n, &e->target[i]);
}

static void differenced_file(struct loader *l, struct writer_edit *e,
                             const struct node *map)
{
    static const char *const keys[] = {"path", "spec", "recursive", "time",
                                       NULL};
    const struct node *n;
    bool flag;

    file_texts(l, e, map, keys, 2);
    if ((n = node_get(map, "recursive")) && node_bool(l->problems, n, &flag))
        e->value = flag;
    if ((n = node_get(map, "time")))
        node_int(l->problems, n, &e->time);
}

static void edit_value(struct loader *l, struct writer_edit *e,
                       const struct node *n)
{
    static const char *const failure[] = {"code", "application", "text", NULL};
    static const char *const directed[] = {"source-path", "source-file",
                                           "source-ranges", "path", "file",
                                           "ranges", NULL};
    static const char *const partial[] = {"path", "file", "ranges",
                                          "metadata", NULL};

    switch (e->method) {
    case EDIT_RESTORE_TARGET:
        node_enum(l->problems, n, "VSS_RESTORE_TARGET", &e->value);
        break;
    case EDIT_DIRECTED_TARGET:
        file_texts(l, e, n, directed, 6);
        break;
    case EDIT_PARTIAL_FILE:
        file_texts(l, e, n, partial, 4);
        break;
    case EDIT_DIFFERENCED_FILE:
        differenced_file(l, e, n);
        break;
    case EDIT_FAILURE:
        if (node_keys(l->problems, n, failure))
            failure_keys(l, n, &e->code, &e->application, &e->text);
        break;
    default:
        node_text(l->problems, n, &e->text);
    }
}

static void unknown_edit(struct loader *l, const struct node *n)
{
    struct strbuf list = STRBUF_INIT;

    for (unsigned i = 0; i < N_EDITS; i++)
        strbuf_addf(&list, ", %s", edits[i].name);
    problem_at_key(l->problems, n,
                   "\"%s\" is no edit: allowed are component%s", n->key,
                   strbuf_str(&list));
    strbuf_release(&list);
}

static bool load_edit(struct loader *l, const struct writer *w,
                      struct writer_edit *e, const struct node *map)
{
    bool found = false;

    if (!node_map(l->problems, map))
        return false;
    for (const struct node *n = map->first; n; n = n->next) {
        bool known = strcmp(n->key, "component") == 0;

        if (known)
            component_name(l, w, n, &e->component);
        for (unsigned i = 0; i < N_EDITS && !known; i++)
            if (strcmp(edits[i].name, n->key) == 0) {
                known = found = true;
                e->method = edits[i].method;
                edit_value(l, e, n);
            }
        if (!known)
            unknown_edit(l, n);
    }
    if (!found)
        problem_at(l->problems, map, "an edit without a method");
    return found;
}

static struct writer_edit *more_edits(struct loader *l, struct behaviour *b,
                                      uint32_t more)
{
    struct writer_edit *all =
        arena_alloc(l->arena, (b->n_edits + more) * sizeof(*all));

    if (b->n_edits)
        memcpy(all, b->edits, b->n_edits * sizeof(*all));
    b->edits = all;
    return all + b->n_edits;
}

/* They come before that of `partial`, wherever it stands. */
void load_own_edits(struct loader *l, struct writer *w, struct behaviour *b,
                    const struct node *list)
{
    struct writer_edit last = {0};

    if (!node_list(l->problems, list))
        return;
    if (b->partial)
        last = b->edits[--b->n_edits];
    for (const struct node *n = list->first; n; n = n->next)
        if (load_edit(l, w, more_edits(l, b, 1), n))
            b->n_edits++;
    if (b->partial) {
        *more_edits(l, b, 1) = last;
        b->n_edits++;
    }
}

/* partial: SetWriterFailureEx, and SetFailure on the component. */
void load_own_partial(struct loader *l, struct writer *w, struct behaviour *b,
                      const struct node *map)
{
    static const char *const keys[] = {"component", "code", "application",
                                       "text", NULL};
    struct writer_edit *e = more_edits(l, b, 1);
    const struct node *n;

    if (!node_keys(l->problems, map, keys))
        return;
    e->method = EDIT_FAILURE;
    e->code = VSS_E_WRITERERROR_NONRETRYABLE;
    e->component = w->desc->n_components ? w->desc->components[0].name : NULL;
    if ((n = node_get(map, "component")))
        component_name(l, w, n, &e->component);
    failure_keys(l, map, &e->code, &e->application, &e->text);
    b->n_edits++;
    b->partial = true;
    b->application = e->application;
    b->application_text = e->text;
}
