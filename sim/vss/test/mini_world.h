/*
 * mini_world.h - what most tests start from: a mini host with two writers, the
 * document of their backup, and a backup components object.
 *
 * Writer A: class 1, ALWAYS, components "db\one" and "db\two" (databases).
 * Writer B: class 2, IF_REPLACE_FAILS, component "files" without a path.
 * Writer C: class 3, NEVER, component "quiet".
 */
#ifndef VSS_TEST_MINI_WORLD_H
#define VSS_TEST_MINI_WORLD_H

#include <criterion/criterion.h>

#include "com/writer_desc.h"
#include "vss/test/mini_host.h"

typedef IVssBackupComponentsEx4 object_t;

struct world {
    struct mini_host mini;
    WCHAR *document;
    object_t *bc;
    GUID set, snapshot; /* the latest that world_set made */
};

extern const GUID class_a, class_b, class_c;
extern const GUID instance_a, instance_b, instance_c, instance_a2;

void world_init(struct world *world);
void world_done(struct world *world);        /* releases bc, too */
void world_done_object(struct world *world); /* releases only bc */
void world_new_object(struct world *world);
/* A writer like A with another instance id. */
struct mini_writer *world_second_a(struct world *world, const char *named);
void world_set_document(struct world *world, const char *utf8, size_t size);

/* Of a backup; calls that must succeed. */
void world_backup(struct world *world); /* InitializeForBackup, state */
void world_backup_gather(struct world *world);
void world_add(struct world *world, bool all); /* db\one, or everything */
void world_set(struct world *world);           /* StartSnapshotSet, C:\ */
IVssAsync *world_prepare(struct world *world); /* not waited */
void world_prepared(struct world *world);      /* all of the above */
IVssAsync *world_snap(struct world *world);    /* DoSnapshotSet */
void world_snapped(struct world *world);

/* Calls that must succeed. */
void world_restore(struct world *world); /* InitializeForRestore */
void world_gather(struct world *world);  /* ... and the gather, waited */
void world_select(struct world *world, const GUID *writer,
                  VSS_COMPONENT_TYPE type, const WCHAR *path,
                  const WCHAR *name);
void world_select_all(struct world *world); /* one, two, files, quiet */
IVssAsync *world_pre(struct world *world);  /* PreRestore, not waited */
void world_finish(IVssAsync *async, HRESULT outcome); /* wait, release */
void world_pre_done(struct world *world);
const char *world_phase(struct world *world);
/* A digest of vssim_state. */
uint64_t world_state(struct world *world);
/* The first component of the i-th writer of the document. */
IVssComponentEx2 *world_component(struct world *world, UINT writer);

#define ok(call) \
    do { \
        HRESULT hr_ = (call); \
        cr_assert_eq(hr_, S_OK, "%s gave 0x%08X", #call, (unsigned)hr_); \
    } while (0)
#define gives(call, code) \
    do { \
        HRESULT hr_ = (call); \
        cr_assert_eq(hr_, (code), "%s gave 0x%08X, not %s", #call, \
                     (unsigned)hr_, #code); \
    } while (0)

#endif
