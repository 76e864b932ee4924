/* subject_load.c - see subject_load.h. */
#include "subjects/subject_load.h"

#include <stdio.h>
#include <string.h>

#include "os/assert.h"
#include "os/child.h"
#include "os/library.h"
#include "os/os.h"
#include "subjects/system.h"

#define PROBE_MS 10000

static const char entry_point[] = "vssim_subject_open";

static const struct vssim_subject *check(const struct vssim_subject *s,
                                         const char *path, char *error,
                                         size_t room)
{
    if (!s)
        snprintf(error, room,
                 "%s: %s refused: it returned NULL for ABI version %u", path,
                 entry_point, VSSIM_ABI_VERSION);
    else if (s->abi != VSSIM_ABI_VERSION)
        snprintf(error, room,
                 "%s: built for ABI version %u of subject.h, this is version "
                 "%u: rebuild it",
                 path, s->abi, VSSIM_ABI_VERSION);
    else if (s->size < offsetof(struct vssim_subject, state))
        snprintf(error, room,
                 "%s: its struct vssim_subject is too small: "
                 "rebuild it against this subject.h",
                 path);
    else if (!s->create_backup_components ||
             !s->create_examine_writer_metadata)
        snprintf(error, room,
                 "%s: create_backup_components and "
                 "create_examine_writer_metadata must be given (an overlay "
                 "copies the reference's)",
                 path);
    else
        return s;
    return NULL;
}

const struct vssim_subject *subject_load(const char *path, char *error,
                                         size_t room)
{
    vssim_subject_open_fn open_subject;
    void *library, *symbol;

    assert(error && room);
    if (!path || strcmp(path, "reference") == 0)
        return vssim_reference_subject();
    if (system_named(path))
        return system_subject(error, room);
    library = library_open(path, error, room);
    if (!library)
        return NULL;
    symbol = library_symbol(library, entry_point);
    if (!symbol) {
        snprintf(error, room,
                 "%s: no %s: a subject must export it, see "
                 "vssim/subject.h",
                 path, entry_point);
        return NULL;
    }
    memcpy(&open_subject, &symbol, sizeof(open_subject));
    return check(open_subject(VSSIM_ABI_VERSION, vssim_reference_subject()),
                 path, error, room);
}

/* --- in a child --- */

struct probe { /* shared with the child */
    char path[OS_PATH_MAX];
    char error[1024];
    bool good;
};

static void probe_here(struct child *child)
{
    struct probe *p = child->shared;

    child_next(child);
    p->good = subject_load(p->path, p->error, sizeof(p->error)) != NULL;
    child_done(child);
    for (;;) /* until it is ended */
        child_next(child);
}

const struct child_job subject_job = {"probe", probe_here};

static void judge_probe(struct child *child, enum child_state state,
                        const char *path, char *error, size_t room)
{
    const struct probe *p = child->shared;

    switch (state) {
    case CHILD_DONE:
        snprintf(error, room, "%s", p->error);
        break;
    case CHILD_RUNNING:
        snprintf(error, room, "%s: hangs while loading", path);
        break;
    case CHILD_CRASHED:
        snprintf(error, room, "%s: crashes while loading (%s)", path,
                 child->reason);
        break;
    default:
        snprintf(error, room, "%s: ends the process while loading", path);
    }
}

bool subject_probe(const char *path, char *error, size_t room)
{
    return subject_probe_within(path, PROBE_MS, error, room);
}

bool subject_probe_within(const char *path, int ms, char *error, size_t room)
{
    enum child_state state = CHILD_RUNNING;
    struct child child;
    struct probe *p;
    bool good = false;

    if (!path || strcmp(path, "reference") == 0)
        return true;
    snprintf(error, room, "%s: cannot be tried", path);
    if (!child_open(&child, sizeof(*p)))
        return false;
    p = child.shared;
    snprintf(p->path, sizeof(p->path), "%s", path);
    if (child_start(&child, &subject_job)) {
        child_go(&child);
        for (; state == CHILD_RUNNING && ms > 0; ms -= 20)
            state = child_await(&child, 20);
        judge_probe(&child, state, path, error, room);
        good = state == CHILD_DONE && p->good;
    }
    child_close(&child);
    return good;
}
