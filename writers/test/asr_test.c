/*
 * asr_test.c - the plan of the ASR writer: which disk takes which, and when
 * an EFI disk has to be cleaned first.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/array.h"
#include "writers/asr.h"
#include "writers/test/bus_world.h"

#define MIB ((uint64_t)1 << 20)

static struct machine_volume small = {"v1", MIB, 100 * MIB, true, NULL};
static struct machine_volume grown = {"v1", MIB, 200 * MIB, true, NULL};
static struct machine_volume moved = {"v1", 2 * MIB, 100 * MIB, true, NULL};
static struct machine_volume other_name = {"v2", MIB, 100 * MIB, true, NULL};

static const struct machine_disk system_disk = {
    .name = "system", .drive = "A", .style = MACHINE_GPT,
    .id = {1, 0, 0, {0}}, .size = 1024 * MIB, .sector = 512, .boot = true,
    .esp = true, .backed_up = true, .volumes = &small};

/* What a row changes of the present disk. */
enum change {
    SAME, GROWN, MOVED, OTHER_NAME, OTHER_DRIVE, BLANK, SMALLER, SECTOR,
    REMOVABLE, MISSING, NO_MEDIA, OTHER_ID, JUST_FITS, MISSING_SMALLER
};

static struct machine_disk changed(enum change change)
{
    struct machine_disk d = system_disk;

    switch (change) {
    case GROWN:
        d.volumes = &grown;
        break;
    case MOVED:
        d.volumes = &moved;
        break;
    case OTHER_NAME:
        d.volumes = &other_name;
        break;
    case BLANK:
        d.style = MACHINE_RAW;
        d.volumes = NULL;
        break;
    case OTHER_DRIVE:
        d.drive = "B";
        d.id.Data1 = 2;
        break;
    case SMALLER:
        d.size = 50 * MIB;
        break;
    case SECTOR:
        d.sector = 4096;
        break;
    case REMOVABLE:
        d.removable = true;
        break;
    case MISSING:
        d.missing = true;
        break;
    case NO_MEDIA:
        d.no_media = true;
        break;
    case JUST_FITS:
        d.size = 101 * MIB;
        break;
    case MISSING_SMALLER:
        d.size = 100 * MIB;
        d.missing = true;
        break;
    case OTHER_ID:
        d.id.Data1 = 2;
        break;
    default:
        break;
    }
    return d;
}

static const struct row {
    enum change change;
    bool efi, clean;
    enum asr_outcome outcome;
    enum machine_need need;
    HRESULT failure;
} rows[] = {
    {SAME, true, false, ASR_KEPT, NEED_NONE, S_OK},
    {SAME, false, false, ASR_KEPT, NEED_NONE, S_OK},
    {GROWN, true, false, ASR_KEPT, NEED_NONE, S_OK},
    {MOVED, true, false, ASR_RECREATED, NEED_CHANGED, S_OK},
    {MOVED, true, true, ASR_RECREATED, NEED_CHANGED, S_OK},
    {MOVED, false, false, ASR_RECREATED, NEED_NONE, S_OK},
    {OTHER_NAME, true, false, ASR_RECREATED, NEED_CHANGED, S_OK},
    {OTHER_DRIVE, true, false, ASR_RECREATED, NEED_OTHER_DRIVE, S_OK},
    {OTHER_DRIVE, true, true, ASR_RECREATED, NEED_OTHER_DRIVE, S_OK},
    {OTHER_DRIVE, false, false, ASR_RECREATED, NEED_NONE, S_OK},
    {BLANK, true, false, ASR_RECREATED, NEED_NONE, S_OK},
    {SMALLER, true, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_RDISK0_TOOSMALL},
    {SECTOR, false, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_DISK_ASSIGNMENT_FAILED},
    {REMOVABLE, true, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE},
    {MISSING, true, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE},
    {NO_MEDIA, true, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE},
    {OTHER_ID, true, false, ASR_RECREATED, NEED_OTHER_DRIVE, S_OK},
    {JUST_FITS, true, false, ASR_KEPT, NEED_NONE, S_OK},
    {MISSING_SMALLER, true, false, ASR_IMPOSSIBLE, NEED_NONE,
     VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE},
};

Test(asr, the_truth_table)
{
    static const struct asr_options none;

    for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
        const struct row *r = &rows[i];
        struct machine_disk before = system_disk, now = changed(r->change);
        struct machine m = {.efi = r->efi, .disks = &now, .before = &before};
        struct asr_plan plan;

        if (r->clean)
            machine_clean(&now, asr_need(&m, &now));
        asr_plan_make(&plan, &m, &none);
        cr_assert_eq(plan.n, 1);
        cr_expect_eq(plan.choices[0].outcome, r->outcome, "row %u", i);
        cr_expect_eq(plan.choices[0].need, r->need, "row %u", i);
        cr_expect_eq(plan.choices[0].cleaned, r->clean, "row %u", i);
        cr_expect_eq(plan.failure, r->failure, "row %u", i);
        cr_expect_eq(plan.unclean, r->need != NEED_NONE && !r->clean, "row %u",
                     i);
    }
}

Test(asr, options_are_added_up)
{
    struct asr_options o = {.n_include = 0};

    asr_options_add(&o, u"\"ExcludeDisk\"=\"1\",\"IncludeDisk\"=\"12\"");
    asr_options_add(&o, u"\"ExcludeDisk\" = \"3\", \"InjectDrivers\"=\"1\"");
    asr_options_add(&o,
                    u"\"ExcludeDisk\"=\"x\",\"Other\"=\"4\",\"IncludeDisk");
    asr_options_add(&o, u"\"ExcludeDisk\"=\"5");
    asr_options_add(&o, NULL);
    /* no values, none that a disk could have, names that are none */
    asr_options_add(&o,
                    u"\"ExcludeDisk\"=\"\",\"IncludeDisk\"=\"4294967298\"");
    asr_options_add(&o, u"\"ExcludeDisk\"="
                        u"\"0000000000000000000000000000000005\"");
    asr_options_add(&o, u"\"ExcludeD\u0131sk\"=\"6\",\"ExcludeDisk\"");
    asr_options_add(&o, u"\"ExcludeD\u0169sk\"=\"6\"");
    asr_options_add(&o, u"\"ExcludeDisk\"=\"000000789\"");
    /* a name as long as there is room for, and one longer */
    asr_options_add(&o, u"\"IncludeDisk45678901234567890123\"=\"1\"");
    asr_options_add(&o, u"\"IncludeDisk456789012345678901234\"=\"1\"");
    cr_assert_eq(o.n_exclude, 3);
    cr_expect_eq(o.exclude[2], 789);
    cr_expect_eq(o.exclude[0], 1);
    cr_expect_eq(o.exclude[1], 3);
    cr_assert_eq(o.n_include, 1);
    cr_expect_eq(o.include[0], 12);
}

/* Numbers that a text gives without end stop at the room there is. */
Test(asr, options_have_an_end)
{
    static WCHAR text[100001];
    struct asr_options o = {.n_include = 0};

    for (int i = 0; i < 2 * ASR_MOST_DISKS; i++)
        asr_options_add(&o, u"\"ExcludeDisk\"=\"1\",\"IncludeDisk\"=\"1\"");
    cr_expect_eq(o.n_exclude, ASR_MOST_DISKS);
    cr_expect_eq(o.n_include, ASR_MOST_DISKS);
    for (int i = 1; i < 100000; i++)
        text[i] = 'x';
    text[0] = text[99999] = '"';
    asr_options_add(&o, text); /* longer than any room for it */
    cr_expect_eq(o.n_exclude, ASR_MOST_DISKS);
}

/* The plan has room for as many disks as a scenario may have. */
Test(asr, disks_have_an_end)
{
    static const struct asr_options none;
    struct machine_disk before[ASR_MOST_DISKS + 1];
    struct machine m = {.before = before};
    struct asr_plan plan;

    for (uint32_t i = 0; i <= ASR_MOST_DISKS; i++) {
        before[i] = system_disk;
        before[i].next = i < ASR_MOST_DISKS ? &before[i + 1] : NULL;
    }
    asr_plan_make(&plan, &m, &none);
    cr_expect_eq(plan.n, ASR_MOST_DISKS);
    cr_expect_eq(plan.failure, VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE);
}

/* Of disks alone: what is critical, what is the same, how far they reach. */
Test(asr, disks)
{
    struct machine_volume first = {"v1", MIB, 100 * MIB, false, NULL};
    struct machine_volume last = {"v2", 200 * MIB, 50 * MIB, false, &first};
    struct machine_disk d = {.style = MACHINE_RAW}, other = d;

    cr_expect_not(machine_disk_critical(&d));
    d.boot = true;
    cr_expect(machine_disk_critical(&d), "nothing boots without it");
    cr_expect_not(machine_same_id(&d, &other), "raw disks have none");
    cr_expect_eq(machine_needs_bytes(&d), 0);
    d.volumes = &last;
    cr_expect_eq(machine_needs_bytes(&d), 250 * MIB, "in whatever order");
}

Test(asr, a_copy_is_of_its_own)
{
    struct heap *heap = heap_create((uint64_t)1 << 20);
    struct machine_disk now = changed(SAME);
    struct machine m = {.efi = true, .disks = &now, .before = &now};
    struct machine *copy;

    now.pack = "p";
    copy = machine_copy(heap, &m);
    cr_expect_neq(copy->before, m.before);
    copy->disks->oem = true;
    machine_clean(copy->disks, NEED_NONE);
    cr_expect_eq(copy->disks->style, MACHINE_RAW);
    cr_expect_null(copy->disks->volumes);
    cr_expect_null(copy->disks->pack);
    cr_expect_not(copy->disks->esp);
    cr_expect_not(copy->disks->oem);
    cr_expect_eq(copy->before->style, MACHINE_GPT);
    cr_expect_eq(now.style, MACHINE_GPT);
    copy->disks->id.Data1 = 7;
    machine_recreate(copy->disks, copy->before);
    cr_expect(machine_intact(copy->before, copy->disks));
    cr_expect(copy->disks->esp);
    cr_expect_str_eq(copy->disks->pack, "p");
    heap_destroy(heap);
}

/* A new disk takes the place of one that is gone, and of no other. */
Test(asr, a_disk_is_taken_once)
{
    static const struct asr_options none;
    struct machine_disk b[2] = {system_disk, system_disk};
    struct machine_disk d[2] = {changed(BLANK), changed(BLANK)};
    struct machine m = {.disks = d, .before = b};
    struct asr_plan plan;

    b[0].next = &b[1];
    d[0].next = &d[1];
    d[0].drive = "C";
    d[1].drive = "D";
    asr_plan_make(&plan, &m, &none);
    cr_assert_eq(plan.n, 2);
    cr_expect_eq(plan.choices[0].target, &d[0]);
    cr_expect_eq(plan.choices[1].target, &d[1]);
    d[1].missing = true;
    asr_plan_make(&plan, &m, &none);
    cr_expect_eq(plan.choices[0].target, &d[0]);
    cr_expect_null(plan.choices[1].target);
    cr_expect_eq(plan.choices[1].outcome, ASR_IMPOSSIBLE);
    cr_expect_eq(plan.choices[1].why,
                 VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE);
    /* The one that is there is the second's. */
    d[0] = b[1];
    d[0].next = NULL;
    b[0].id.Data1 = 7;
    asr_plan_make(&plan, &m, &none);
    cr_expect_null(plan.choices[0].target);
    cr_expect_eq(plan.choices[0].why,
                 VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE);
    cr_expect_eq(plan.choices[1].target, &d[0]);
}

/* It is known by what stands on it, wherever it hangs now. */
Test(asr, its_own_disk_comes_first)
{
    static const struct asr_options none;
    struct machine_disk b = system_disk, d[2] = {b, changed(SAME)};
    struct machine m = {.disks = d, .before = &b};
    struct asr_plan plan;

    d[0].next = &d[1];
    d[0].style = MACHINE_RAW;
    d[1].drive = "C";
    asr_plan_make(&plan, &m, &none);
    cr_expect_eq(plan.choices[0].target, &d[1]);
    cr_expect_eq(plan.choices[0].outcome, ASR_KEPT);
    /* Blank, it is known by where it hangs. */
    d[0].drive = "C";
    d[1].drive = b.drive;
    d[1].style = MACHINE_RAW;
    asr_plan_make(&plan, &m, &none);
    cr_expect_eq(plan.choices[0].target, &d[1]);
    cr_expect_eq(plan.choices[0].outcome, ASR_RECREATED);
}

/* Whichever of its disks has changed, and none of another pack. */
Test(asr, a_pack_is_kept_as_a_whole)
{
    static const struct asr_options none;
    struct machine_disk before[4], now[4];
    struct machine m = {.disks = now, .before = before};
    struct asr_plan plan;

    for (uint32_t broken = 0; broken < 4; broken++) {
        for (uint32_t i = 0; i < 4; i++) {
            before[i] = system_disk;
            before[i].id.Data1 = i + 1;
            before[i].pack = i % 2 ? "odd" : "even";
            before[i].next = i < 3 ? &before[i + 1] : NULL;
            now[i] = before[i];
            now[i].next = i < 3 ? &now[i + 1] : NULL;
        }
        now[broken].volumes = &moved;
        asr_plan_make(&plan, &m, &none);
        for (uint32_t i = 0; i < 4; i++)
            cr_expect_eq(plan.choices[i].outcome,
                         i % 2 == broken % 2 ? ASR_RECREATED : ASR_KEPT,
                         "%u of %u", i, broken);
    }
}

/* PreRestore itself fails for a critical disk that is left out, and for
 * nothing else; and only when that is the policy. */
Test(asr, what_prerestore_refuses)
{
    static const struct {
        bool backed_up, missing, asr, other_event;
        int policy;
        HRESULT hr;
    } cases[] = {
        {false, false, true, false, 1,
         VSS_E_ASRERROR_CRITICAL_DISK_CANNOT_BE_EXCLUDED},
        {false, false, true, false, 0, S_OK},
        {false, false, true, true, 1, S_OK},
        {false, false, false, false, 1, S_OK},
        {true, false, true, false, 1, S_OK},
        {true, true, true, false, 1, S_OK},
    };
    static const GUID asr = {0xbe000cbe, 0x11fe, 0x4426,
                             {0x9c, 0x58, 0x53, 0x1a, 0xa6, 0x35, 0x5f,
                              0xc4}};

    for (unsigned i = 0; i < ARRAY_SIZE(cases); i++) {
        struct machine_disk before = system_disk, now = system_disk;
        struct machine m = {.disks = &now, .before = &before};
        struct vssim_target targets[2] = {{.writer = guid_a},
                                          {.writer = guid_b}};
        struct vssim_event event = {cases[i].other_event
                                        ? VSSIM_EVENT_POST_RESTORE
                                        : VSSIM_EVENT_PRE_RESTORE,
                                    targets, 2};
        struct world w;

        world_setup(&w);
        w.policy[VSSIM_POLICY_EXCLUDED_CRITICAL_DISK] = cases[i].policy;
        cr_expect_eq(asr_refuses(&w.bus, &event), S_OK, "no machine");
        w.bus.machine = &m;
        before.backed_up = cases[i].backed_up;
        now.missing = cases[i].missing;
        if (cases[i].asr)
            targets[1].writer = asr;
        cr_expect_eq(asr_refuses(&w.bus, &event), cases[i].hr, "row %u", i);
        event.n_targets = 1;
        cr_expect_eq(asr_refuses(&w.bus, &event), S_OK, "row %u", i);
        world_teardown(&w);
    }
}

static const char *read_from; /* the site of the call that read the options */
static struct recorder *reader;

static bool counted; /* one, which is not there then */

static HRESULT no_components(IVssWriterComponents *This, UINT *count)
{
    (void)This;
    read_from = reader->site;
    if (!counted)
        return VSS_E_BAD_STATE;
    *count = 1;
    return S_OK;
}

static HRESULT no_component(IVssWriterComponents *This, UINT index,
                            IVssComponent **out)
{
    (void)This;
    cr_expect_eq(index, 0);
    *out = NULL;
    return VSS_E_OBJECT_NOT_FOUND;
}

/* What fails in OnPreRestore fails for that, too; then it is as it was. */
Test(asr, options_are_read_in_the_handler)
{
    static const IVssWriterComponentsVtbl vtable = {
        .GetComponentCount = no_components, .GetComponent = no_component};
    const struct {
        const IVssWriterComponentsVtbl *lpVtbl;
    } view = {&vtable};
    struct machine_volume more = {"v2", 200 * MIB, MIB, false, &small};
    struct machine_disk before[2] = {system_disk, system_disk};
    struct machine_disk now[2] = {changed(MOVED), changed(SAME)};
    struct machine m = {.disks = now, .before = before, .format = 30,
                        .quick_format = 20};
    struct ticket_target target = {.target.components = (void *)&view};
    HRESULT async = E_FAIL;
    uint64_t blocks;
    struct world w;

    world_setup(&w);
    blocks = w.heap->live_blocks;
    before[0].volumes = &more;
    before[0].next = &before[1];
    before[1].id.Data1 = now[1].id.Data1 = 2;
    now[0].next = &now[1];
    w.bus.machine = &m;
    reader = &w.recorder;
    w.recorder.site = "Wait";
    m.last_instance = true;
    w.policy[VSSIM_POLICY_UNCLEAN_EFI_DISK] = 1; /* none is there */
    cr_expect_eq(asr_begin(&w.bus, &target), 30);
    cr_expect_str_eq(read_from, "OnPreRestore");
    cr_expect_str_eq(w.recorder.site, "Wait");
    cr_expect_eq(asr_end(&w.bus, &target, &async), S_OK);
    cr_expect_eq(async, S_OK);
    cr_expect_null(target.plan);
    cr_expect_eq(w.heap->live_blocks, blocks);
    cr_expect_eq(m.restored, 2);
    cr_expect_not(m.last_instance);
    w.policy[VSSIM_POLICY_UNCLEAN_EFI_DISK] = 2;
    now[0].volumes = &moved;
    m.quick = true;
    counted = true;
    cr_expect_eq(asr_begin(&w.bus, &target), 20);
    cr_expect_eq(asr_end(&w.bus, &target, &async), S_OK);
    cr_expect_eq(m.restored, 2, "of this time");
    cr_expect_eq(asr_begin(&w.bus, &target), 0, "all are kept");
    cr_expect_eq(asr_end(&w.bus, &target, &async), S_OK);
    cr_expect_eq(m.restored, 0);
    now[0].volumes = &moved;
    now[1].missing = true;
    cr_expect_eq(asr_begin(&w.bus, &target), 0, "nothing is done");
    cr_expect_eq(asr_end(&w.bus, &target, &async),
                 VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE);
    cr_expect_eq(async, VSS_E_ASRERROR_NO_PHYSICAL_DISK_AVAILABLE);
    cr_expect_eq(now[0].volumes, &moved);
    world_teardown(&w);
}
