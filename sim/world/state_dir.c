/* state_dir.c - see state_dir.h. */
#include "world/state_dir.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/strbuf.h"
#include "com/enums.h"
#include "com/hresult.h"
#include "com/text.h"
#include "os/os.h"

/* How long VSS, or COM, takes to find that a requester is gone (U57). */
#define FOUND_DEAD_AFTER 360000u
#define FILE_LIMIT (4u << 20)

/* --- loading --- */

static bool take_id(struct problems *p, const struct node *map,
                    const char *key, GUID *id)
{
    const struct node *n = node_get(map, key);
    const char *text;

    if (!n) {
        problem_at(p, map, "no \"%s\": the file is damaged", key);
        return false;
    }
    if (!node_text(p, n, &text))
        return false;
    if (guid_parse(text, id))
        return true;
    problem_at(p, n, "\"%s\" is no GUID: the file is damaged", text);
    return false;
}

static bool take_int(struct problems *p, const struct node *map,
                     const char *key, int64_t *value)
{
    const struct node *n = node_get(map, key);

    return !n || node_int(p, n, value);
}

struct wide_text {
    WCHAR text[300];
};

static const WCHAR *take_text(struct problems *p, const struct node *map,
                              const char *key, struct wide_text *room)
{
    const struct node *n = node_get(map, key);
    const char *text;

    if (!n || !node_text(p, n, &text))
        return NULL;
    utf8_to_wide(text, strlen(text), room->text, ARRAY_SIZE(room->text));
    return room->text;
}

static void load_snapshot(struct world *w, struct problems *p,
                          const struct node *map)
{
    static const char *const keys[] = {
        "id",      "set",     "provider", "volume", "device", "machine",
        "exposed", "path",    "attributes", "count", "created", "state",
        NULL};
    struct vssim_snapshot one = {.count = 1};
    struct wide_text room[5];
    int64_t attributes = 0, count = 1, created = 0, state = VSS_SS_CREATED;
    const struct node *n;

    if (!node_keys(p, map, keys) || !take_id(p, map, "id", &one.id) ||
        !take_id(p, map, "set", &one.set) ||
        !take_id(p, map, "provider", &one.provider) ||
        !take_int(p, map, "attributes", &attributes) ||
        !take_int(p, map, "count", &count) ||
        !take_int(p, map, "created", &created))
        return;
    if ((n = node_get(map, "state")) &&
        !node_enum(p, n, "VSS_SNAPSHOT_STATE", &state))
        return;
    one.attributes = (LONG)attributes;
    one.count = (LONG)count;
    one.created = created;
    one.state = (VSS_SNAPSHOT_STATE)state;
    one.volume = take_text(p, map, "volume", &room[0]);
    one.device = take_text(p, map, "device", &room[1]);
    one.machine = take_text(p, map, "machine", &room[2]);
    one.exposed_name = take_text(p, map, "exposed", &room[3]);
    one.exposed_path = take_text(p, map, "path", &room[4]);
    if (!one.volume || !one.device)
        problem_at(p, map, "no \"volume\" or \"device\": the file is damaged");
    else if (!storage_add(w, &one))
        problem_at(p, map, "out of memory");
}

static struct writer *find_writer(struct world *w, const GUID *instance,
                                  const GUID *class)
{
    struct writer *of_class = NULL;

    for (struct writer *at = w->bus.writers; at; at = at->next) {
        if (guid_equal(&at->instance, instance))
            return at;
        if (!of_class && guid_equal(&at->desc->writer, class))
            of_class = at;
    }
    return of_class;
}

static void load_writer(struct world *w, struct problems *p,
                        const struct node *map)
{
    static const char *const keys[] = {"class", "instance", "name",
                                       "state", "failure",  "abandoned",
                                       NULL};
    GUID class, instance;
    int64_t state = VSS_WS_STABLE, abandoned = 0;
    int32_t failure = S_OK;
    const struct node *n;
    struct writer *writer;

    if (!node_keys(p, map, keys) || !take_id(p, map, "class", &class) ||
        !take_id(p, map, "instance", &instance) ||
        !take_int(p, map, "abandoned", &abandoned))
        return;
    if ((n = node_get(map, "state")) &&
        !node_enum(p, n, "VSS_WRITER_STATE", &state))
        return;
    if ((n = node_get(map, "failure")) && !node_hresult(p, n, &failure))
        return;
    writer = find_writer(w, &instance, &class);
    if (!writer)
        return; /* not on this machine any more */
    writer->status.state = (VSS_WRITER_STATE)state;
    writer->status.failure = failure;
    writer->abandoned = (uint32_t)abandoned;
    status_set(&w->bus, writer, writer->status.state, failure, S_OK, NULL);
}

static void load_list(struct world *w, struct problems *p,
                      const struct node *list,
                      void (*one)(struct world *, struct problems *,
                                  const struct node *))
{
    bool none = !list || (list->kind == NODE_SCALAR && !*list->text);

    if (none || !node_list(p, list))
        return;
    for (const struct node *n = list->first; n; n = n->next)
        one(w, p, n);
}

static void load_machine(struct world *w, struct problems *p,
                         const struct node *root)
{
    int64_t runs = 0, clock = 0, devices = 0;

    if (!take_int(p, root, "runs", &runs) ||
        !take_int(p, root, "clock", &clock) ||
        !take_int(p, root, "devices", &devices))
        return;
    w->storage.runs = (uint64_t)runs;
    w->storage.before = (uint64_t)clock;
    w->storage.last_device = (uint32_t)devices;
    /* The ids of one machine differ from run to run. */
    w->prng += (uint64_t)runs * 0x9E3779B97F4A7C15u;
    if (!node_get(root, "set-in-progress"))
        return;
    w->storage.in_progress =
        take_id(p, root, "set-in-progress", &w->storage.in_progress_set);
    w->storage.in_progress_until = FOUND_DEAD_AFTER;
}

static bool is_version(struct problems *p, const struct node *root)
{
    const struct node *n = node_get(root, "vssim-state");
    int64_t version;

    if (!n)
        problem_at(p, root,
                   "no \"vssim-state: %d\": this is no state of "
                   "vssim",
                   STATE_DIR_VERSION);
    else if (node_int(p, n, &version) && version != STATE_DIR_VERSION)
        problem_at(p, n,
                   "version %lld of the state: %d is allowed; remove "
                   "the folder to start afresh",
                   (long long)version, STATE_DIR_VERSION);
    else
        return p->count == 0;
    return false;
}

bool state_dir_load(struct world *w, const char *dir, struct problems *p)
{
    static const char *const keys[] = {"vssim-state", "runs", "clock",
                                       "devices", "set-in-progress",
                                       "writers", "snapshots", NULL};
    unsigned before = p->count;
    struct stat st;
    struct node *root;
    const char *path;
    char *text;
    size_t size;

    path = arena_printf(p->arena, "%s/" STATE_DIR_FILE, dir);
    if (stat(path, &st) != 0 && errno == ENOENT)
        return true;
    text = node_slurp(p, path, NULL, FILE_LIMIT, &size);
    root = text ? node_read(p, path, text, size) : NULL;
    if (!root) {
        if (p->count == before)
            problem_in(p, path, 0, 0, "empty: this is no state of vssim");
        return false;
    }
    if (!is_version(p, root) || !node_keys(p, root, keys))
        return false;
    load_machine(w, p, root);
    load_list(w, p, node_get(root, "writers"), load_writer);
    load_list(w, p, node_get(root, "snapshots"), load_snapshot);
    return p->count == before;
}

/* --- saving --- */

static void put_text(FILE *out, const char *key, const WCHAR *text)
{
    char utf8[1200];

    if (!text)
        return;
    wide_to_utf8(text, wide_length(text), utf8, sizeof(utf8));
    fprintf(out, "    %s: '", key);
    for (const char *at = utf8; *at; at++)
        fprintf(out, *at == '\'' ? "''" : "%c", *at);
    fputs("'\n", out);
}

static void put_id(FILE *out, const char *key, const GUID *id)
{
    char text[GUID_TEXT];

    fprintf(out, "%s: %s\n", key, guid_text(id, text));
}

/* Stays when nobody holds it: persistent, or part of an abandoned set. */
static bool outlives(const struct world *w, const struct vssim_snapshot *s)
{
    if (s->state == VSS_SS_CREATED)
        return s->attributes & VSS_VOLSNAP_ATTR_NO_AUTO_RELEASE;
    return w->storage.in_progress &&
           guid_equal(&s->set, &w->storage.in_progress_set);
}

static void save_snapshots(FILE *out, const struct world *w)
{
    fputs("snapshots:\n", out);
    for (const struct storage_snapshot *s = w->storage.snapshots; s;
         s = s->next) {
        if (!outlives(w, &s->it))
            continue;
        put_id(out, "  - id", &s->it.id);
        put_id(out, "    set", &s->it.set);
        put_id(out, "    provider", &s->it.provider);
        put_text(out, "volume", s->it.volume);
        put_text(out, "device", s->it.device);
        put_text(out, "machine", s->it.machine);
        put_text(out, "exposed", s->it.exposed_name);
        put_text(out, "path", s->it.exposed_path);
        fprintf(out,
                "    attributes: %ld\n    count: %ld\n    created: %lld\n"
                "    state: %s\n",
                (long)s->it.attributes, (long)s->it.count,
                (long long)s->it.created,
                enum_name("VSS_SNAPSHOT_STATE", (int64_t)s->it.state));
    }
}

static void save_writers(FILE *out, const struct world *w)
{
    fputs("writers:\n", out);
    for (const struct writer *at = w->bus.writers; at; at = at->next) {
        unsigned abandoned = at->abandoned + at->sessions;
        char room[16];

        if (!at->live || (!abandoned && at->status.failure == S_OK &&
                          at->status.state == VSS_WS_STABLE))
            continue;
        put_id(out, "  - class", &at->desc->writer);
        put_id(out, "    instance", &at->instance);
        fprintf(out,
                "    name: '%s'\n    state: %s\n    failure: %s\n"
                "    abandoned: %u\n",
                at->handle,
                enum_name("VSS_WRITER_STATE", (int64_t)at->status.state),
                hresult_text(at->status.failure, room), abandoned);
    }
}

static void save(FILE *out, const struct world *w)
{
    const struct storage *s = &w->storage;

    fprintf(out,
            "# What a machine of vssim keeps between runs; made by vssim.\n"
            "vssim-state: %d\nruns: %llu\nclock: %llu\ndevices: %lu\n",
            STATE_DIR_VERSION, (unsigned long long)s->runs + 1,
            (unsigned long long)(s->before + w->clock.now),
            (unsigned long)s->last_device);
    if (s->in_progress)
        put_id(out, "set-in-progress", &s->in_progress_set);
    save_writers(out, w);
    save_snapshots(out, w);
}

/* Handlers whose time has come run, as they would on a machine. */
static void drain(struct world *w)
{
    bool off = w->trace->off;

    w->trace->off = true;
    while (clock_step(&w->clock, w->clock.now))
        ;
    w->trace->off = off;
}

bool state_dir_save(struct world *w, const char *dir, char *error, size_t room)
{
    struct strbuf path = STRBUF_INIT, fresh = STRBUF_INIT;
    FILE *out = NULL;
    bool good;

    drain(w);
    strbuf_addf(&path, "%s/" STATE_DIR_FILE, dir);
    strbuf_addf(&fresh, "%s/" STATE_DIR_FILE ".new", dir);
    good = os_make_folder(dir);
    if (good)
        good = (out = fopen(strbuf_str(&fresh), "w")) != NULL;
    if (good) {
        save(out, w);
        good = !ferror(out);
        good &= fclose(out) == 0;
#ifdef _WIN32
        remove(strbuf_str(&path)); /* rename there does not replace */
#endif
        good = good && rename(strbuf_str(&fresh), strbuf_str(&path)) == 0;
    }
    if (!good)
        snprintf(error, room, "cannot save the state in %s: %s", dir,
                 strerror(errno));
    strbuf_release(&path);
    strbuf_release(&fresh);
    return good;
}
