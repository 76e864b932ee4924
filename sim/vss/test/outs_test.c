/*
 * outs_test.c - what the readers of documents put into their out-parameters:
 * a value each on success; nothing at all, and every pointer that may be
 * cleared is, when another one is NULL, when the view is stale or when memory
 * is short.
 */
#include <stdalign.h>
#include <string.h>

#include "base/array.h"
#include "com/document_names.h"
#include "com/text.h"
#include "vss/test/mini_world.h"
#include "vss/test/sample_documents.h"

#define V(object) (object)->lpVtbl
#define POISON 0x5A

typedef IVssExamineWriterMetadataEx2 metadata_t;

/* Room for any out-parameter. */
struct slot {
    alignas(16) unsigned char bytes[16];
};

/* What an out holds: s a BSTR, o an object, i a component's info, else a
 * plain value. */
struct reader {
    const char *name, *outs;
    HRESULT (*read)(void *object, void **o);
};

#define READER(type, method, ...) \
    static HRESULT type##_##method(void *object, void **o) \
    { \
        type *it = object; \
        return V(it)->method(it, __VA_ARGS__); \
    }
#define ONE o[0]
#define TWO o[0], o[1]
#define THREE o[0], o[1], o[2]
#define FOUR o[0], o[1], o[2], o[3]
#define FIVE FOUR, o[4]
#define SIX FIVE, o[5]

READER(IVssComponentEx2, GetLogicalPath, ONE)
READER(IVssComponentEx2, GetComponentType, ONE)
READER(IVssComponentEx2, GetComponentName, ONE)
READER(IVssComponentEx2, GetBackupSucceeded, ONE)
READER(IVssComponentEx2, GetAlternateLocationMappingCount, ONE)
READER(IVssComponentEx2, GetAlternateLocationMapping, 0, ONE)
READER(IVssComponentEx2, GetBackupMetadata, ONE)
READER(IVssComponentEx2, GetPartialFileCount, ONE)
READER(IVssComponentEx2, GetPartialFile, 0, FOUR)
READER(IVssComponentEx2, IsSelectedForRestore, ONE)
READER(IVssComponentEx2, GetAdditionalRestores, ONE)
READER(IVssComponentEx2, GetNewTargetCount, ONE)
READER(IVssComponentEx2, GetNewTarget, 0, ONE)
READER(IVssComponentEx2, GetDirectedTargetCount, ONE)
READER(IVssComponentEx2, GetDirectedTarget, 0, SIX)
READER(IVssComponentEx2, GetRestoreMetadata, ONE)
READER(IVssComponentEx2, GetRestoreTarget, ONE)
READER(IVssComponentEx2, GetPreRestoreFailureMsg, ONE)
READER(IVssComponentEx2, GetPostRestoreFailureMsg, ONE)
READER(IVssComponentEx2, GetBackupStamp, ONE)
READER(IVssComponentEx2, GetPreviousBackupStamp, ONE)
READER(IVssComponentEx2, GetBackupOptions, ONE)
READER(IVssComponentEx2, GetRestoreOptions, ONE)
READER(IVssComponentEx2, GetRestoreSubcomponentCount, ONE)
READER(IVssComponentEx2, GetRestoreSubcomponent, 0, THREE)
READER(IVssComponentEx2, GetFileRestoreStatus, ONE)
READER(IVssComponentEx2, GetDifferencedFilesCount, ONE)
READER(IVssComponentEx2, GetDifferencedFile, 0, FIVE)
READER(IVssComponentEx2, GetPrepareForBackupFailureMsg, ONE)
READER(IVssComponentEx2, GetPostSnapshotFailureMsg, ONE)
READER(IVssComponentEx2, GetAuthoritativeRestore, ONE)
READER(IVssComponentEx2, GetRollForward, TWO)
READER(IVssComponentEx2, GetRestoreName, ONE)
READER(IVssComponentEx2, GetFailure, FOUR)

#define ROW(type, method, outs) \
    { \
#method, outs, type##_##method \
    }
#define CO(method, outs) ROW(IVssComponentEx2, method, outs)

/* The reserved DWORD of GetFailure is always 0. */
static const struct reader component_readers[] = {
    CO(GetLogicalPath, "s"),
    CO(GetComponentType, "."),
    CO(GetComponentName, "s"),
    CO(GetBackupSucceeded, "."),
    CO(GetAlternateLocationMappingCount, "."),
    CO(GetAlternateLocationMapping, "o"),
    CO(GetBackupMetadata, "s"),
    CO(GetPartialFileCount, "."),
    CO(GetPartialFile, "ssss"),
    CO(IsSelectedForRestore, "."),
    CO(GetAdditionalRestores, "."),
    CO(GetNewTargetCount, "."),
    CO(GetNewTarget, "o"),
    CO(GetDirectedTargetCount, "."),
    CO(GetDirectedTarget, "ssssss"),
    CO(GetRestoreMetadata, "s"),
    CO(GetRestoreTarget, "."),
    CO(GetPreRestoreFailureMsg, "s"),
    CO(GetPostRestoreFailureMsg, "s"),
    CO(GetBackupStamp, "s"),
    CO(GetPreviousBackupStamp, "s"),
    CO(GetBackupOptions, "s"),
    CO(GetRestoreOptions, "s"),
    CO(GetRestoreSubcomponentCount, "."),
    CO(GetRestoreSubcomponent, "ss."),
    CO(GetFileRestoreStatus, "."),
    CO(GetDifferencedFilesCount, "."),
    CO(GetDifferencedFile, "ss.s."),
    CO(GetPrepareForBackupFailureMsg, "s"),
    CO(GetPostSnapshotFailureMsg, "s"),
    CO(GetAuthoritativeRestore, "."),
    CO(GetRollForward, ".s"),
    CO(GetRestoreName, "s"),
    CO(GetFailure, "..s0")};

READER(IVssWriterComponents, GetComponentCount, ONE)
READER(IVssWriterComponents, GetWriterInfo, TWO)
READER(IVssWriterComponents, GetComponent, 0, ONE)
#define WC(method, outs) ROW(IVssWriterComponents, method, outs)
static const struct reader writer_readers[] = {WC(GetComponentCount, "."),
                                               WC(GetWriterInfo, ".."),
                                               WC(GetComponent, "o")};

READER(metadata_t, GetIdentity, FIVE)
READER(metadata_t, GetIdentityEx, SIX)
READER(metadata_t, GetFileCounts, THREE)
READER(metadata_t, GetIncludeFile, 0, ONE)
READER(metadata_t, GetExcludeFile, 0, ONE)
READER(metadata_t, GetComponent, 0, ONE)
READER(metadata_t, GetRestoreMethod, SIX)
READER(metadata_t, GetAlternateLocationMapping, 0, ONE)
READER(metadata_t, GetBackupSchema, ONE)
READER(metadata_t, SaveAsXML, ONE)
READER(metadata_t, GetVersion, TWO)
READER(metadata_t, GetExcludeFromSnapshotCount, ONE)
READER(metadata_t, GetExcludeFromSnapshotFile, 0, ONE)
#define MD(method, outs) ROW(metadata_t, method, outs)
static const struct reader metadata_readers[] = {
    MD(GetIdentity, "..s.."),
    MD(GetIdentityEx, "..ss.."),
    MD(GetFileCounts, "..."),
    MD(GetIncludeFile, "o"),
    MD(GetExcludeFile, "o"),
    MD(GetComponent, "o"),
    MD(GetRestoreMethod, ".ss..."),
    MD(GetAlternateLocationMapping, "o"),
    MD(GetBackupSchema, "."),
    MD(SaveAsXML, "s"),
    MD(GetVersion, ".."),
    MD(GetExcludeFromSnapshotCount, "."),
    MD(GetExcludeFromSnapshotFile, "o")};

READER(IVssWMComponent, GetComponentInfo, ONE)
READER(IVssWMComponent, GetFile, 0, ONE)
READER(IVssWMComponent, GetDatabaseFile, 0, ONE)
READER(IVssWMComponent, GetDatabaseLogFile, 0, ONE)
READER(IVssWMComponent, GetDependency, 0, ONE)
#define WM(method, outs) ROW(IVssWMComponent, method, outs)
static const struct reader wm_readers[] = {
    WM(GetComponentInfo, "i"), WM(GetFile, "o"), WM(GetDatabaseFile, "o"),
    WM(GetDatabaseLogFile, "o"), WM(GetDependency, "o")};

READER(IVssWMFiledesc, GetPath, ONE)
READER(IVssWMFiledesc, GetFilespec, ONE)
READER(IVssWMFiledesc, GetRecursive, ONE)
READER(IVssWMFiledesc, GetAlternateLocation, ONE)
READER(IVssWMFiledesc, GetBackupTypeMask, ONE)
#define FD(method, outs) ROW(IVssWMFiledesc, method, outs)
static const struct reader file_readers[] = {
    FD(GetPath, "s"), FD(GetFilespec, "s"), FD(GetRecursive, "."),
    FD(GetAlternateLocation, "s"), FD(GetBackupTypeMask, ".")};

READER(IVssWMDependency, GetWriterId, ONE)
READER(IVssWMDependency, GetLogicalPath, ONE)
READER(IVssWMDependency, GetComponentName, ONE)
#define DE(method, outs) ROW(IVssWMDependency, method, outs)
static const struct reader dependency_readers[] = {
    DE(GetWriterId, "."), DE(GetLogicalPath, "s"), DE(GetComponentName, "s")};

static void *pointer_in(const struct slot *slot)
{
    void *pointer;

    memcpy(&pointer, slot->bytes, sizeof(pointer));
    return pointer;
}

static void give_back(struct world *w, void *object, char kind,
                      const struct slot *slot)
{
    IUnknown *unknown = pointer_in(slot);
    IVssWMComponent *component = object;

    if (kind == 's')
        w->mini.host.bstr_free(&w->mini.host, pointer_in(slot));
    else if (kind == 'o')
        cr_expect_eq(V(unknown)->Release(unknown), 0);
    else if (kind == 'i')
        ok(V(component)->FreeComponentInfo(component, pointer_in(slot)));
}

/* Calls with the outs that there are, but for the k-th. */
static HRESULT call(const struct reader *r, void *object, struct slot *slots,
                    unsigned k)
{
    void *o[6];

    memset(slots, POISON, 6 * sizeof(*slots));
    for (unsigned i = 0; i < 6; i++)
        o[i] = i == k ? NULL : &slots[i];
    return r->read(object, o);
}

static void all_cleared(const struct reader *r, const struct slot *slots,
                        unsigned k)
{
    for (unsigned i = 0; r->outs[i]; i++)
        cr_expect_eq(slots[i].bytes[0], i == k ? POISON : 0, "%s, out %u",
                     r->name, i);
}

static void each_null(const struct reader *r, void *object)
{
    struct slot slots[6];

    for (unsigned k = 0; r->outs[k]; k++) {
        gives(call(r, object, slots, k), E_INVALIDARG);
        all_cleared(r, slots, k);
    }
}

/* Wherever memory ends; and then it does not. */
static void each_value(struct world *w, const struct reader *r, void *object)
{
    HRESULT hr = E_OUTOFMEMORY;
    struct slot slots[6];

    for (unsigned n = 1; hr == E_OUTOFMEMORY; n++) {
        w->mini.allocations = 0;
        w->mini.fail_at = n;
        hr = call(r, object, slots, 6);
        w->mini.fail_at = 0;
        if (hr == E_OUTOFMEMORY)
            all_cleared(r, slots, 6);
    }
    cr_assert_eq(hr, S_OK, "%s gave 0x%08X", r->name, (unsigned)hr);
    for (unsigned i = 0; r->outs[i]; i++) {
        cr_expect_neq(slots[i].bytes[0], POISON, "%s, out %u", r->name, i);
        if (strchr("soi", r->outs[i]))
            cr_expect_not_null(pointer_in(&slots[i]), "%s, out %u", r->name,
                               i);
        else
            cr_expect_eq(slots[i].bytes[0] != 0, r->outs[i] != '0',
                         "%s, out %u", r->name, i);
        give_back(w, object, r->outs[i], &slots[i]);
    }
}

static void each(struct world *w, const struct reader *readers, unsigned n,
                 void *object)
{
    for (unsigned i = 0; i < n; i++) {
        each_null(&readers[i], object);
        each_value(w, &readers[i], object);
    }
}
#define EACH(readers, object) \
    each(&w, readers, ARRAY_SIZE(readers), object)

static void each_stale(const struct reader *readers, unsigned n, void *object)
{
    struct slot slots[6];

    for (unsigned i = 0; i < n; i++) {
        HRESULT hr = call(&readers[i], object, slots, 6);

        cr_expect_eq(hr, VSS_E_BAD_STATE, "%s gave 0x%08X", readers[i].name,
                     (unsigned)hr);
        all_cleared(&readers[i], slots, 6);
    }
}
#define EACH_STALE(readers, object) \
    each_stale(readers, ARRAY_SIZE(readers), object)

#define FILE_ATTRIBUTES \
    " path=\"p\" filespec=\"f\" recursive=\"yes\" alternatePath=\"a\" " \
    "filespecBackupType=\"3\"/>"

/* Everything that can be read of a component is there. */
static const char full_document[] =
    BCD "<" BCD_WRITER " writerId=\"" ID(1) "\" instanceId=\"" ID(
        2) "\"><" BCD_COMPONENT " componentName=\"one\" logicalPath=\"db\" "
           "componentType=\"database\" backupSucceeded=\"yes\" "
           "selectedForRestore=\"yes\" additionalRestores=\"yes\" "
           "authoritativeRestore=\"yes\" restoreTarget=\"directed\" "
           "fileRestoreStatus=\"failed\" preRestoreFailureMsg=\"m\" "
           "postRestoreFailureMsg=\"m\" prepareForBackupFailureMsg=\"m\" "
           "postSnapshotFailureMsg=\"m\" backupStamp=\"s\" "
           "previousBackupStamp=\"s\" backupOptions=\"o\" "
           "restoreOptions=\"o\" restoreName=\"n\">"
           "<" DOC_MAPPING FILE_ATTRIBUTES "<" BCD_NEW_TARGET FILE_ATTRIBUTES
           "<" BCD_BACKUP_METADATA " metadata=\"m\"/>"
           "<" BCD_RESTORE_METADATA " metadata=\"m\"/>"
           "<" BCD_PARTIAL_FILE " path=\"p\" filename=\"f\" ranges=\"r\" "
           "metadata=\"m\"/>"
           "<" BCD_DIRECTED_TARGET " sourcePath=\"p\"/>"
           "<" BCD_SUBCOMPONENT " repair=\"yes\"/>"
           "<" BCD_DIFFERENCED_FILE " recursive=\"yes\" "
           "lastModifyTimeLow=\"1\" lastModifyTimeHigh=\"2\"/>"
           "<" BCD_ROLL_FORWARD " type=\"3\" point=\"p\"/>"
           "<" BCD_FAILURE " code=\"1\" applicationCode=\"2\" "
           "message=\"m\"/></" BCD_COMPONENT "></" BCD_WRITER "></" BCD_ROOT
           ">";

Test(outs, components)
{
    IVssWriterComponentsExt *ext;
    IVssWriterComponents *all;
    IVssComponentEx2 *c;
    IVssWMFiledesc *file;
    IUnknown *unknown;
    struct world w;

    world_init(&w);
    world_set_document(&w, full_document, sizeof(full_document) - 1);
    world_gather(&w);
    ok(V(w.bc)->GetWriterComponents(w.bc, 0, &ext));
    all = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
    EACH(writer_readers, all);
    c = world_component(&w, 0);
    EACH(component_readers, c);
    ok(V(c)->GetNewTarget(c, 0, &file));
    EACH(file_readers, file);
    V(file)->Release(file);
    world_finish(world_pre(&w), VSS_S_ASYNC_FINISHED);
    EACH_STALE(writer_readers, all);
    EACH_STALE(component_readers, c);
    V(c)->Release(c);
    V(unknown)->Release(unknown);
    world_done(&w);
}

static const char full_metadata[] =
    "<" WMD_ROOT " xmlns=\"" WMD_NAMESPACE "\" backupSchema=\"1\">"
    "<" WMD_IDENTIFICATION " writerId=\"" ID(1) "\" instanceId=\"" ID(
        2) "\" friendlyName=\"n\" instanceName=\"i\" usage=\"USER_DATA\" "
           "dataSource=\"OTHER\" majorVersion=\"1\" minorVersion=\"2\"/>"
           "<" WMD_RESTORE_METHOD
           " method=\"CUSTOM\" service=\"s\" userProcedure=\"u\" "
           "writerRestore=\"always\" rebootRequired=\"yes\"><" DOC_MAPPING
               FILE_ATTRIBUTES "</" WMD_RESTORE_METHOD "><" WMD_LOCATIONS
           "><" WMD_INCLUDE FILE_ATTRIBUTES "<" WMD_EXCLUDE FILE_ATTRIBUTES
           "<" WMD_EXCLUDE_SNAPSHOT FILE_ATTRIBUTES "<" WMD_DATABASE
           " componentName=\"c\" logicalPath=\"l\" caption=\"c\"><" WMD_FILE_LIST
               FILE_ATTRIBUTES "<" WMD_DATABASE_FILES FILE_ATTRIBUTES
           "<" WMD_DATABASE_LOGS FILE_ATTRIBUTES "<" WMD_DEPENDENCY
           " writerId=\"" ID(
               3) "\" logicalPath=\"l\" componentName=\"c\"/></" WMD_DATABASE
                  "></" WMD_LOCATIONS "></" WMD_ROOT ">";

Test(outs, metadata)
{
    IVssExamineWriterMetadata *made;
    IVssWMDependency *dependency;
    WCHAR xml[2000];
    IVssWMComponent *c;
    IVssWMFiledesc *file;
    metadata_t *m;
    struct world w;

    world_init(&w);
    utf8_to_wide(full_metadata, sizeof(full_metadata) - 1, xml, 2000);
    ok(vssim_reference_subject()->create_examine_writer_metadata(&w.mini.host,
                                                                 xml, &made));
    m = (metadata_t *)(void *)made;
    EACH(metadata_readers, m);
    ok(V(m)->GetExcludeFromSnapshotFile(m, 0, &file));
    EACH(file_readers, file);
    V(file)->Release(file);
    ok(V(m)->GetComponent(m, 0, &c));
    EACH(wm_readers, c);
    ok(V(c)->GetDependency(c, 0, &dependency));
    EACH(dependency_readers, dependency);
    V(dependency)->Release(dependency);
    V(c)->Release(c);
    V(m)->Release(m);
    world_done(&w);
}
