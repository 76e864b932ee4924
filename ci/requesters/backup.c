/* backup.c - a whole backup, whose document is what a restore loads. */
#include "restore.h"

#include <stdlib.h>
#include <string.h>

struct taken {
    VSS_ID instance, class;
    VSS_COMPONENT_TYPE type;
    BSTR path, name;
};

struct backup {
    struct restore *r; /* for waiting */
    IVssBackupComponents *b;
    struct taken taken[MAX_COMPONENTS];
    unsigned n;
};

static BSTR copy(BSTR text)
{
    return text ? SysAllocString(text) : NULL;
}

/* What may not be chosen comes along with what is above it; at the top it must
 * be named all the same. */
static bool take(struct backup *k, const VSS_ID *instance, const VSS_ID *class,
                 PVSSCOMPONENTINFO info)
{
    struct taken *t = &k->taken[k->n];

    if (k->n == MAX_COMPONENTS)
        return false;
    if (!info->bSelectable && info->bstrLogicalPath && *info->bstrLogicalPath)
        return true;
    if (failed(k->b->lpVtbl->AddComponent(k->b, *instance, *class, info->type,
                                          info->bstrLogicalPath,
                                          info->bstrComponentName),
               "AddComponent"))
        return false;
    t->instance = *instance;
    t->class = *class;
    t->type = info->type;
    t->path = copy(info->bstrLogicalPath);
    t->name = copy(info->bstrComponentName);
    k->n++;
    return true;
}

static bool take_writer(struct backup *k, IVssExamineWriterMetadata *m)
{
    UINT include = 0, exclude = 0, n = 0;
    VSS_ID instance, class;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    BSTR name = NULL;
    bool good;

    good = !failed(m->lpVtbl->GetIdentity(m, &instance, &class, &name, &usage,
                                          &source),
                   "GetIdentity") &&
           !failed(m->lpVtbl->GetFileCounts(m, &include, &exclude, &n),
                   "GetFileCounts");
    SysFreeString(name);
    for (UINT i = 0; i < n && good; i++) {
        IVssWMComponent *c = NULL;
        PVSSCOMPONENTINFO info = NULL;

        if (failed(m->lpVtbl->GetComponent(m, i, &c), "GetComponent"))
            return false;
        good =
            !failed(c->lpVtbl->GetComponentInfo(c, &info), "GetComponentInfo");
        if (good) {
            good = take(k, &instance, &class, info);
            c->lpVtbl->FreeComponentInfo(c, info);
        }
        c->lpVtbl->Release(c);
    }
    return good;
}

static bool choose(struct backup *k)
{
    IVssBackupComponents *b = k->b;
    IVssAsync *async = NULL;
    bool good;
    UINT n = 0;

    good = !failed(b->lpVtbl->GatherWriterMetadata(b, &async),
                   "GatherWriterMetadata") &&
           SUCCEEDED(restore_wait(k->r, async, "GatherWriterMetadata"));
    if (!good)
        return false;
    good = !failed(b->lpVtbl->GetWriterMetadataCount(b, &n),
                   "GetWriterMetadataCount");
    for (UINT i = 0; i < n && good; i++) {
        IVssExamineWriterMetadata *m = NULL;
        VSS_ID instance;

        good = !failed(b->lpVtbl->GetWriterMetadata(b, i, &instance, &m),
                       "GetWriterMetadata");
        if (!good)
            break;
        good = take_writer(k, m);
        m->lpVtbl->Release(m);
    }
    b->lpVtbl->FreeWriterMetadata(b);
    return good && k->n > 0;
}

/* Is every writer well? */
static bool all_well(struct backup *k)
{
    IVssBackupComponents *b = k->b;
    IVssAsync *async = NULL;
    bool good;
    UINT n = 0;

    if (failed(b->lpVtbl->GatherWriterStatus(b, &async),
               "GatherWriterStatus") ||
        FAILED(restore_wait(k->r, async, "GatherWriterStatus")) ||
        failed(b->lpVtbl->GetWriterStatusCount(b, &n), "GetWriterStatusCount"))
        return false;
    good = true;
    for (UINT i = 0; i < n; i++) {
        VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
        HRESULT failure = E_FAIL;
        VSS_ID instance, class;
        BSTR name = NULL;

        good &= !failed(b->lpVtbl->GetWriterStatus(b, i, &instance, &class,
                                                   &name, &state, &failure),
                        "GetWriterStatus") &&
                !failed(failure, "a writer");
        SysFreeString(name);
    }
    b->lpVtbl->FreeWriterStatus(b);
    return good;
}

static bool step(struct backup *k, const char *what,
                 HRESULT(STDMETHODCALLTYPE *method)(IVssBackupComponents *,
                                                    IVssAsync **))
{
    IVssAsync *async = NULL;

    return !failed(method(k->b, &async), what) &&
           SUCCEEDED(restore_wait(k->r, async, what)) &&
           ((mistake(MISTAKE_BACKUP_STATUS) &&
             method == k->b->lpVtbl->PrepareForBackup) ||
            all_well(k));
}

/* Here a program would copy the files from the device. */
static bool properties(IVssBackupComponents *b, VSS_ID copy)
{
    VSS_SNAPSHOT_PROP prop = {.m_pwszSnapshotDeviceObject = NULL};
    bool there;

    if (failed(b->lpVtbl->GetSnapshotProperties(b, copy, &prop),
               "GetSnapshotProperties"))
        return false;
    there = prop.m_pwszSnapshotDeviceObject != NULL;
    VssFreeSnapshotProperties(&prop);
    return there;
}

static bool snapshot(struct backup *k)
{
    static OLECHAR volume[] = {'C', ':', '\\', 0};
    static const VSS_ID any = {0, 0, 0, {0}};
    IVssBackupComponents *b = k->b;
    VSS_ID set, one;

    return !failed(b->lpVtbl->StartSnapshotSet(b, &set), "StartSnapshotSet") &&
           !failed(b->lpVtbl->AddToSnapshotSet(b, volume, any, &one),
                   "AddToSnapshotSet") &&
           step(k, "PrepareForBackup", b->lpVtbl->PrepareForBackup) &&
           step(k, "DoSnapshotSet", b->lpVtbl->DoSnapshotSet) &&
           properties(b, one);
}

static bool conclude(struct backup *k, BSTR *document)
{
    IVssBackupComponents *b = k->b;
    bool good = true;

    for (unsigned i = 0; i < k->n && good; i++) {
        struct taken *t = &k->taken[i];

        good = !failed(b->lpVtbl->SetBackupSucceeded(b, t->instance, t->class,
                                                     t->type, t->path, t->name,
                                                     true),
                       "SetBackupSucceeded");
    }
    good = good && !failed(b->lpVtbl->SaveAsXML(b, document), "SaveAsXML");
    return good && (mistake(MISTAKE_BACKUP_ENDS) ||
                    step(k, "BackupComplete", b->lpVtbl->BackupComplete));
}

/* Windows XP has no contexts. */
static bool begin(IVssBackupComponents *b)
{
    HRESULT hr;

    if (failed(b->lpVtbl->InitializeForBackup(b, NULL), "InitializeForBackup"))
        return false;
    hr = b->lpVtbl->SetContext(b, VSS_CTX_BACKUP);
    if (hr != E_NOTIMPL && failed(hr, "SetContext"))
        return false;
    return !failed(
        b->lpVtbl->SetBackupState(b, true, false, VSS_BT_FULL, false),
        "SetBackupState");
}

BSTR backup_document(struct restore *r)
{
    struct backup *k = calloc(1, sizeof(*k));
    BSTR document = NULL;
    bool good;

    if (!k)
        return NULL;
    k->r = r;
    if (!failed(CreateVssBackupComponents(&k->b),
                "CreateVssBackupComponents")) {
        IVssBackupComponents *b = k->b;

        good = begin(b) && choose(k);
        if (good && !(snapshot(k) && conclude(k, &document))) {
            b->lpVtbl->AbortBackup(b);
            SysFreeString(document);
            document = NULL;
        }
        b->lpVtbl->Release(b);
    }
    for (unsigned i = 0; i < k->n; i++) {
        SysFreeString(k->taken[i].path);
        SysFreeString(k->taken[i].name);
    }
    free(k);
    return document;
}
