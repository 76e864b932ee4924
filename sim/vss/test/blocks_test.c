/*
 * blocks_test.c - a document's tree takes its memory in blocks: wherever in a
 * call one ends and there is no other, the call gives E_OUTOFMEMORY and
 * changes nothing, and afterwards it succeeds.
 *
 * Texts of changing length move the place where the block ends. A call that
 * failed leaves what it took in the block, so that the next one fails
 * earlier; every few failures the block may come.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "com/text.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define COMPONENT class_a, VSS_CT_DATABASE, u"db", u"one"

typedef HRESULT (*call_fn)(struct world *w, const WCHAR *text);

static void play(struct world *w, call_fn call, unsigned rounds)
{
    static WCHAR text[1300];
    unsigned others = UINT_MAX, failures = 0;

    /* How many allocations are none of the tree's. */
    for (unsigned i = 0; i < 3; i++) {
        w->mini.allocations = 0;
        ok(call(w, u"x"));
        if (w->mini.allocations < others)
            others = w->mini.allocations;
    }
    for (unsigned i = 0; i < rounds; i++) {
        uint64_t state = world_state(w);
        HRESULT hr;

        for (unsigned k = 0; k < 1300; k++)
            text[k] = k < (i * 37) % 90 ? 'x' : 0;
        if (i % 50 == 49)
            for (unsigned k = 0; k < 1200; k++)
                text[k] = 'y';
        w->mini.allocations = 0;
        w->mini.fail_at = failures % 7 == 6 ? 0 : others + 1;
        hr = call(w, text);
        w->mini.fail_at = 0;
        if (SUCCEEDED(hr)) {
            failures += failures % 7 == 6;
            continue;
        }
        failures++;
        cr_assert_eq(hr, E_OUTOFMEMORY);
        cr_assert_eq(world_state(w), state);
    }
    cr_expect_gt(failures, 7, "others %u: %u", others, failures);
}

static HRESULT target(struct world *w, const WCHAR *text)
{
    return V(w->bc)->AddNewTarget(w->bc, COMPONENT, u"C:\\data", u"*.mdf",
                                  false, text);
}

static HRESULT roll_forward(struct world *w, const WCHAR *text)
{
    return V(w->bc)->SetRollForward(w->bc, COMPONENT, VSS_RF_PARTIAL, text);
}

static HRESULT subcomponent(struct world *w, const WCHAR *text)
{
    return V(w->bc)->AddRestoreSubcomponent(w->bc, COMPONENT, text, u"x",
                                            *text == 0);
}

static HRESULT options(struct world *w, const WCHAR *text)
{
    return V(w->bc)->SetRestoreOptions(w->bc, COMPONENT, text);
}

static HRESULT authoritative(struct world *w, const WCHAR *text)
{
    HRESULT hr = V(w->bc)->SetRestoreName(w->bc, COMPONENT, text);

    return FAILED(hr) ? hr
                      : V(w->bc)->SetAuthoritativeRestore(w->bc, COMPONENT,
                                                          *text == 0);
}

Test(blocks, restore)
{
    static const call_fn calls[] = {target, roll_forward, subcomponent, options,
                                    authoritative};

    for (unsigned i = 0; i < ARRAY_SIZE(calls); i++) {
        struct world w;

        world_init(&w);
        world_gather(&w);
        play(&w, calls[i], 300);
        world_done(&w);
    }
}

/* Selecting, by the instance, on a fresh object each: the attributes stand
 * after the first call. A text before it moves the end of the block. */
static void moved(struct world *w, unsigned step,
                  void (*start)(struct world *))
{
    WCHAR text[1025];

    world_init(w);
    start(w);
    for (unsigned k = 0; k < 1025; k++)
        text[k] = k < step * 16 ? 'x' : 0;
    ok(V(w->bc)->SetRestoreOptions(w->bc, class_b, VSS_CT_FILEGROUP, NULL,
                                   u"files", text));
}

Test(blocks, first_times)
{
    unsigned failures = 0;

    for (unsigned step = 0; step < 64; step++) {
        struct world w, whole;
        HRESULT hr = S_OK;

        moved(&w, step, world_gather);
        for (unsigned way = 0; way < 2; way++) {
            uint64_t state = world_state(&w);

            w.mini.allocations = 0;
            w.mini.fail_at = 1;
            hr = way ? V(w.bc)->SetSelectedForRestoreEx(w.bc, COMPONENT, true,
                                                        instance_a)
                     : V(w.bc)->SetSelectedForRestore(w.bc, COMPONENT, true);
            w.mini.fail_at = 0;
            if (FAILED(hr)) {
                failures++;
                cr_assert_eq(hr, E_OUTOFMEMORY);
                cr_assert_eq(world_state(&w), state);
            }
        }
        if (SUCCEEDED(hr)) { /* then nothing is missing */
            moved(&whole, step, world_gather);
            ok(V(whole.bc)->SetSelectedForRestoreEx(whole.bc, COMPONENT, true,
                                                    instance_a));
            cr_assert_eq(world_state(&w), world_state(&whole));
            world_done(&whole);
        }
        world_done(&w);
    }
    cr_expect_gt(failures, 3);
}

/* The backup side: AddComponent writes for the first time. */
static void backup_moved(struct world *w, unsigned step, unsigned way)
{
    WCHAR text[4096 + 1];

    world_init(w);
    w->mini.writers[1].instance_name = way == 2 ? u"name" : NULL;
    world_backup_gather(w);
    world_add(w, false);
    for (unsigned k = 0; k < 4096 + 1; k++)
        text[k] = k < step * 16 ? 'x' : 0;
    ok(V(w->bc)->SetBackupOptions(w->bc, COMPONENT, text));
}

static HRESULT backup_call(struct world *w, unsigned way)
{
    const WCHAR *named = w->mini.writers[1].instance_name;

    if (way == 0)
        return V(w->bc)->SetBackupOptions(w->bc, COMPONENT, u"some text");
    return V(w->bc)->AddComponent(w->bc, instance_b, class_b, VSS_CT_FILEGROUP,
                                  named ? u"" : NULL, u"files");
}

/* Allocations that are none of the tree's: where no block ends. */
static unsigned others_of(unsigned way)
{
    unsigned others = UINT_MAX;

    for (unsigned step = 0; step < 64; step += 21) {
        struct world w;

        backup_moved(&w, step, way);
        w.mini.allocations = 0;
        ok(backup_call(&w, way));
        if (w.mini.allocations < others)
            others = w.mini.allocations;
        world_done(&w);
    }
    return others;
}

Test(blocks, backup)
{
    for (unsigned way = 0; way < 3; way++) {
        unsigned others = others_of(way), failures = 0;

        for (unsigned step = 0; step < 256; step++) {
            uint64_t state;
            struct world w;
            HRESULT hr;

            backup_moved(&w, step, way);
            state = world_state(&w);
            w.mini.allocations = 0;
            w.mini.fail_at = others + 1;
            hr = backup_call(&w, way);
            w.mini.fail_at = 0;
            if (FAILED(hr)) {
                failures++;
                cr_assert_eq(hr, E_OUTOFMEMORY);
                cr_assert_eq(world_state(&w), state);
                ok(backup_call(&w, way));
            }
            world_done(&w);
        }
        cr_expect_gt(failures, 1, "way %u: %u", way, failures);
    }
}

/* What a call took from two blocks is given back. */
Test(blocks, two_blocks)
{
    static WCHAR path[5000], name[5000];
    HRESULT hr = E_OUTOFMEMORY;
    struct world w;
    uint64_t state;

    for (unsigned i = 0; i < 4999; i++)
        path[i] = name[i] = 'x';
    world_init(&w);
    w.mini.policy[VSSIM_POLICY_UNKNOWN_COMPONENT] = 1;
    world_backup_gather(&w);
    world_add(&w, false);
    state = world_state(&w);
    for (unsigned n = 1; FAILED(hr); n++) {
        unsigned alive = w.mini.alive;

        w.mini.allocations = 0;
        w.mini.fail_at = n;
        hr = V(w.bc)->AddComponent(w.bc, instance_a, class_a, VSS_CT_DATABASE,
                                   path, name);
        w.mini.fail_at = 0;
        cr_assert(hr == S_OK || hr == E_OUTOFMEMORY);
        if (FAILED(hr)) {
            cr_expect_eq(world_state(&w), state);
            cr_expect_eq(w.mini.alive, alive, "allocation %u", n);
        }
    }
    world_done(&w);
}

/* A document that is given for a backup lacks what SetBackupState sets. */
Test(blocks, given_document)
{
    unsigned failures = 0;

    for (unsigned step = 0; step < 64; step++) {
        WCHAR text[1200] =
            u"<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\" a=\"";
        size_t at = wide_length(text);
        struct world w;
        uint64_t state;
        HRESULT hr;

        for (unsigned k = 0; k < step * 16; k++)
            text[at++] = 'x';
        memcpy(text + at, u"\"/>", 4 * sizeof(WCHAR));
        world_init(&w);
        ok(V(w.bc)->InitializeForBackup(w.bc, text));
        state = world_state(&w);
        w.mini.allocations = 0;
        w.mini.fail_at = 1;
        hr = V(w.bc)->SetBackupState(w.bc, true, true, VSS_BT_COPY, true);
        w.mini.fail_at = 0;
        if (FAILED(hr)) {
            failures++;
            cr_assert_eq(hr, E_OUTOFMEMORY);
            cr_assert_eq(world_state(&w), state);
        }
        state = world_state(&w);
        ok(V(w.bc)->SetBackupState(w.bc, true, true, VSS_BT_COPY, true));
        if (SUCCEEDED(hr)) /* it was whole */
            cr_assert_eq(world_state(&w), state);
        world_done(&w);
    }
    cr_expect_gt(failures, 1);
}

static uint64_t loaded(const char *document, size_t size)
{
    struct world w;
    uint64_t state;

    world_init(&w);
    world_set_document(&w, document, size);
    world_restore(&w);
    state = world_state(&w);
    world_done(&w);
    return state;
}

/* So may its components: SetBackupSucceeded. */
Test(blocks, given_component)
{
    unsigned failures = 0;

    for (unsigned step = 0; step < 64; step++) {
        WCHAR text[1400] =
            u"<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
            u"<WRITER_COMPONENTS "
            u"instanceId=\"00000011-0000-0000-0000-000000000000\" "
            u"writerId=\"00000001-0000-0000-0000-000000000000\"><COMPONENT "
            u"componentName=\"one\" logicalPath=\"db\" "
            u"componentType=\"database\" a=\"";
        static const WCHAR end[] =
            u"\"/></WRITER_COMPONENTS></BACKUP_COMPONENTS>";
        size_t at = wide_length(text);
        IVssAsync *async;
        struct world w;
        HRESULT hr;

        for (unsigned k = 0; k < step * 16; k++)
            text[at++] = 'x';
        memcpy(text + at, end, sizeof(end));
        world_init(&w);
        ok(V(w.bc)->InitializeForBackup(w.bc, text));
        ok(V(w.bc)->SetBackupState(w.bc, true, false, VSS_BT_FULL, false));
        ok(V(w.bc)->GatherWriterMetadata(w.bc, &async));
        world_finish(async, VSS_S_ASYNC_FINISHED);
        world_set(&w);
        ok(V(w.bc)->PrepareForBackup(w.bc, &async));
        world_finish(async, VSS_S_ASYNC_FINISHED);
        world_finish(world_snap(&w), VSS_S_ASYNC_FINISHED);
        w.mini.allocations = 0;
        w.mini.fail_at = 1;
        hr = V(w.bc)->SetBackupSucceeded(w.bc, instance_a, COMPONENT, true);
        w.mini.fail_at = 0;
        if (FAILED(hr)) {
            failures++;
            cr_assert_eq(hr, E_OUTOFMEMORY);
        }
        ok(V(w.bc)->SetBackupSucceeded(w.bc, instance_a, COMPONENT, true));
        world_done(&w);
    }
    cr_expect_gt(failures, 0);
}

/* Loading: the Nth allocation, for texts that end the blocks elsewhere. */
Test(blocks, loading)
{
    static const char head[] =
        "<BACKUP_COMPONENTS xmlns=\"x-schema:#VssComponentMetadata\">"
        "<WRITER_COMPONENTS a=\"1\">some text</WRITER_COMPONENTS>";
    char document[2000];

    for (unsigned step = 0; step < 64; step++) {
        size_t at = sizeof(head) - 1;
        uint64_t whole;

        memcpy(document, head, at);
        for (unsigned i = 0; i < 3; i++) {
            at += (size_t)sprintf(document + at, "<x><y b%u=\"", i);
            memset(document + at, 'x', step * 5);
            at += step * 5;
            at += (size_t)sprintf(document + at, "\"/>text</x>%.*s",
                                  (int)(step % 16), "a longer text  .");
        }
        if (step == 0) { /* so many that the parser makes room for them */
            at += (size_t)sprintf(document + at, "<x");
            for (unsigned i = 0; i < 40; i++)
                at += (size_t)sprintf(document + at, " a%u=\"\"", i);
            at += (size_t)sprintf(document + at, "/>");
        }
        at += (size_t)sprintf(document + at, "</BACKUP_COMPONENTS>");
        whole = loaded(document, at);
        for (unsigned n = 1; n < 100; n++) {
            struct world w;
            HRESULT hr;

            world_init(&w);
            world_set_document(&w, document, at);
            w.mini.allocations = 0;
            w.mini.fail_at = n;
            hr = V(w.bc)->InitializeForRestore(w.bc, w.document);
            w.mini.fail_at = 0;
            cr_assert(hr == S_OK || hr == E_OUTOFMEMORY);
            if (FAILED(hr))
                ok(V(w.bc)->InitializeForRestore(w.bc, w.document));
            cr_assert_eq(world_state(&w), whole); /* nothing is missing */
            world_done(&w);
            if (hr == S_OK)
                break;
        }
    }
}
