/*
 * arguments_test.c - each pointer of each method that hands something out or
 * takes a text in turn is NULL: E_INVALIDARG (E_POINTER where the page says
 * so), and every other out-parameter is cleared.
 */
#include <string.h>

#include "base/array.h"
#include "vss/test/mini_world.h"

#define V(object) (object)->lpVtbl
#define BAD(call) gives(call, E_INVALIDARG)

typedef IVssExamineWriterMetadataEx2 metadata_t;

static metadata_t *metadata(struct world *w)
{
    IVssExamineWriterMetadataEx *out;
    VSS_ID id;

    ok(V(w->bc)->GetWriterMetadataEx(w->bc, 0, &id, &out));
    return (metadata_t *)(void *)out;
}

/* Pointers to the outs, the k-th of which is NULL. */
static void but_one(void **outs, void *const *all, unsigned n, unsigned k)
{
    for (unsigned i = 0; i < n; i++)
        outs[i] = i == k ? NULL : all[i];
}

static void identity_and_restore_method(metadata_t *m)
{
    VSS_RESTOREMETHOD_ENUM method = VSS_RME_CUSTOM;
    VSS_WRITERRESTORE_ENUM wants = VSS_WRE_NEVER;
    BSTR name = (BSTR)m, other = (BSTR)m;
    VSS_SOURCE_TYPE source;
    VSS_USAGE_TYPE usage;
    VSS_ID instance, writer;
    UINT counts[3] = {7, 7, 7};
    bool reboot = true;
    void *o[6];

    for (unsigned k = 0; k < 6; k++) {
        but_one(o,
                (void *[]){&instance, &writer, &name, &other, &usage, &source},
                6, k);
        BAD(V(m)->GetIdentityEx(m, o[0], o[1], o[2], o[3], o[4], o[5]));
        but_one(o, (void *[]){&method, &name, &other, &wants, &reboot, counts},
                6, k);
        BAD(V(m)->GetRestoreMethod(m, o[0], o[1], o[2], o[3], o[4], o[5]));
        but_one(o, (void *[]){&counts[0], &counts[1], &counts[2]}, 3, k % 3);
        BAD(V(m)->GetFileCounts(m, o[0], o[1], o[2]));
    }
    cr_expect(!name && !other && !counts[0] && !counts[2] && !reboot);
    cr_expect(method == VSS_RME_UNDEFINED && wants == VSS_WRE_UNDEFINED);
}

/* Objects without a public interface id. */
static void no_other_interface(IUnknown *object)
{
    IUnknown *out = object;

    gives(V(object)->QueryInterface(object, &IID_IVssAsync, (void **)&out),
          E_NOINTERFACE);
    cr_expect_null(out);
    ok(V(object)->QueryInterface(object, &IID_IUnknown, (void **)&out));
    cr_expect_eq(out, object);
    cr_expect_eq(V(out)->Release(out), 1);
}

static void files(struct world *w, metadata_t *m)
{
    IVssWMFiledesc *file = NULL;
    BSTR text = (BSTR)m;
    bool recursive;
    DWORD mask;

    BAD(V(m)->GetIncludeFile(m, 0, NULL));
    gives(V(m)->GetIncludeFile(m, 0, &file), VSS_E_OBJECT_NOT_FOUND);
    cr_expect_null(file);
    ok(V(m)->GetExcludeFile(m, 0, &file));
    no_other_interface((IUnknown *)(void *)file);
    BAD(V(file)->GetPath(file, NULL));
    BAD(V(file)->GetFilespec(file, NULL));
    BAD(V(file)->GetRecursive(file, NULL));
    BAD(V(file)->GetBackupTypeMask(file, NULL));
    gives(V(file)->GetAlternateLocation(file, &text), S_FALSE);
    cr_expect_null(text);
    ok(V(file)->GetFilespec(file, &text));
    w->mini.host.bstr_free(&w->mini.host, text);
    ok(V(file)->GetRecursive(file, &recursive));
    ok(V(file)->GetBackupTypeMask(file, &mask));
    cr_expect_eq(mask, (DWORD)VSS_FSBT_ALL_BACKUP_REQUIRED |
                           (DWORD)VSS_FSBT_ALL_SNAPSHOT_REQUIRED);
    cr_expect_eq(V(file)->AddRef(file), 2);
    cr_expect_eq(V(file)->Release(file), 1);
    V(file)->Release(file);
}

static void component_of_metadata(metadata_t *m)
{
    IVssWMDependency *dependency;
    IVssWMFiledesc *file;
    IVssWMComponent *c;
    VSS_ID id;

    BAD(V(m)->GetComponent(m, 0, NULL));
    ok(V(m)->GetComponent(m, 0, &c));
    BAD(V(c)->GetComponentInfo(c, NULL));
    ok(V(c)->FreeComponentInfo(c, NULL));
    BAD(V(c)->GetFile(c, 0, NULL));
    gives(V(c)->GetFile(c, 0, &file), VSS_E_OBJECT_NOT_FOUND);
    BAD(V(c)->GetDependency(c, 0, NULL));
    gives(V(c)->GetDependency(c, 1, &dependency), VSS_E_OBJECT_NOT_FOUND);
    no_other_interface((IUnknown *)(void *)c);
    ok(V(c)->GetDependency(c, 0, &dependency));
    no_other_interface((IUnknown *)(void *)dependency);
    BAD(V(dependency)->GetWriterId(dependency, NULL));
    ok(V(dependency)->GetWriterId(dependency, &id));
    BAD(V(dependency)->GetLogicalPath(dependency, NULL));
    BAD(V(dependency)->GetComponentName(dependency, NULL));
    cr_expect_eq(V(dependency)->AddRef(dependency), 2);
    cr_expect_eq(V(dependency)->Release(dependency), 1);
    V(dependency)->Release(dependency);
    cr_expect_eq(V(c)->AddRef(c), 2);
    cr_expect_eq(V(c)->Release(c), 1);
    V(c)->Release(c);
}

Test(arguments, metadata)
{
    const struct vssim_subject *subject = vssim_reference_subject();
    IVssExamineWriterMetadata *made = NULL;
    IXMLDOMDocument *dom = (IXMLDOMDocument *)&made;
    UINT n, counts[3];
    VSS_ID instance, id;
    VSS_SOURCE_TYPE source;
    VSS_USAGE_TYPE usage;
    DWORD major, minor;
    BSTR xml, name, other;
    struct world w;
    metadata_t *m;

    world_init(&w);
    world_gather(&w);
    m = metadata(&w);
    identity_and_restore_method(m);
    files(&w, m);
    component_of_metadata(m);
    BAD(V(m)->GetBackupSchema(m, NULL));
    BAD(V(m)->GetDocument(m, NULL));
    gives(V(m)->GetDocument(m, &dom), E_NOTIMPL);
    cr_expect_null(dom);
    BAD(V(m)->GetVersion(m, NULL, &minor));
    BAD(V(m)->GetVersion(m, &major, NULL));
    ok(V(m)->GetVersion(m, &major, &minor));
    BAD(V(m)->GetExcludeFromSnapshotCount(m, NULL));
    ok(V(m)->GetExcludeFromSnapshotCount(m, &n));
    BAD(V(m)->LoadFromXML(m, NULL));
    BAD(V(m)->SaveAsXML(m, NULL));
    ok(V(m)->SaveAsXML(m, &xml));
    ok(V(m)->LoadFromXML(m, xml));
    gives(V(m)->LoadFromXML(m, (BSTR)(uintptr_t)u"<x/>"), S_FALSE);
    ok(V(m)->GetFileCounts(m, &counts[0], &counts[1], &counts[2]));
    cr_expect(counts[0] == 0 && counts[1] == 1 && counts[2] == 2);
    for (unsigned n_th = 1; n_th < 3; n_th++) {
        w.mini.allocations = 0;
        w.mini.fail_at = n_th;
        gives(V(m)->GetIdentityEx(m, &instance, &id, &name, &other, &usage,
                                  &source),
              E_OUTOFMEMORY);
        cr_expect(!name && !other && !id.Data1 && !instance.Data1);
    }
    w.mini.fail_at = 0;
    V(m)->Release(m);

    made = (IVssExamineWriterMetadata *)&w;
    BAD(subject->create_examine_writer_metadata(&w.mini.host, NULL, &made));
    cr_expect_null(made);
    made = (IVssExamineWriterMetadata *)&w;
    BAD(subject->create_examine_writer_metadata(&w.mini.host, xml, NULL));
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = E_ACCESSDENIED;
    gives(subject->create_examine_writer_metadata(&w.mini.host, xml, &made),
          E_ACCESSDENIED);
    cr_expect_null(made);
    w.mini.acquire[VSSIM_RESOURCE_ACCESS] = S_OK;
    for (int windows = 0; windows < VSSIM_WINDOWS_COUNT; windows++) {
        IUnknown *ex = NULL, *ex2 = NULL, *plain, *none;

        w.mini.host.windows = (enum vssim_windows)windows;
        ok(subject->create_examine_writer_metadata(&w.mini.host, xml, &made));
        ok(made->lpVtbl->QueryInterface(made, &IID_IVssExamineWriterMetadata,
                                        (void **)&plain));
        made->lpVtbl->Release(made);
        gives(
            made->lpVtbl->QueryInterface(made, &IID_IVssAsync, (void **)&none),
            E_NOINTERFACE);
        made->lpVtbl->QueryInterface(made, &IID_IVssExamineWriterMetadataEx,
                                     (void **)&ex);
        made->lpVtbl->QueryInterface(made, &IID_IVssExamineWriterMetadataEx2,
                                     (void **)&ex2);
        /* Pages: Server 2003 SP1; Vista. */
        cr_expect_eq(ex != NULL, windows >= VSSIM_SERVER_2003);
        cr_expect_eq(ex2 != NULL, windows >= VSSIM_WINDOWS_VISTA);
        for (int i = 0; i < (ex != NULL) + (ex2 != NULL); i++)
            made->lpVtbl->Release(made);
        cr_expect_eq(made->lpVtbl->Release(made), 0);
    }
    w.mini.host.bstr_free(&w.mini.host, xml);
    world_done(&w);
}

static void readers_of_component(IVssComponentEx2 *c)
{
    BSTR a = (BSTR)c, b = (BSTR)c, e = (BSTR)c;
    HRESULT failure, application;
    VSS_ROLLFORWARD_TYPE type;
    IVssWMFiledesc *file;
    FILETIME time;
    DWORD reserved;
    bool yes;
    BOOL flag;
    void *o[6];

    BAD(V(c)->GetLogicalPath(c, NULL));
    BAD(V(c)->GetRestoreName(c, NULL));
    BAD(V(c)->GetComponentType(c, NULL));
    BAD(V(c)->GetBackupSucceeded(c, NULL));
    BAD(V(c)->IsSelectedForRestore(c, NULL));
    BAD(V(c)->GetRestoreTarget(c, NULL));
    BAD(V(c)->GetFileRestoreStatus(c, NULL));
    BAD(V(c)->GetRollForward(c, NULL, &a));
    BAD(V(c)->GetRollForward(c, &type, NULL));
    BAD(V(c)->GetNewTargetCount(c, NULL));
    BAD(V(c)->GetNewTarget(c, 0, NULL));
    gives(V(c)->GetNewTarget(c, 0, &file), VSS_E_OBJECT_NOT_FOUND);
    for (unsigned k = 0; k < 4; k++) {
        but_one(o, (void *[]){&failure, &application, &a, &reserved}, 4, k);
        BAD(V(c)->GetFailure(c, o[0], o[1], o[2], o[3]));
    }
    for (unsigned k = 0; k < 3; k++) {
        but_one(o, (void *[]){&a, &b, &yes}, 3, k);
        BAD(V(c)->GetRestoreSubcomponent(c, 0, o[0], o[1], o[2]));
    }
    for (unsigned k = 0; k < 5; k++) {
        but_one(o, (void *[]){&a, &b, &flag, &e, &time}, 5, k);
        BAD(V(c)->GetDifferencedFile(c, 0, o[0], o[1], o[2], o[3], o[4]));
    }
    cr_expect(!a && !b && !e && !yes && !flag);
}

static void writers_of_component(IVssComponentEx2 *c)
{
    static const WCHAR x[] = u"x";
    FILETIME time = {0, 0};
    const WCHAR *t[6];

    for (unsigned k = 0; k < 6; k++) {
        for (unsigned i = 0; i < 6; i++)
            t[i] = i == k ? NULL : x;
        BAD(V(c)->AddDirectedTarget(c, t[0], t[1], t[2], t[3], t[4], t[5]));
        if (k < 3)
            BAD(V(c)->AddPartialFile(c, t[0], t[1], t[2], x));
        if (k < 2)
            BAD(V(c)->AddDifferencedFilesByLastModifyTime(c, t[0], t[1], 0,
                                                          time));
    }
    BAD(V(c)->SetBackupMetadata(c, NULL));
    BAD(V(c)->SetRestoreMetadata(c, NULL));
    BAD(V(c)->SetBackupStamp(c, NULL));
    BAD(V(c)->SetPreRestoreFailureMsg(c, NULL));
    BAD(V(c)->SetPrepareForBackupFailureMsg(c, NULL));
    BAD(V(c)->SetRestoreTarget(c, VSS_RT_UNDEFINED));
    BAD(V(c)->SetRestoreTarget(c, (VSS_RESTORE_TARGET)5));
}

/* Interface pages, minimum supported versions. */
static void versions_of_component(struct world *w, IVssComponentEx2 *c)
{
    static const struct {
        const IID *id;
        enum vssim_windows since;
    } rows[] = {{&IID_IUnknown, VSSIM_WINDOWS_XP},
                {&IID_IVssComponent, VSSIM_WINDOWS_XP},
                {&IID_IVssComponentEx, VSSIM_WINDOWS_VISTA},
                {&IID_IVssComponentEx2, VSSIM_WINDOWS_7},
                {&IID_IVssAsync, VSSIM_WINDOWS_COUNT}};

    for (int windows = 0; windows < VSSIM_WINDOWS_COUNT; windows++)
        for (unsigned i = 0; i < ARRAY_SIZE(rows); i++) {
            HRESULT hr = windows >= (int)rows[i].since ? S_OK : E_NOINTERFACE;
            IUnknown *out;

            w->mini.host.windows = (enum vssim_windows)windows;
            gives(V(c)->QueryInterface(c, rows[i].id, (void **)&out), hr);
            cr_expect_eq((void *)out, hr == S_OK ? (void *)c : NULL);
            if (out)
                V(out)->Release(out);
        }
    w->mini.host.windows = VSSIM_SERVER_2022;
}

Test(arguments, components)
{
    IVssWriterComponentsExt *ext;
    IVssComponent *found = NULL;
    IVssWriterComponents *all;
    IVssComponentEx2 *c;
    IUnknown *unknown, *other = (IUnknown *)&ext;
    struct world w;
    VSS_ID id;

    world_init(&w);
    world_gather(&w);
    c = world_component(&w, 0);
    readers_of_component(c);
    versions_of_component(&w, c);
    writers_of_component(c);
    V(c)->Release(c);
    ok(V(w.bc)->GetWriterComponents(w.bc, 0, &ext));
    all = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
    BAD(V(all)->GetComponentCount(all, NULL));
    BAD(V(all)->GetWriterInfo(all, NULL, &id));
    BAD(V(all)->GetWriterInfo(all, &id, NULL));
    BAD(V(all)->GetComponent(all, 0, NULL));
    gives(V(all)->GetComponent(all, 99, &found), VSS_E_OBJECT_NOT_FOUND);
    cr_expect_null(found);
    gives(V(unknown)->QueryInterface(unknown, &IID_IUnknown, NULL), E_POINTER);
    gives(V(unknown)->QueryInterface(unknown, &IID_IVssAsync, (void **)&other),
          E_NOINTERFACE);
    cr_expect_null(other);
    V(unknown)->Release(unknown);
    world_done(&w);
}

#define COMPONENT class_a, VSS_CT_DATABASE, u"db", u"one"

Test(arguments, backup_components)
{
    static const WCHAR x[] = u"x";
    IVssExamineWriterMetadata *m;
    VSS_WRITER_STATE state;
    VSS_PWSZ root, prefix;
    VSS_ID id, writer;
    struct world w;
    HRESULT failure, application;
    BOOL yes;
    BSTR name = NULL, message;
    void *o[5];

    world_init(&w);
    world_gather(&w);
    BAD(V(w.bc)->GetWriterMetadata(w.bc, 0, NULL, &m));
    for (unsigned k = 0; k < 5; k++) {
        but_one(o, (void *[]){&id, &writer, &name, &state, &failure}, 5, k);
        BAD(V(w.bc)->GetWriterStatus(w.bc, 0, o[0], o[1], o[2], o[3], o[4]));
    }
    failure = application = E_FAIL;
    name = message = (BSTR)&w;
    BAD(V(w.bc)->GetWriterStatusEx(w.bc, 0, NULL, &writer, &name, &state,
                                   &failure, &application, &message));
    cr_expect(!name && !message && !failure && !application);
    BAD(V(w.bc)->AddRestoreSubcomponent(w.bc, COMPONENT, NULL, x, false));
    BAD(V(w.bc)->AddRestoreSubcomponent(w.bc, COMPONENT, x, NULL, false));
    BAD(V(w.bc)->AddNewTarget(w.bc, COMPONENT, NULL, x, false, x));
    BAD(V(w.bc)->AddNewTarget(w.bc, COMPONENT, x, NULL, false, x));
    BAD(V(w.bc)->AddNewTarget(w.bc, COMPONENT, x, x, false, NULL));
    BAD(V(w.bc)->SetRollForward(w.bc, COMPONENT, (VSS_ROLLFORWARD_TYPE)4, x));
    BAD(V(w.bc)->SetBackupState(w.bc, 0, 0, (VSS_BACKUP_TYPE)-1, 0));
    BAD(V(w.bc)->SetBackupState(w.bc, 0, 0, VSS_BT_OTHER + 1, 0));
    ok(V(w.bc)->SetBackupState(w.bc, 0, 0, VSS_BT_OTHER, 0));
    BAD(V(w.bc)->SetRestoreState(w.bc, (VSS_RESTORE_TYPE)-1));
    BAD(V(w.bc)->SetRestoreState(w.bc, VSS_RTYPE_OTHER + 1));
    ok(V(w.bc)->SetRestoreState(w.bc, VSS_RTYPE_OTHER));
    BAD(V(w.bc)->SetFileRestoreStatus(w.bc, COMPONENT,
                                      (VSS_FILE_RESTORE_STATUS)0x10000000));
    BAD(V(w.bc)->IsVolumeSupported(w.bc, id, NULL, &yes));
    BAD(V(w.bc)->GetRootAndLogicalPrefixPaths(w.bc, (VSS_PWSZ)(uintptr_t)x,
                                              NULL, &prefix, FALSE));
    BAD(V(w.bc)->GetRootAndLogicalPrefixPaths(w.bc, (VSS_PWSZ)(uintptr_t)x,
                                              &root, NULL, FALSE));
    ok(V(w.bc)->DisableWriterClasses(w.bc, NULL, 0));
    ok(V(w.bc)->EnableWriterClasses(w.bc, NULL, 0));
    ok(V(w.bc)->DisableWriterInstances(w.bc, NULL, 0));
    world_done(&w);
}
