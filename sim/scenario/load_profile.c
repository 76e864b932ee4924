/* load_profile.c - what a writer is: a profile, or the same keys in a
 * scenario. */
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "com/text.h"
#include "scenario/load.h"

static const char *const profile_keys[] = {"vssim-profile", PROFILE_KEYS, NULL};

/* --- pieces of a profile --- */

static uint32_t count(const struct node *list)
{
    uint32_t n = 0;

    for (const struct node *i = list->first; i; i = i->next)
        n++;
    return n;
}

void load_text_key(struct loader *l, const struct node *map, const char *key,
                   const char **out)
{
    const struct node *n = node_get(map, key);

    if (n && node_is_null(n))
        *out = NULL;
    else if (n)
        node_text(l->problems, n, out);
}

void load_bool_key(struct loader *l, const struct node *map, const char *key,
                   bool *out)
{
    const struct node *n = node_get(map, key);

    if (n)
        node_bool(l->problems, n, out);
}

static void enum_key(struct loader *l, const struct node *map, const char *key,
                     const char *type, int *out)
{
    const struct node *n = node_get(map, key);
    int64_t value;

    if (n && node_enum(l->problems, n, type, &value))
        *out = (int)value;
}

static void flags_key(struct loader *l, const struct node *map,
                      const char *key, const char *type, uint32_t *out)
{
    const struct node *list = node_get(map, key);
    int64_t value;

    if (!list || !node_list(l->problems, list))
        return;
    *out = 0;
    for (const struct node *n = list->first; n; n = n->next)
        if (node_enum(l->problems, n, type, &value))
            *out |= (uint32_t)value;
}

static void guid_key(struct loader *l, const struct node *map, const char *key,
                     GUID *out)
{
    const struct node *n = node_get(map, key);
    const char *text;

    if (n && node_text(l->problems, n, &text) && !guid_parse(text, out))
        problem_at(l->problems, n,
                   "\"%s\" is no GUID: 8-4-4-4-12 hexadecimal digits are "
                   "allowed, with or without braces",
                   text);
}

static const struct vss_file_desc *files(struct loader *l,
                                         const struct node *map,
                                         const char *key, uint32_t *n_out,
                                         const struct vss_file_desc *before)
{
    static const char *const keys[] = {"path", "spec", "recursive",
                                       "alternate", "mask", NULL};
    const struct node *list = node_get(map, key);
    struct vss_file_desc *out;
    uint32_t i = 0;

    if (!list || !node_list(l->problems, list))
        return before;
    out = arena_alloc(l->arena, (count(list) + 1) * sizeof(*out));
    for (const struct node *n = list->first; n; n = n->next, i++) {
        const struct node *mask;
        int64_t number;

        if (!node_keys(l->problems, n, keys))
            continue;
        out[i].path = "";
        out[i].filespec = "*";
        load_text_key(l, n, "path", &out[i].path);
        load_text_key(l, n, "spec", &out[i].filespec);
        load_text_key(l, n, "alternate", &out[i].alternate);
        load_bool_key(l, n, "recursive", &out[i].recursive);
        if ((mask = node_get(n, "mask")) &&
            node_int(l->problems, mask, &number))
            out[i].backup_type_mask = (uint32_t)number;
    }
    *n_out = i;
    return out;
}

static void dependencies(struct loader *l, const struct node *map,
                         struct vss_component_desc *c)
{
    static const char *const keys[] = {"class", "path", "name", NULL};
    const struct node *list = node_get(map, "dependencies");
    struct vss_dependency_desc *out;
    uint32_t i = 0;

    if (!list || !node_list(l->problems, list))
        return;
    out = arena_alloc(l->arena, (count(list) + 1) * sizeof(*out));
    for (const struct node *n = list->first; n; n = n->next, i++) {
        if (!node_keys(l->problems, n, keys))
            continue;
        guid_key(l, n, "class", &out[i].writer);
        load_text_key(l, n, "path", &out[i].logical_path);
        load_text_key(l, n, "name", &out[i].name);
    }
    c->dependencies = out;
    c->n_dependencies = i;
}

static void component(struct loader *l, struct vss_component_desc *c,
                      const struct node *map)
{
    static const char *const keys[] = {
        "type", "path", "name", "caption", "selectable",
        "selectable-for-restore", "restore-metadata",
        "notify-on-backup-complete", "flags", "files", "databases", "logs",
        "dependencies", NULL};
    int type = VSS_CT_FILEGROUP;

    c->selectable = c->selectable_for_restore = true;
    c->name = "";
    if (!node_keys(l->problems, map, keys))
        return;
    enum_key(l, map, "type", "VSS_COMPONENT_TYPE", &type);
    c->type = (VSS_COMPONENT_TYPE)type;
    load_text_key(l, map, "path", &c->logical_path);
    load_text_key(l, map, "name", &c->name);
    load_text_key(l, map, "caption", &c->caption);
    load_bool_key(l, map, "selectable", &c->selectable);
    load_bool_key(l, map, "selectable-for-restore",
                  &c->selectable_for_restore);
    load_bool_key(l, map, "restore-metadata", &c->restore_metadata);
    load_bool_key(l, map, "notify-on-backup-complete",
                  &c->notify_on_backup_complete);
    flags_key(l, map, "flags", "VSS_COMPONENT_FLAGS", &c->flags);
    c->files = files(l, map, "files", &c->n_files, NULL);
    c->databases = files(l, map, "databases", &c->n_databases, NULL);
    c->logs = files(l, map, "logs", &c->n_logs, NULL);
    dependencies(l, map, c);
    if (!node_get(map, "name"))
        problem_at(l->problems, map, "a component without \"name\"");
}

static void load_version(struct loader *l, struct vss_writer_desc *d,
                         const struct node *n)
{
    const char *text;

    if (node_text(l->problems, n, &text) &&
        sscanf(text, "%u.%u", &d->version_major, &d->version_minor) != 2)
        problem_at(l->problems, n, "\"%s\" is no version: 1.0 is allowed",
                   text);
}

void load_profile_keys(struct loader *l, struct vss_writer_desc *d,
                       const struct node *map)
{
    const struct node *n;
    int usage = (int)d->usage, source = (int)d->source;
    int method = (int)d->restore_method, restore = (int)d->writer_restore;

    load_text_key(l, map, "name", &d->name);
    guid_key(l, map, "class", &d->writer);
    enum_key(l, map, "usage", "VSS_USAGE_TYPE", &usage);
    enum_key(l, map, "source", "VSS_SOURCE_TYPE", &source);
    enum_key(l, map, "restore-method", "VSS_RESTOREMETHOD_ENUM", &method);
    enum_key(l, map, "writer-restore", "VSS_WRITERRESTORE_ENUM", &restore);
    d->usage = (VSS_USAGE_TYPE)usage;
    d->source = (VSS_SOURCE_TYPE)source;
    d->restore_method = (VSS_RESTOREMETHOD_ENUM)method;
    d->writer_restore = (VSS_WRITERRESTORE_ENUM)restore;
    load_text_key(l, map, "service", &d->service);
    load_text_key(l, map, "user-procedure", &d->user_procedure);
    load_bool_key(l, map, "reboot-required", &d->reboot_required);
    flags_key(l, map, "backup-schema", "VSS_BACKUP_SCHEMA", &d->backup_schema);
    if ((n = node_get(map, "version")))
        load_version(l, d, n);
    d->mappings = files(l, map, "mappings", &d->n_mappings, d->mappings);
    d->excludes = files(l, map, "excludes", &d->n_excludes, d->excludes);
    if ((n = node_get(map, "components")) && node_list(l->problems, n)) {
        struct vss_component_desc *out =
            arena_alloc(l->arena, (count(n) + 1) * sizeof(*out));
        uint32_t i = 0;

        for (const struct node *c = n->first; c; c = c->next)
            component(l, &out[i++], c);
        d->components = out;
        d->n_components = i;
    }
}

/* --- profiles --- */

static const struct builtin_profile *builtin(const char *name)
{
    for (unsigned i = 0; i < n_builtin_profiles; i++)
        if (strcmp(builtin_profiles[i].name, name) == 0)
            return &builtin_profiles[i];
    return NULL;
}

static void unknown_profile(struct loader *l, const struct node *where,
                            const char *name)
{
    struct strbuf list = STRBUF_INIT;

    for (unsigned i = 0; i < n_builtin_profiles; i++)
        strbuf_addf(&list, "%s%s", i ? ", " : "", builtin_profiles[i].name);
    problem_at(l->problems, where,
               "\"%s\" is no profile: allowed are %s, or ./FILE.yaml", name,
               strbuf_str(&list));
    strbuf_release(&list);
}

bool load_profile(struct loader *l, struct vss_writer_desc *d,
                  const struct node *where, const char *name)
{
    const struct builtin_profile *b;
    struct node *root;
    const char *path = name;
    const char *text;
    size_t size;

    if (strchr(name, '/')) {
        text = load_file(l, where, NODE_MAX_SIZE, &size, &path);
        if (!text)
            return false;
    } else {
        b = builtin(name);
        if (!b) {
            unknown_profile(l, where, name);
            return false;
        }
        text = b->text;
        size = b->size;
    }
    root = node_read(l->problems, path, text, size);
    if (!root || !node_keys(l->problems, root, profile_keys))
        return false;
    load_profile_keys(l, d, root);
    return true;
}
