/* load_writers.c - the key writers of a scenario, and profiles. */
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "com/enums.h"
#include "com/text.h"
#include "scenario/load.h"

#define PROFILE_KEYS \
    "name", "class", "usage", "source", "restore-method", "writer-restore", \
        "service", "user-procedure", "reboot-required", "backup-schema", \
        "version", "components", "mappings", "excludes", "text", "cites", \
        "since", "until", "edition", "roles", "winpe", "hosted-in", \
        "other-names"

static const char *const profile_keys[] = {"vssim-profile", PROFILE_KEYS, NULL};
static const char *const writer_keys[] = {
    "profile", "as", "instance-name", "live", "backed-up", "behaviour",
    PROFILE_KEYS, NULL};

/* --- pieces of a profile --- */

static uint32_t count(const struct node *list)
{
    uint32_t n = 0;

    for (const struct node *i = list->first; i; i = i->next)
        n++;
    return n;
}

static void text_key(struct loader *l, const struct node *map, const char *key,
                     const char **out)
{
    const struct node *n = node_get(map, key);

    if (n && node_is_null(n))
        *out = NULL;
    else if (n)
        node_text(l->problems, n, out);
}

static void bool_key(struct loader *l, const struct node *map, const char *key,
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
        text_key(l, n, "path", &out[i].path);
        text_key(l, n, "spec", &out[i].filespec);
        text_key(l, n, "alternate", &out[i].alternate);
        bool_key(l, n, "recursive", &out[i].recursive);
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
        text_key(l, n, "path", &out[i].logical_path);
        text_key(l, n, "name", &out[i].name);
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
    text_key(l, map, "path", &c->logical_path);
    text_key(l, map, "name", &c->name);
    text_key(l, map, "caption", &c->caption);
    bool_key(l, map, "selectable", &c->selectable);
    bool_key(l, map, "selectable-for-restore", &c->selectable_for_restore);
    bool_key(l, map, "restore-metadata", &c->restore_metadata);
    bool_key(l, map, "notify-on-backup-complete",
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

    text_key(l, map, "name", &d->name);
    guid_key(l, map, "class", &d->writer);
    enum_key(l, map, "usage", "VSS_USAGE_TYPE", &usage);
    enum_key(l, map, "source", "VSS_SOURCE_TYPE", &source);
    enum_key(l, map, "restore-method", "VSS_RESTOREMETHOD_ENUM", &method);
    enum_key(l, map, "writer-restore", "VSS_WRITERRESTORE_ENUM", &restore);
    d->usage = (VSS_USAGE_TYPE)usage;
    d->source = (VSS_SOURCE_TYPE)source;
    d->restore_method = (VSS_RESTOREMETHOD_ENUM)method;
    d->writer_restore = (VSS_WRITERRESTORE_ENUM)restore;
    text_key(l, map, "service", &d->service);
    text_key(l, map, "user-procedure", &d->user_procedure);
    bool_key(l, map, "reboot-required", &d->reboot_required);
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

static bool load_profile(struct loader *l, struct vss_writer_desc *d,
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

/* --- writers of a scenario --- */

/* Instance ids are made of the order in the file: the same in every run. */
static void make_instance(struct loader *l, GUID *guid)
{
    static const GUID base = {0x1457a0ce, 0x0000, 0x4000,
                              {0x80, 0, 0, 0, 0, 0, 0, 0}};

    *guid = base;
    guid->Data4[7] = (unsigned char)++l->n_instances;
    guid->Data4[6] = (unsigned char)(l->n_instances >> 8);
}

/* A writer that a saved document defined and this entry speaks of. */
static struct scenario_writer *from_document(struct loader *l,
                                             const struct node *map)
{
    const struct node *class = node_get(map, "class");
    const struct node *name = node_get(map, "name");
    GUID guid;

    for (struct scenario_writer *w = l->scenario->writers; w; w = w->next) {
        const struct vss_writer_desc *d = w->writer.desc;

        if (w->written)
            continue;
        if (class && class->kind == NODE_SCALAR &&
            guid_parse(class->text, &guid) && guid_equal(&guid, &d->writer))
            return w;
        if (!class && name && name->kind == NODE_SCALAR && d->name &&
            strcmp(name->text, d->name) == 0)
            return w;
    }
    return NULL;
}

static struct scenario_writer *new_writer(struct loader *l,
                                          struct vss_writer_desc *desc)
{
    struct scenario_writer *w = arena_alloc(l->arena, sizeof(*w));

    desc->name = "";
    desc->usage = VSS_UT_USERDATA;
    desc->source = VSS_ST_OTHER;
    desc->restore_method = VSS_RME_RESTORE_IF_CAN_REPLACE;
    desc->writer_restore = VSS_WRE_ALWAYS;
    desc->version_major = 1;
    w->writer.desc = desc;
    w->writer.live = true;
    w->written = true;
    w->writer.status.state = VSS_WS_STABLE;
    w->backed_up = true;
    make_instance(l, &w->writer.instance);
    desc->instance = w->writer.instance;
    *l->last_writer = w;
    l->last_writer = &w->next;
    return w;
}

/* A writer that the machine has anyway, by its role. */
static struct scenario_writer *from_machine(struct loader *l,
                                            const char *profile)
{
    struct scenario_writer *w = load_writer_called(l, profile);

    return w && w->of_machine ? w : NULL;
}

void load_machine_writer(struct loader *l, const char *profile,
                         const struct node *root)
{
    struct vss_writer_desc *desc = arena_alloc(l->arena, sizeof(*desc));
    struct scenario_writer *w = new_writer(l, desc);

    w->written = false;
    w->of_machine = true;
    w->writer.handle = profile;
    load_profile_keys(l, desc, root);
}

static void name_writer(struct loader *l, struct scenario_writer *w,
                        const struct node *map, const char *profile)
{
    const struct node *as = node_get(map, "as");
    const char *slash = profile ? strrchr(profile, '/') : NULL;
    const char *handle = slash ? slash + 1 : profile;
    size_t length = handle ? strlen(handle) : 0;

    if (length > 5 && strcmp(handle + length - 5, ".yaml") == 0)
        handle = arena_strndup(l->arena, handle, length - 5);
    w->writer.handle = "";
    if (as)
        node_text(l->problems, as, &handle);
    else if (!handle)
        handle = w->writer.desc->name;
    if (!handle || !*handle) {
        problem_at(l->problems, map,
                   "a writer without \"as\": how is it "
                   "called in this scenario?");
        handle = "?";
    } else if (load_writer_called(l, handle)) {
        problem_at(l->problems, as ? as : map,
                   "a second writer \"%s\": give it another name with \"as\"",
                   handle);
    }
    w->writer.handle = handle;
}

static void load_writer(struct loader *l, const struct node *map)
{
    const struct node *n, *profile = node_get(map, "profile");
    struct scenario_writer *w = NULL;
    struct vss_writer_desc *desc;
    const char *name = NULL;

    if (!node_keys(l->problems, map, writer_keys))
        return;
    if (!profile)
        w = from_document(l, map);
    else if (profile->kind == NODE_SCALAR && !node_get(map, "as"))
        w = from_machine(l, profile->text);
    if (w && profile) /* what the entry says beside the profile counts */
        load_profile_keys(
            l, (struct vss_writer_desc *)(uintptr_t)w->writer.desc, map);
    if (!w) {
        desc = arena_alloc(l->arena, sizeof(*desc));
        w = new_writer(l, desc);
        if (profile && (!node_text(l->problems, profile, &name) ||
                        !load_profile(l, desc, profile, name)))
            name = "?";
        load_profile_keys(l, desc, map);
        name_writer(l, w, map, name);
        text_key(l, map, "instance-name", &desc->instance_name);
    } else if ((n = node_get(map, "as"))) {
        node_text(l->problems, n, &w->writer.handle);
    }
    bool_key(l, map, "live", &w->writer.live);
    bool_key(l, map, "backed-up", &w->backed_up);
    if ((n = node_get(map, "behaviour")))
        load_behaviour(l, &w->writer, n);
}

void load_writers(struct loader *l, const struct node *list)
{
    if (!node_list(l->problems, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        if (node_map(l->problems, n))
            load_writer(l, n);
}

void load_default_writer(struct loader *l)
{
    static const struct node where = {.kind = NODE_SCALAR,
                                      .text = "test-writer",
                                      .file = "(default)",
                                      .line = 1,
                                      .col = 1};
    struct vss_writer_desc *desc = arena_alloc(l->arena, sizeof(*desc));
    struct scenario_writer *w = new_writer(l, desc);

    w->writer.handle = "test-writer";
    load_profile(l, desc, &where, "test-writer");
}
