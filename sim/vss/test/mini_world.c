/* mini_world.c - see mini_world.h. */
#include "vss/test/mini_world.h"

#include <stdlib.h>
#include <string.h>

#include "com/documents_write.h"
#include "com/text.h"

const GUID class_a = {1, 0, 0, {0}}, class_b = {2, 0, 0, {0}},
           class_c = {3, 0, 0, {0}};
const GUID instance_a = {0x11, 0, 0, {0}}, instance_b = {0x12, 0, 0, {0}},
           instance_c = {0x13, 0, 0, {0}}, instance_a2 = {0x21, 0, 0, {0}};

static const struct vss_file_desc files[] = {
    {"C:\\data", "*.mdf", NULL, false, 0},
    {"C:\\data\\log", "*", NULL, true, 0}};
static const struct vss_dependency_desc dependency = {
    {2, 0, 0, {0}}, NULL, "files"};
static const struct vss_component_desc components_a[] = {
    {.type = VSS_CT_DATABASE,
     .logical_path = "db",
     .name = "one",
     .caption = "Database <one>",
     .selectable = true,
     .selectable_for_restore = true,
     .databases = &files[0],
     .n_databases = 1,
     .logs = &files[1],
     .n_logs = 1,
     .dependencies = &dependency,
     .n_dependencies = 1},
    {.type = VSS_CT_DATABASE,
     .logical_path = "db",
     .name = "two",
     .selectable = true,
     .databases = &files[0],
     .n_databases = 1}};
static const struct vss_component_desc components_b[] = {
    {.type = VSS_CT_FILEGROUP,
     .name = "files",
     .selectable = true,
     .files = files,
     .n_files = 2},
    {.type = VSS_CT_FILEGROUP,
     .logical_path = "files",
     .name = "part",
     .selectable_for_restore = true,
     .files = &files[1],
     .n_files = 1}};
static const struct vss_component_desc components_c[] = {
    {.type = VSS_CT_FILEGROUP, .name = "quiet", .selectable = true}};

static struct vss_writer_desc describe(char which)
{
    struct vss_writer_desc w = {
        .writer = class_a,
        .instance = instance_a,
        .name = "Writer A",
        .usage = VSS_UT_USERDATA,
        .source = VSS_ST_TRANSACTEDDB,
        .backup_schema = 881,
        .restore_method = VSS_RME_RESTORE_IF_CAN_REPLACE,
        .writer_restore = VSS_WRE_ALWAYS,
        .mappings = files,
        .n_mappings = 1,
        .excludes = files,
        .n_excludes = 1,
        .components = components_a,
        .n_components = 2};

    if (which == 'b') {
        w.writer = class_b;
        w.instance = instance_b;
        w.name = "Writer B";
        w.writer_restore = VSS_WRE_IF_REPLACE_FAILS;
        w.components = components_b;
    } else if (which == 'c') {
        w.writer = class_c;
        w.instance = instance_c;
        w.name = "Writer C";
        w.writer_restore = VSS_WRE_NEVER;
        w.components = components_c;
        w.n_components = 1;
    }
    return w;
}

static struct mini_writer *add_writer(struct world *world,
                                      const struct vss_writer_desc *desc,
                                      const WCHAR *name)
{
    struct mini_writer *w = &world->mini.writers[world->mini.n_writers++];
    struct strbuf xml = STRBUF_INIT;

    writer_metadata_write(&xml, desc);
    w->writer = desc->writer;
    w->instance = desc->instance;
    w->name = name;
    w->metadata = xml.buf;
    w->metadata_size = xml.len;
    return w;
}

void world_set_document(struct world *world, const char *utf8, size_t size)
{
    size_t n = utf8_to_wide(utf8, size, NULL, 0);

    free(world->document);
    world->document = calloc(n + 1, sizeof(WCHAR));
    utf8_to_wide(utf8, size, world->document, n + 1);
}

void world_new_object(struct world *world)
{
    IVssBackupComponents *plain;

    if (world->bc)
        world->bc->lpVtbl->Release(world->bc);
    ok(vssim_reference_subject()->create_backup_components(&world->mini.host,
                                                           &plain));
    world->bc = (object_t *)(void *)plain;
}

void world_init(struct world *world)
{
    struct vss_writer_desc a = describe('a'), b = describe('b'),
                           c = describe('c');
    const struct vss_writer_desc *all[] = {&a, &b, &c};
    struct strbuf xml = STRBUF_INIT;

    memset(world, 0, sizeof(*world));
    mini_init(&world->mini);
    add_writer(world, &a, u"Writer A");
    add_writer(world, &b, u"Writer B");
    add_writer(world, &c, u"Writer C");
    backup_components_write(&xml, all, 3);
    world_set_document(world, xml.buf, xml.len);
    strbuf_release(&xml);
    world_new_object(world);
}

struct mini_writer *world_second_a(struct world *world, const char *named)
{
    struct vss_writer_desc a = describe('a');

    a.instance = instance_a2;
    a.instance_name = named;
    a.components = &components_a[1]; /* only "two" */
    a.n_components = 1;
    return add_writer(world, &a, u"Writer A");
}

void world_done_object(struct world *world)
{
    if (world->bc)
        cr_expect_eq(world->bc->lpVtbl->Release(world->bc), 0);
    world->bc = NULL;
}

void world_done(struct world *world)
{
    world_done_object(world);
    free(world->document);
    mini_done(&world->mini);
}

void world_restore(struct world *world)
{
    ok(world->bc->lpVtbl->InitializeForRestore(world->bc, world->document));
}

void world_finish(IVssAsync *async, HRESULT outcome)
{
    HRESULT hr = 0;

    ok(async->lpVtbl->Wait(async, INFINITE));
    ok(async->lpVtbl->QueryStatus(async, &hr, NULL));
    cr_expect_eq(hr, outcome, "async ended with 0x%08X", (unsigned)hr);
    cr_expect_eq(async->lpVtbl->Release(async), 0);
}

void world_gather(struct world *world)
{
    IVssAsync *async;

    world_restore(world);
    ok(world->bc->lpVtbl->GatherWriterMetadata(world->bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
}

void world_select(struct world *world, const GUID *writer,
                  VSS_COMPONENT_TYPE type, const WCHAR *path,
                  const WCHAR *name)
{
    ok(world->bc->lpVtbl->SetSelectedForRestore(world->bc, *writer, type, path,
                                                name, true));
}

void world_select_all(struct world *world)
{
    world_select(world, &class_a, VSS_CT_DATABASE, u"db", u"one");
    world_select(world, &class_a, VSS_CT_DATABASE, u"db", u"two");
    world_select(world, &class_b, VSS_CT_FILEGROUP, NULL, u"files");
    world_select(world, &class_c, VSS_CT_FILEGROUP, u"", u"quiet");
}

IVssAsync *world_pre(struct world *world)
{
    IVssAsync *async;

    ok(world->bc->lpVtbl->PreRestore(world->bc, &async));
    return async;
}

void world_pre_done(struct world *world)
{
    world_gather(world);
    world_select_all(world);
    world_finish(world_pre(world), VSS_S_ASYNC_FINISHED);
}

const char *world_phase(struct world *world)
{
    return vssim_reference_subject()->phase(
        (IVssBackupComponents *)(void *)world->bc);
}

static void digest(void *context, const void *bytes, size_t size)
{
    const unsigned char *b = bytes;
    uint64_t *hash = context;

    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ b[i]) * 1099511628211u;
}

uint64_t world_state(struct world *world)
{
    uint64_t hash = 14695981039346656037u;

    vssim_reference_subject()->state((IVssBackupComponents *)(void *)world->bc,
                                     digest, &hash);
    return hash;
}

IVssComponentEx2 *world_component(struct world *world, UINT writer)
{
    IVssWriterComponentsExt *ext;
    IVssWriterComponents *first;
    IVssComponent *component;
    IUnknown *unknown;

    ok(world->bc->lpVtbl->GetWriterComponents(world->bc, writer, &ext));
    first = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
    ok(first->lpVtbl->GetComponent(first, 0, &component));
    unknown->lpVtbl->Release(unknown);
    return (IVssComponentEx2 *)(void *)component;
}

/* --- a backup --- */

void world_backup(struct world *world)
{
    object_t *bc = world->bc;

    ok(bc->lpVtbl->InitializeForBackup(bc, NULL));
    ok(bc->lpVtbl->SetBackupState(bc, true, false, VSS_BT_FULL, false));
}

void world_backup_gather(struct world *world)
{
    IVssAsync *async;

    world_backup(world);
    ok(world->bc->lpVtbl->GatherWriterMetadata(world->bc, &async));
    world_finish(async, VSS_S_ASYNC_FINISHED);
}

void world_add(struct world *world, bool all)
{
    object_t *bc = world->bc;

    ok(bc->lpVtbl->AddComponent(bc, instance_a, class_a, VSS_CT_DATABASE,
                                u"db", u"one"));
    if (!all)
        return;
    ok(bc->lpVtbl->AddComponent(bc, instance_a, class_a, VSS_CT_DATABASE,
                                u"db", u"two"));
    ok(bc->lpVtbl->AddComponent(bc, instance_b, class_b, VSS_CT_FILEGROUP,
                                NULL, u"files"));
}

void world_set(struct world *world)
{
    static const GUID null;
    object_t *bc = world->bc;

    ok(bc->lpVtbl->StartSnapshotSet(bc, &world->set));
    ok(bc->lpVtbl->AddToSnapshotSet(bc, (VSS_PWSZ)(uintptr_t)u"C:\\", null,
                                    &world->snapshot));
}

IVssAsync *world_prepare(struct world *world)
{
    IVssAsync *async;

    world_backup_gather(world);
    world_add(world, true);
    world_set(world);
    ok(world->bc->lpVtbl->PrepareForBackup(world->bc, &async));
    return async;
}

void world_prepared(struct world *world)
{
    world_finish(world_prepare(world), VSS_S_ASYNC_FINISHED);
}

IVssAsync *world_snap(struct world *world)
{
    IVssAsync *async;

    ok(world->bc->lpVtbl->DoSnapshotSet(world->bc, &async));
    return async;
}

void world_snapped(struct world *world)
{
    world_prepared(world);
    world_finish(world_snap(world), VSS_S_ASYNC_FINISHED);
}
