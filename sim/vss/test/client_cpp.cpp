/* client_cpp.cpp - a requester in C++, as for Windows; see client.h. */
#include "vss/test/client.h"

#define note(what, value) client_note(log, what, value)
#define hr(what, call) client_hr(log, what, call)

static void finish(IVssAsync *async, struct client_log *log)
{
    HRESULT result = E_FAIL;

    hr("QueryStatus", async->QueryStatus(&result, nullptr));
    hr("at first", result);
    hr("Wait", async->Wait(INFINITE));
    hr("QueryStatus", async->QueryStatus(&result, nullptr));
    hr("at last", result);
    note("async left", async->Release());
}

static void examine_component(IVssWMComponent *component,
                              struct client_log *log)
{
    PVSSCOMPONENTINFO info = nullptr;
    IVssWMFiledesc *file = nullptr;
    IVssWMDependency *dependency = nullptr;
    BSTR text = nullptr;
    VSS_ID id;

    hr("GetComponentInfo", component->GetComponentInfo(&info));
    note("type", info->type);
    note("databases", info->cDatabases);
    note("dependencies", info->cDependencies);
    hr("FreeComponentInfo", component->FreeComponentInfo(info));
    hr("GetDatabaseFile", component->GetDatabaseFile(0, &file));
    hr("GetPath", file->GetPath(&text));
    note("path", client_take(text));
    note("file left", file->Release());
    hr("GetDependency", component->GetDependency(0, &dependency));
    hr("GetWriterId", dependency->GetWriterId(&id));
    note("depends on", id.Data1);
    note("dependency left", dependency->Release());
    note("component left", component->Release());
}

static void examine(IVssBackupComponents *backup, struct client_log *log)
{
    IVssExamineWriterMetadata *metadata = nullptr;
    IVssExamineWriterMetadataEx2 *ex2 = nullptr;
    IVssWMComponent *component = nullptr;
    UINT writers = 0, include = 0, exclude = 0, components = 0;
    VSS_ID instance, writer;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    BSTR name = nullptr;

    hr("GetWriterMetadataCount", backup->GetWriterMetadataCount(&writers));
    note("writers", writers);
    hr("GetWriterMetadata",
       backup->GetWriterMetadata(0, &instance, &metadata));
    hr("GetIdentity",
       metadata->GetIdentity(&instance, &writer, &name, &usage, &source));
    note("name", client_take(name));
    hr("GetFileCounts",
       metadata->GetFileCounts(&include, &exclude, &components));
    note("components", components);
    hr("GetComponent", metadata->GetComponent(0, &component));
    examine_component(component, log);
    hr("QueryInterface", metadata->QueryInterface(
                             IID_IVssExamineWriterMetadataEx2, (void **)&ex2));
    ex2->Release();
    note("metadata left", metadata->Release());
}

/* Both bases of IVssWriterComponentsExt: the three methods, and IUnknown. */
static void components(IVssBackupComponents *backup, struct client_log *log)
{
    IVssWriterComponentsExt *ext = nullptr;
    IVssWriterComponents *writer;
    IUnknown *unknown, *again = nullptr;
    IVssComponent *component = nullptr;
    VSS_ID instance, id;
    bool selected = false;
    BSTR name = nullptr;
    UINT n = 0;

    hr("GetWriterComponents", backup->GetWriterComponents(0, &ext));
    writer = ext;
    unknown = ext;
    hr("GetWriterInfo", writer->GetWriterInfo(&instance, &id));
    note("class", id.Data1);
    hr("GetComponentCount", writer->GetComponentCount(&n));
    note("count", n);
    hr("GetComponent", writer->GetComponent(0, &component));
    hr("GetComponentName", component->GetComponentName(&name));
    note("component", client_take(name));
    hr("IsSelectedForRestore", component->IsSelectedForRestore(&selected));
    note("selected", selected);
    note("component left", component->Release());
    hr("QueryInterface",
       unknown->QueryInterface(IID_IUnknown, (void **)&again));
    note("same", again == unknown);
    again->Release();
    note("AddRef", unknown->AddRef());
    note("Release", unknown->Release());
    note("writer left", unknown->Release());
}

static void status(IVssBackupComponents *backup, struct client_log *log)
{
    IVssBackupComponentsEx3 *ex3 = nullptr;
    HRESULT failure = E_FAIL, application = E_FAIL;
    VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
    BSTR name = nullptr, message = nullptr;
    IVssAsync *async = nullptr;
    VSS_ID instance, writer;

    hr("GatherWriterStatus", backup->GatherWriterStatus(&async));
    finish(async, log);
    hr("GetWriterStatus", backup->GetWriterStatus(0, &instance, &writer, &name,
                                                  &state, &failure));
    note("name", client_take(name));
    note("state", state);
    hr("failure", failure);
    hr("QueryInterface",
       backup->QueryInterface(__uuidof(IVssBackupComponentsEx3),
                              (void **)&ex3));
    hr("GetWriterStatusEx",
       ex3->GetWriterStatusEx(0, &instance, &writer, &name, &state, &failure,
                              &application, &message));
    note("name", client_take(name));
    note("message", client_take(message));
    hr("application", application);
    note("backup still", ex3->Release());
    hr("FreeWriterStatus", backup->FreeWriterStatus());
}

void client_cpp(BSTR document, VSS_ID writer, struct client_log *log)
{
    IVssBackupComponents *backup = nullptr;
    IVssAsync *async = nullptr;

    hr("CreateVssBackupComponents", CreateVssBackupComponents(&backup));
    hr("InitializeForRestore", backup->InitializeForRestore(document));
    hr("GatherWriterMetadata", backup->GatherWriterMetadata(&async));
    finish(async, log);
    examine(backup, log);
    hr("SetSelectedForRestore",
       backup->SetSelectedForRestore(writer, VSS_CT_DATABASE, u"db", u"one",
                                     true));
    components(backup, log);
    hr("PreRestore, no room", backup->PreRestore(nullptr));
    hr("PreRestore", backup->PreRestore(&async));
    finish(async, log);
    status(backup, log);
    hr("SetFileRestoreStatus",
       backup->SetFileRestoreStatus(writer, VSS_CT_DATABASE, u"db", u"one",
                                    VSS_RS_ALL));
    hr("PostRestore", backup->PostRestore(&async));
    finish(async, log);
    hr("FreeWriterMetadata", backup->FreeWriterMetadata());
    note("backup left", backup->Release());
}
