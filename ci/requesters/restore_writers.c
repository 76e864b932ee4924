/* restore_writers.c - writers: their metadata, components and status. */
#include "restore.h"

#include <stdlib.h>

/* --- metadata: who is there, and who wants restore events --- */

static void look_at_component(IVssExamineWriterMetadata *m, UINT index)
{
    IVssWMComponent *component = NULL;
    PVSSCOMPONENTINFO info = NULL;

    if (failed(m->lpVtbl->GetComponent(m, index, &component), "GetComponent"))
        return;
    if (!failed(component->lpVtbl->GetComponentInfo(component, &info),
                "GetComponentInfo") &&
        !mistake(MISTAKE_INFO))
        component->lpVtbl->FreeComponentInfo(component, info);
    component->lpVtbl->Release(component);
}

static bool look_at_writer(struct restore *r, IVssExamineWriterMetadata *m)
{
    VSS_RESTOREMETHOD_ENUM method = VSS_RME_UNDEFINED;
    VSS_WRITERRESTORE_ENUM events = VSS_WRE_UNDEFINED;
    BSTR name = NULL, service = NULL, procedure = NULL;
    UINT mappings = 0, include = 0, exclude = 0, components = 0;
    VSS_USAGE_TYPE usage = VSS_UT_UNDEFINED;
    VSS_SOURCE_TYPE source = VSS_ST_UNDEFINED;
    VSS_ID instance, class;
    struct writer *w;
    bool reboot = false;
    HRESULT hr =
        m->lpVtbl->GetIdentity(m, &instance, &class, &name, &usage, &source);

    if (failed(hr, "GetIdentity"))
        return false;
    SysFreeString(name);
    w = restore_writer(r, &class);
    hr = m->lpVtbl->GetRestoreMethod(m, &method, &service, &procedure, &events,
                                     &reboot, &mappings);
    if (!w || failed(hr, "GetRestoreMethod"))
        return false;
    if (hr == S_OK) {
        SysFreeString(service);
        SysFreeString(procedure);
    }
    w->live = true;
    w->wanted |= hr == S_OK && events != VSS_WRE_NEVER;
    if (!failed(m->lpVtbl->GetFileCounts(m, &include, &exclude, &components),
                "GetFileCounts"))
        for (UINT i = 0; i < components; i++)
            look_at_component(m, i);
    return true;
}

static bool gather_metadata(struct restore *r)
{
    IVssBackupComponents *b = r->backup;
    IVssAsync *async = NULL;
    HRESULT hr = b->lpVtbl->GatherWriterMetadata(b, &async);

    if (mistake(MISTAKE_NOTICED)) {
        if (SUCCEEDED(hr))
            restore_wait(r, async, "GatherWriterMetadata");
        return true;
    }
    return !failed(hr, "GatherWriterMetadata") &&
           SUCCEEDED(restore_wait(r, async, "GatherWriterMetadata"));
}

bool restore_metadata(struct restore *r)
{
    IVssBackupComponents *b = r->backup;
    bool good = gather_metadata(r);
    UINT n = 0;

    for (unsigned i = 0; i < r->n_writers; i++)
        r->writers[i].live = r->writers[i].selected = false;
    if (!good || failed(b->lpVtbl->GetWriterMetadataCount(b, &n),
                        "GetWriterMetadataCount"))
        return mistake(MISTAKE_NOTICED);
    for (UINT i = 0; i < n && good; i++) {
        IVssExamineWriterMetadata *m = NULL;
        VSS_ID instance;

        if (failed(b->lpVtbl->GetWriterMetadata(b, i, &instance, &m),
                   "GetWriterMetadata"))
            return false;
        good = look_at_writer(r, m);
        m->lpVtbl->Release(m);
    }
    if (!mistake(MISTAKE_METADATA_FREED))
        b->lpVtbl->FreeWriterMetadata(b);
    return good;
}

/* --- the document's components --- */

static bool keep(struct restore *r, struct writer *w, IVssComponent *c)
{
    struct component *k = &r->components[r->n_components];

    if (r->n_components == MAX_COMPONENTS)
        return false;
    k->writer = w;
    k->path = k->name = NULL;
    k->selected = false;
    if (failed(c->lpVtbl->GetComponentType(c, &k->type), "GetComponentType") ||
        failed(c->lpVtbl->GetLogicalPath(c, &k->path), "GetLogicalPath") ||
        failed(c->lpVtbl->GetComponentName(c, &k->name), "GetComponentName"))
        return false;
    r->n_components++;
    return true;
}

/* The IUnknown of IVssWriterComponentsExt is its second base. */
static void release_components(IVssWriterComponentsExt *ext)
{
    IUnknown *unknown = (IUnknown *)(void *)((void **)(void *)ext + 1);

    unknown->lpVtbl->Release(unknown);
}

typedef bool component_fn(struct restore *r, struct writer *w,
                          IVssComponent *c);

static bool each_component(struct restore *r, component_fn *look)
{
    IVssBackupComponents *b = r->backup;
    UINT n = 0, count = 0;
    bool good = true;

    if (failed(b->lpVtbl->GetWriterComponentsCount(b, &n),
               "GetWriterComponentsCount"))
        return false;
    for (UINT i = 0; i < n && good; i++) {
        IVssWriterComponentsExt *ext = NULL;
        IVssWriterComponents *wc;
        struct writer *w = NULL;
        VSS_ID instance, class;

        if (failed(b->lpVtbl->GetWriterComponents(b, i, &ext),
                   "GetWriterComponents"))
            return false;
        wc = (IVssWriterComponents *)(void *)ext;
        good = !failed(wc->lpVtbl->GetWriterInfo(wc, &instance, &class),
                       "GetWriterInfo") &&
               (w = restore_writer(r, &class)) &&
               !failed(wc->lpVtbl->GetComponentCount(wc, &count),
                       "GetComponentCount");
        for (UINT k = 0; k < count && good; k++) {
            IVssComponent *c = NULL;

            good =
                !failed(wc->lpVtbl->GetComponent(wc, k, &c), "GetComponent");
            if (!good)
                break;
            good = look(r, w, c);
            c->lpVtbl->Release(c);
        }
        if (!mistake(MISTAKE_OBJECTS))
            release_components(ext);
    }
    return good;
}

static bool is_wanted(const struct writer *w)
{
    if (mistake(MISTAKE_NEVER))
        return w->live;
    return w->live && w->wanted &&
           (w->fate == FATE_UNTRIED || w->fate == FATE_AGAIN);
}

static bool select_one(struct restore *r, struct component *c)
{
    static OLECHAR other[] = {'n', 'o', 'n', 'e', 0};
    IVssBackupComponents *b = r->backup;

    if (mistake(MISTAKE_THERE))
        b->lpVtbl->SetSelectedForRestore(b, c->writer->class, c->type, c->path,
                                         other, true);
    if (failed(b->lpVtbl->SetSelectedForRestore(b, c->writer->class, c->type,
                                                c->path, c->name, true),
               "SetSelectedForRestore")) {
        c->writer->failure = E_FAIL;
        return false;
    }
    c->selected = c->writer->selected = true;
    return true;
}

/* A component held from before PreRestore, for the mistake that needs one. */
static void take_early(struct restore *r)
{
    IVssBackupComponents *b = r->backup;
    IVssWriterComponentsExt *ext = NULL;
    IVssWriterComponents *wc;

    if (FAILED(b->lpVtbl->GetWriterComponents(b, 0, &ext)))
        return;
    wc = (IVssWriterComponents *)(void *)ext;
    wc->lpVtbl->GetComponent(wc, 0, &r->early);
    release_components(ext);
}

void restore_early(struct restore *r)
{
    VSS_RESTORE_TARGET target = VSS_RT_UNDEFINED;

    if (!r->early)
        return;
    r->early->lpVtbl->GetRestoreTarget(r->early, &target);
    r->early->lpVtbl->Release(r->early);
    r->early = NULL;
}

/* Writers of the document that are not there cannot take part. */
bool restore_components(struct restore *r)
{
    bool any = false;

    if (mistake(MISTAKE_STALE))
        take_early(r);

    for (unsigned i = 0; i < r->n_writers; i++)
        r->writers[i].failure = S_OK;
    if (!each_component(r, keep))
        return mistake(MISTAKE_NOTICED);
    for (unsigned i = 0; i < r->n_components; i++) {
        struct component *c = &r->components[i];

        if (!c->writer->live)
            c->writer->wanted = true;
        else if (is_wanted(c->writer) && !mistake(MISTAKE_SOMETHING))
            any |= select_one(r, c);
    }
    if (mistake(MISTAKE_SOMETHING))
        return true;
    return any;
}

/* --- status --- */

static void read_status(struct restore *r, UINT index)
{
    VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
    HRESULT failure = E_FAIL;
    VSS_ID instance, class;
    struct writer *w;
    BSTR name = NULL;

    if (failed(r->backup->lpVtbl->GetWriterStatus(r->backup, index, &instance,
                                                  &class, &name, &state,
                                                  &failure),
               "GetWriterStatus"))
        return;
    SysFreeString(name);
    w = restore_writer(r, &class);
    if (!w || !w->selected)
        return;
    w->listed = true;
    if (SUCCEEDED(failure) && state != VSS_WS_FAILED_AT_PRE_RESTORE &&
        state != VSS_WS_FAILED_AT_POST_RESTORE && state != VSS_WS_UNKNOWN)
        return; /* what failed earlier stays failed */
    w->failure = SUCCEEDED(failure) ? E_FAIL : failure;
}

bool restore_status(struct restore *r, bool first)
{
    IVssBackupComponents *b = r->backup;
    IVssAsync *async = NULL;
    bool bad = false;
    UINT n = 0;

    if (!mistake(MISTAKE_FRESH) || first)
        if (failed(b->lpVtbl->GatherWriterStatus(b, &async),
                   "GatherWriterStatus") ||
            FAILED(restore_wait(r, async,
                                first ? "first status" : "second status")))
            return false;
    if (failed(b->lpVtbl->GetWriterStatusCount(b, &n),
               "GetWriterStatusCount") &&
        !mistake(MISTAKE_AWAITED))
        return false;
    for (unsigned i = 0; i < r->n_writers; i++)
        r->writers[i].listed = false;
    if (mistake(MISTAKE_EACH) && n > 1)
        n = 1;
    for (UINT i = 0; i < n; i++)
        read_status(r, i);
    if (!mistake(MISTAKE_STATUS_FREED) && !mistake(MISTAKE_FRESH))
        b->lpVtbl->FreeWriterStatus(b);
    for (unsigned i = 0; i < r->n_writers; i++) {
        struct writer *w = &r->writers[i];

        /* Who is not listed does not answer. */
        if (w->selected && !w->listed && SUCCEEDED(w->failure))
            w->failure = VSS_E_WRITER_NOT_RESPONDING;
        bad |= w->selected && FAILED(w->failure);
    }
    if (bad)
        restore_messages(r, first);
    return true;
}

/* --- what the writers say --- */

static void say(const char *what, BSTR text)
{
    fprintf(stderr, "requester: %s: ", what);
    for (UINT i = 0; i < SysStringLen(text); i++)
        fputc(text[i] < 127 ? (int)text[i] : '?', stderr);
    fputc('\n', stderr);
}

static bool message_pre(struct restore *r, struct writer *w, IVssComponent *c)
{
    BSTR text = NULL;

    (void)r;
    if (w->selected && FAILED(w->failure) &&
        c->lpVtbl->GetPreRestoreFailureMsg(c, &text) == S_OK && text)
        say("a writer says at PreRestore", text);
    SysFreeString(text);
    return true;
}

static bool message_post(struct restore *r, struct writer *w, IVssComponent *c)
{
    BSTR text = NULL;

    (void)r;
    if (w->selected && FAILED(w->failure) &&
        c->lpVtbl->GetPostRestoreFailureMsg(c, &text) == S_OK && text)
        say("a writer says at PostRestore", text);
    SysFreeString(text);
    return true;
}

void restore_messages(struct restore *r, bool first)
{
    each_component(r, first ? message_pre : message_post);
}
