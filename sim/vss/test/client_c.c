/* client_c.c - a requester in C, as for Windows; see client.h. */
#include "vss/test/client.h"

#define note(what, value) client_note(log, what, value)
#define hr(what, call) client_hr(log, what, call)

static void finish(IVssAsync *async, struct client_log *log)
{
    HRESULT result = E_FAIL;

    hr("QueryStatus", async->lpVtbl->QueryStatus(async, &result, NULL));
    hr("at first", result);
    hr("Wait", async->lpVtbl->Wait(async, INFINITE));
    hr("QueryStatus", async->lpVtbl->QueryStatus(async, &result, NULL));
    hr("at last", result);
    note("async left", async->lpVtbl->Release(async));
}

static void examine_component(IVssWMComponent *component,
                              struct client_log *log)
{
    PVSSCOMPONENTINFO info = NULL;
    IVssWMFiledesc *file = NULL;
    IVssWMDependency *dependency = NULL;
    BSTR text = NULL;
    VSS_ID id;

    hr("GetComponentInfo",
       component->lpVtbl->GetComponentInfo(component, &info));
    note("type", info->type);
    note("databases", info->cDatabases);
    note("dependencies", info->cDependencies);
    hr("FreeComponentInfo",
       component->lpVtbl->FreeComponentInfo(component, info));
    hr("GetDatabaseFile",
       component->lpVtbl->GetDatabaseFile(component, 0, &file));
    hr("GetPath", file->lpVtbl->GetPath(file, &text));
    note("path", client_take(text));
    note("file left", file->lpVtbl->Release(file));
    hr("GetDependency",
       component->lpVtbl->GetDependency(component, 0, &dependency));
    hr("GetWriterId", dependency->lpVtbl->GetWriterId(dependency, &id));
    note("depends on", id.Data1);
    note("dependency left", dependency->lpVtbl->Release(dependency));
    note("component left", component->lpVtbl->Release(component));
}

static void examine(IVssBackupComponents *backup, struct client_log *log)
{
    IVssExamineWriterMetadata *metadata = NULL;
    IVssExamineWriterMetadataEx2 *ex2 = NULL;
    IVssWMComponent *component = NULL;
    UINT writers = 0, include = 0, exclude = 0, components = 0;
    VSS_ID instance, writer;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    BSTR name = NULL;

    hr("GetWriterMetadataCount",
       backup->lpVtbl->GetWriterMetadataCount(backup, &writers));
    note("writers", writers);
    hr("GetWriterMetadata",
       backup->lpVtbl->GetWriterMetadata(backup, 0, &instance, &metadata));
    hr("GetIdentity",
       metadata->lpVtbl->GetIdentity(metadata, &instance, &writer, &name,
                                     &usage, &source));
    note("name", client_take(name));
    hr("GetFileCounts", metadata->lpVtbl->GetFileCounts(
                            metadata, &include, &exclude, &components));
    note("components", components);
    hr("GetComponent",
       metadata->lpVtbl->GetComponent(metadata, 0, &component));
    examine_component(component, log);
    hr("QueryInterface",
       metadata->lpVtbl->QueryInterface(
           metadata, &IID_IVssExamineWriterMetadataEx2, (void **)&ex2));
    ex2->lpVtbl->Release(ex2);
    note("metadata left", metadata->lpVtbl->Release(metadata));
}

/* Both bases of IVssWriterComponentsExt: the three methods, and IUnknown. */
static void components(IVssBackupComponents *backup, struct client_log *log)
{
    IVssWriterComponentsExt *ext = NULL;
    IVssWriterComponents *writer;
    IUnknown *unknown, *again = NULL;
    IVssComponent *component = NULL;
    VSS_ID instance, id;
    bool selected = false;
    BSTR name = NULL;
    UINT n = 0;

    hr("GetWriterComponents",
       backup->lpVtbl->GetWriterComponents(backup, 0, &ext));
    writer = (IVssWriterComponents *)(void *)&ext->lpVtbl;
    unknown = (IUnknown *)(void *)&ext->lpVtblUnknown;
    hr("GetWriterInfo", writer->lpVtbl->GetWriterInfo(writer, &instance, &id));
    note("class", id.Data1);
    hr("GetComponentCount", writer->lpVtbl->GetComponentCount(writer, &n));
    note("count", n);
    hr("GetComponent", writer->lpVtbl->GetComponent(writer, 0, &component));
    hr("GetComponentName",
       component->lpVtbl->GetComponentName(component, &name));
    note("component", client_take(name));
    hr("IsSelectedForRestore",
       component->lpVtbl->IsSelectedForRestore(component, &selected));
    note("selected", selected);
    note("component left", component->lpVtbl->Release(component));
    hr("QueryInterface", unknown->lpVtbl->QueryInterface(
                             unknown, &IID_IUnknown, (void **)&again));
    note("same", again == unknown);
    again->lpVtbl->Release(again);
    note("AddRef", unknown->lpVtbl->AddRef(unknown));
    note("Release", unknown->lpVtbl->Release(unknown));
    note("writer left", unknown->lpVtbl->Release(unknown));
}

static void status(IVssBackupComponents *backup, struct client_log *log)
{
    IVssBackupComponentsEx3 *ex3 = NULL;
    HRESULT failure = E_FAIL, application = E_FAIL;
    VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
    BSTR name = NULL, message = NULL;
    IVssAsync *async = NULL;
    VSS_ID instance, writer;

    hr("GatherWriterStatus",
       backup->lpVtbl->GatherWriterStatus(backup, &async));
    finish(async, log);
    hr("GetWriterStatus",
       backup->lpVtbl->GetWriterStatus(backup, 0, &instance, &writer, &name,
                                       &state, &failure));
    note("name", client_take(name));
    note("state", state);
    hr("failure", failure);
    hr("QueryInterface",
       backup->lpVtbl->QueryInterface(backup, &IID_IVssBackupComponentsEx3,
                                      (void **)&ex3));
    hr("GetWriterStatusEx", ex3->lpVtbl->GetWriterStatusEx(
                                ex3, 0, &instance, &writer, &name, &state,
                                &failure, &application, &message));
    note("name", client_take(name));
    note("message", client_take(message));
    hr("application", application);
    note("backup still", ex3->lpVtbl->Release(ex3));
    hr("FreeWriterStatus", backup->lpVtbl->FreeWriterStatus(backup));
}

void client_c(BSTR document, VSS_ID writer, struct client_log *log)
{
    IVssBackupComponents *backup = NULL;
    IVssAsync *async = NULL;

    hr("CreateVssBackupComponents", CreateVssBackupComponents(&backup));
    hr("InitializeForRestore",
       backup->lpVtbl->InitializeForRestore(backup, document));
    hr("GatherWriterMetadata",
       backup->lpVtbl->GatherWriterMetadata(backup, &async));
    finish(async, log);
    examine(backup, log);
    hr("SetSelectedForRestore",
       backup->lpVtbl->SetSelectedForRestore(backup, writer, VSS_CT_DATABASE,
                                             u"db", u"one", true));
    components(backup, log);
    hr("PreRestore, no room", backup->lpVtbl->PreRestore(backup, NULL));
    hr("PreRestore", backup->lpVtbl->PreRestore(backup, &async));
    finish(async, log);
    status(backup, log);
    hr("SetFileRestoreStatus",
       backup->lpVtbl->SetFileRestoreStatus(backup, writer, VSS_CT_DATABASE,
                                            u"db", u"one", VSS_RS_ALL));
    hr("PostRestore", backup->lpVtbl->PostRestore(backup, &async));
    finish(async, log);
    hr("FreeWriterMetadata", backup->lpVtbl->FreeWriterMetadata(backup));
    note("backup left", backup->lpVtbl->Release(backup));
}
