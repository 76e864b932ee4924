/* storage_test.c - the machine's volumes and the set in the making. */
#include <criterion/criterion.h>

#include "base/array.h"
#include "com/text.h"
#include "world/world.h"

static char buffer[1 << 16];

struct box {
    struct heap *heap;
    struct trace trace;
    struct world *world;
    const struct vssim_host *host;
};

static void machine_init(struct box *m)
{
    static struct storage_volume mounted, d, c;
    static const int policy[VSSIM_POLICY_COUNT];
    struct world_setup setup = {.windows = VSSIM_SERVER_2022,
                                .policy = policy,
                                .seed = 1,
                                .volumes = &c};

    c = d = mounted = storage_default_volume;
    d.path = "D:\\";
    d.name = "\\\\?\\Volume{d}\\";
    d.revert_takes = 1000;
    mounted.path = "D:\\mounted\\";
    mounted.name = "\\\\?\\Volume{m}\\";
    c.next = &d;
    d.next = &mounted;
    trace_init(&m->trace, buffer, sizeof(buffer), NULL);
    m->heap = heap_create(1 << 20);
    m->world =
        world_create(m->heap, &m->trace, vssim_reference_subject(), &setup);
    cr_assert_not_null(m->world);
    m->host = &m->world->host;
}

Test(storage, which_volume_a_path_lies_on)
{
    static const struct {
        const WCHAR *path, *volume; /* NULL: none */
    } cases[] = {{u"C:\\", u"C:\\"},
                 {u"c:", u"C:\\"},
                 {u"c:\\data\\file", u"C:\\"},
                 {u"D:\\mountedelsewhere", u"D:\\"},
                 {u"D:\\MOUNTED", u"D:\\mounted\\"},
                 {u"d:\\mounted\\file", u"D:\\mounted\\"},
                 {u"\\\\?\\Volume{D}\\folder", u"D:\\"},
                 {u"\\\\?\\Volume{x}\\", NULL},
                 {u"E:\\", NULL},
                 {u"C", NULL},
                 {u"", NULL},
                 {NULL, NULL}};
    struct vssim_volume volume;
    struct box m;

    machine_init(&m);
    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        bool found = m.host->find_volume(m.host, cases[i].path, &volume);

        cr_assert_eq(found, cases[i].volume != NULL, "case %u", i);
        cr_assert(!found || wide_equal(volume.path, cases[i].volume),
                  "case %u", i);
    }
    heap_destroy(m.heap);
}

/* U57: what a dead process left stands in the way for a while. */
Test(storage, an_abandoned_set_expires)
{
    static const GUID old = {1, 0, 0, {0}}, fresh = {2, 0, 0, {0}};
    struct vssim_snapshot one = {.id = {3, 0, 0, {0}},
                                 .set = old,
                                 .state = VSS_SS_PREPARING,
                                 .volume = u"\\\\?\\Volume{d}\\"};
    struct box m;

    machine_init(&m);
    cr_assert_eq(m.host->begin_set(m.host, &old), S_OK);
    cr_assert_eq(m.host->add_snapshot(m.host, &one), S_OK);
    m.host->end_set(m.host, &fresh); /* another's: nothing happens */
    cr_expect_eq(m.host->begin_set(m.host, &fresh),
                 VSS_E_SNAPSHOT_SET_IN_PROGRESS);
    m.world->storage.in_progress_until = 500;
    world_sleep(m.world, 499);
    cr_expect_eq(m.host->begin_set(m.host, &fresh),
                 VSS_E_SNAPSHOT_SET_IN_PROGRESS);
    world_sleep(m.world, 1);
    cr_expect_eq(m.host->begin_set(m.host, &fresh), S_OK);
    cr_expect_not(m.host->snapshot(m.host, 0, &one));
    heap_destroy(m.heap);
}

Test(storage, one_revert_at_a_time)
{
    struct vssim_snapshot one = {.id = {3, 0, 0, {0}},
                                 .state = VSS_SS_CREATED,
                                 .volume = u"\\\\?\\Volume{d}\\"};
    struct box m;
    GUID id;

    machine_init(&m);
    cr_assert_eq(m.host->add_snapshot(m.host, &one), S_OK);
    cr_expect_not(m.host->reverting(m.host, u"D:\\", &id));
    cr_assert_eq(m.host->revert(m.host, &one.id), S_OK);
    cr_expect(m.host->reverting(m.host, u"D:\\", &id));
    cr_expect(guid_equal(&id, &one.id));
    cr_expect_not(m.host->reverting(m.host, u"C:\\", &id));
    cr_expect_eq(m.host->revert(m.host, &one.id), VSS_E_REVERT_IN_PROGRESS);
    world_sleep(m.world, 1000);
    cr_expect_not(m.host->reverting(m.host, u"D:\\", &id));
    cr_expect_eq(m.host->revert(m.host, &one.id), S_OK);
    heap_destroy(m.heap);
}
