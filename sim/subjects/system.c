/* system.c - see system.h. */
#include "subjects/system.h"

#include <stdio.h>
#include <string.h>

#include "com/text.h"
#include "os/library.h"
#include "os/real_machine.h"

/* Filled in once, when the library is opened. */
static struct {
    HRESULT(STDMETHODCALLTYPE *create)(IVssBackupComponents **out);
    HRESULT(STDMETHODCALLTYPE *examine)
    (BSTR xml, IVssExamineWriterMetadata **out);
    HRESULT(STDMETHODCALLTYPE *snapshotted)
    (WCHAR *volume, BOOL *present, LONG *capability);
    HRESULT(STDMETHODCALLTYPE *block)(WCHAR *volume, bool *block);
    void(STDMETHODCALLTYPE *free_prop)(VSS_SNAPSHOT_PROP *prop);
    bool simulated; /* our own library, put into the system's folder */
    uint64_t began;
} lib;

/* --- the exported functions; one that is missing is not implemented --- */

static HRESULT create(const struct vssim_host *host,
                      IVssBackupComponents **out)
{
    (void)host;
    return lib.create(out);
}

static HRESULT examine(const struct vssim_host *host, const WCHAR *xml,
                       IVssExamineWriterMetadata **out)
{
    (void)host;
    return lib.examine ? lib.examine((BSTR)(uintptr_t)xml, out) : E_NOTIMPL;
}

static HRESULT snapshotted(const struct vssim_host *host, const WCHAR *volume,
                           BOOL *present, LONG *capability)
{
    (void)host;
    return lib.snapshotted ? lib.snapshotted((WCHAR *)(uintptr_t)volume,
                                             present, capability)
                           : E_NOTIMPL;
}

static HRESULT should_block(const struct vssim_host *host, const WCHAR *volume,
                            bool *block)
{
    (void)host;
    return lib.block ? lib.block((WCHAR *)(uintptr_t)volume, block)
                     : E_NOTIMPL;
}

static void free_prop(const struct vssim_host *host, VSS_SNAPSHOT_PROP *prop)
{
    (void)host;
    if (lib.free_prop)
        lib.free_prop(prop);
}

static const struct vssim_subject subject = {
    .abi = VSSIM_ABI_VERSION,
    .size = sizeof(struct vssim_subject),
    .name = "system",
    .create_backup_components = create,
    .create_examine_writer_metadata = examine,
    .is_volume_snapshotted = snapshotted,
    .should_block_revert = should_block,
    .free_snapshot_properties = free_prop,
};

bool system_named(const char *name)
{
    return name && strcmp(name, "system") == 0;
}

bool system_is(const struct vssim_subject *s)
{
    return s == &subject;
}

/* The name that programs link; else the plain one. */
static void *exported(void *library, const char *internal, const char *plain)
{
    void *symbol = library_symbol(library, internal);

    return symbol ? symbol : library_symbol(library, plain);
}

#define TAKE(member, internal, plain) \
    do { \
        void *symbol_ = exported(library, internal, plain); \
        memcpy(&lib.member, &symbol_, sizeof(symbol_)); \
    } while (0)

const struct vssim_subject *system_subject(char *error, size_t room)
{
    void *library = machine_vssapi(error, room);

    if (!library)
        return NULL;
    TAKE(create, "CreateVssBackupComponentsInternal",
         "CreateVssBackupComponents");
    TAKE(examine, "CreateVssExamineWriterMetadataInternal",
         "CreateVssExamineWriterMetadata");
    TAKE(snapshotted, "IsVolumeSnapshottedInternal", "IsVolumeSnapshotted");
    TAKE(block, "ShouldBlockRevertInternal", "ShouldBlockRevert");
    TAKE(free_prop, "VssFreeSnapshotPropertiesInternal",
         "VssFreeSnapshotProperties");
    lib.simulated = library_symbol(library, "vssim_simulated") != NULL;
    lib.began = machine_now();
    if (lib.create)
        return &subject;
    snprintf(error, room,
             "--subject system: the system's vssapi.dll exports "
             "no CreateVssBackupComponentsInternal");
    return NULL;
}

/* --- what can be played --- */

/* Microsoft's test writer: the only one whose components are touched. */
static const GUID test_writer = {
    0x5affb034, 0x969f, 0x4919,
    {0x88, 0x75, 0x88, 0xf8, 0x30, 0xd0, 0xef, 0x89}};

static const char *skips_writers(const struct scenario *s)
{
    unsigned n = 0;

    for (const struct scenario_writer *w = s->writers; w; w = w->next) {
        if (!guid_equal(&w->writer.desc->writer, &test_writer))
            return "the system's own library: only components of test "
                   "writers are touched";
        if (!w->writer.live || n++)
            return "the system's own library: which writers run cannot be "
                   "imposed";
    }
    return NULL;
}

/* A class of another writer in an argument. */
static bool names_other_writer(const struct step *step)
{
    for (unsigned i = 0; step->method && i < step->method->n_params; i++)
        if (step->method->params[i].kind == API_GUID &&
            strstr(step->method->params[i].name, "riter") &&
            step->args[i].given &&
            !guid_equal(&step->args[i].guid, &test_writer))
            return true;
    return false;
}

/* A document that is not made of the scenario's writers. */
static bool brings_document(const struct step *step)
{
    if (step->document.file_text)
        return true;
    for (unsigned i = 0; step->method && i < step->method->n_params; i++)
        if (strcmp(step->method->params[i].name, "bstrXML") == 0 &&
            step->args[i].given && !step->args[i].null && *step->args[i].text)
            return true;
    return false;
}

static const char *skips_step(const struct step *step)
{
    if (step->has_takes || step->kind == STEP_SLEEP)
        return "the system's own library: time cannot be imposed";
    if (step->each_alloc)
        return "the system's own library: memory cannot be imposed";
    if (names_other_writer(step) || brings_document(step))
        return "the system's own library: only components of test writers "
               "are touched";
    return NULL;
}

const char *system_skips(const struct scenario *s)
{
    const char *why = NULL;

    if (s->declared || s->faults)
        return "the system's own library: writer behaviour cannot be imposed";
    if (s->world_given)
        return "the system's own library: policies and volumes cannot be "
               "imposed";
    why = skips_writers(s);
    for (const struct step *step = s->steps; step && !why; step = step->next)
        why = skips_step(step);
    return why;
}

/* --- playing --- */

void system_header(struct trace *t)
{
    trace_int(t, KEY_BUILD, machine_build());
    trace_str(t, KEY_MACHINE, machine_name());
    trace_str(t, KEY_PROVENANCE, lib.simulated ? "simulated" : "observed");
}

static void catch_up(struct world *w)
{
    uint64_t now = machine_now() - lib.began;

    if (now > w->clock.now)
        world_advance(w, now);
}

static void enter(struct world *w, const char *method)
{
    (void)method;
    catch_up(w);
}

static void leave(struct world *w)
{
    (void)w;
}

/* The host's: nobody calls it. */
static void wait(struct world *w, uint32_t ticket, uint32_t ms)
{
    (void)w;
    (void)ticket;
    (void)ms;
}

static void free_bstr(struct world *w, BSTR text)
{
    (void)w;
    machine_bstr_free(text);
}

static void free_task(struct world *w, void *memory)
{
    (void)w;
    machine_task_free(memory);
}

static const struct world_driver driver = {
    .enter = enter,
    .returned = catch_up,
    .leave = leave,
    .wait = wait,
    .bstr_free = free_bstr,
    .task_free = free_task,
};

void system_attach(struct world *w)
{
    lib.began = machine_now(); /* each scenario begins at 0 */
    w->opaque = true;
    w->driver = &driver;
}
