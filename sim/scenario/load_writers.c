/* load_writers.c - the key writers of a scenario. */
#include <string.h>

#include "com/text.h"
#include "scenario/load.h"

static const char *const writer_keys[] = {
    "profile", "as", "instance-name", "live", "backed-up", "behaviour",
    PROFILE_KEYS, NULL};

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
        load_text_key(l, map, "instance-name", &desc->instance_name);
    } else if ((n = node_get(map, "as"))) {
        node_text(l->problems, n, &w->writer.handle);
    }
    load_bool_key(l, map, "live", &w->writer.live);
    load_bool_key(l, map, "backed-up", &w->backed_up);
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
