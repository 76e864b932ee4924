/*
 * restore_cpp.h - a careful restore in C++: restore(document).run().
 *
 * The same as restore.h is in C, without its mistakes. Included once, by
 * good_cpp.cpp.
 */
#ifndef REQUESTERS_RESTORE_CPP_H
#define REQUESTERS_RESTORE_CPP_H

#include "held.h"

#include <cstring>
#include <vector>

namespace
{

/* --- what is restored --- */

enum fate { untried, restored, again, lost };

struct writer {
    VSS_ID id;
    bool live, wanted, selected, listed;
    HRESULT failure;
    fate became;
};

struct component {
    size_t owner;
    VSS_COMPONENT_TYPE type;
    wide path, name;
    bool has_path, selected;

    const OLECHAR *logical() const
    {
        return has_path ? path.c_str() : nullptr;
    }
};

class restore
{
  public:
    explicit restore(const wide &document) : document_(document)
    {
    }
    bool run();

  private:
    bool once();
    size_t writer_of(const VSS_ID &id);
    bool gather(session &b);
    bool examine(IVssExamineWriterMetadata *m);
    bool select(session &b);
    bool event(session &b, bool first, bool *made);
    void files(session &b, bool ready);
    bool status(session &b, bool first);
    void messages(session &b, bool first);
    void settle(bool good);

    wide document_;
    std::vector<writer> writers_;
    std::vector<component> components_;
};

size_t restore::writer_of(const VSS_ID &id)
{
    writer w;

    for (size_t i = 0; i < writers_.size(); i++)
        if (std::memcmp(&writers_[i].id, &id, sizeof(id)) == 0)
            return i;
    std::memset(&w, 0, sizeof(w));
    w.id = id;
    writers_.push_back(w);
    return writers_.size() - 1;
}

bool restore::examine(IVssExamineWriterMetadata *m)
{
    VSS_RESTOREMETHOD_ENUM method = VSS_RME_UNDEFINED;
    VSS_WRITERRESTORE_ENUM events = VSS_WRE_UNDEFINED;
    VSS_USAGE_TYPE usage;
    VSS_SOURCE_TYPE source;
    text name, service, procedure;
    VSS_ID instance, id;
    flag reboot = 0;
    UINT mappings = 0;
    size_t at;
    HRESULT hr;

    if (failed(m->GetIdentity(&instance, &id, name.out(), &usage, &source),
               "GetIdentity"))
        return false;
    at = writer_of(id);
    writers_[at].live = true;
    hr = m->GetRestoreMethod(&method, service.out(), procedure.out(), &events,
                             &reboot, &mappings);
    if (failed(hr, "GetRestoreMethod"))
        return false;
    if (hr == S_OK && events != VSS_WRE_NEVER)
        writers_[at].wanted = true;
    return true;
}

bool restore::gather(session &b)
{
    held<IVssAsync> async;
    UINT n = 0;
    bool good;

    for (size_t i = 0; i < writers_.size(); i++)
        writers_[i].live = writers_[i].selected = false;
    if (failed(b->GatherWriterMetadata(async.out()), "GatherWriterMetadata") ||
        !wait(async.get(), "GatherWriterMetadata") ||
        failed(b->GetWriterMetadataCount(&n), "GetWriterMetadataCount"))
        return false;
    good = true;
    for (UINT i = 0; i < n && good; i++) {
        held<IVssExamineWriterMetadata> m;
        VSS_ID instance;

        good = !failed(b->GetWriterMetadata(i, &instance, m.out()),
                       "GetWriterMetadata") &&
               examine(m.get());
    }
    b->FreeWriterMetadata();
    return good;
}

/* Writers of the document that are not there cannot take part. */
bool restore::select(session &b)
{
    bool any = false;
    UINT n = 0;

    for (size_t i = 0; i < writers_.size(); i++)
        writers_[i].failure = S_OK;
    components_.clear();
    if (failed(b->GetWriterComponentsCount(&n), "GetWriterComponentsCount"))
        return false;
    for (UINT i = 0; i < n; i++) {
        held<IVssWriterComponentsExt> ext;
        VSS_ID instance, id;
        UINT count = 0;

        if (failed(b->GetWriterComponents(i, ext.out()),
                   "GetWriterComponents") ||
            failed(ext->GetWriterInfo(&instance, &id), "GetWriterInfo") ||
            failed(ext->GetComponentCount(&count), "GetComponentCount"))
            return false;
        for (UINT k = 0; k < count; k++) {
            held<IVssComponent> c;
            component one;
            text path, name;

            if (failed(ext->GetComponent(k, c.out()), "GetComponent") ||
                failed(c->GetComponentType(&one.type), "GetComponentType") ||
                failed(c->GetLogicalPath(path.out()), "GetLogicalPath") ||
                failed(c->GetComponentName(name.out()), "GetComponentName"))
                return false;
            one.owner = writer_of(id);
            one.has_path = !path.empty();
            one.path = path.str();
            one.name = name.str();
            one.selected = false;
            components_.push_back(one);
        }
    }
    for (size_t i = 0; i < components_.size(); i++) {
        component &c = components_[i];
        writer &w = writers_[c.owner];

        if (!w.live)
            w.wanted = true;
        if (!w.live || !w.wanted || w.became == restored || w.became == lost)
            continue;
        if (failed(b->SetSelectedForRestore(w.id, c.type, c.logical(),
                                            c.name.c_str(), true),
                   "SetSelectedForRestore")) {
            w.failure = E_FAIL;
            continue;
        }
        c.selected = w.selected = any = true;
    }
    return any;
}

bool restore::event(session &b, bool first, bool *made)
{
    held<IVssAsync> async;
    const char *what = first ? "PreRestore" : "PostRestore";
    HRESULT hr =
        first ? b->PreRestore(async.out()) : b->PostRestore(async.out());

    *made = !failed(hr, what);
    return *made && wait(async.get(), what);
}

/* Here the files of those whose writers are well would be copied. */
void restore::files(session &b, bool ready)
{
    for (size_t i = 0; i < components_.size(); i++) {
        const component &c = components_[i];
        const writer &w = writers_[c.owner];

        if (c.selected)
            failed(b->SetFileRestoreStatus(
                       w.id, c.type, c.logical(), c.name.c_str(),
                       ready && !FAILED(w.failure) ? VSS_RS_ALL : VSS_RS_NONE),
                   "SetFileRestoreStatus");
    }
}

bool restore::status(session &b, bool first)
{
    held<IVssAsync> async;
    bool bad = false;
    UINT n = 0;

    if (failed(b->GatherWriterStatus(async.out()), "GatherWriterStatus") ||
        !wait(async.get(), "GatherWriterStatus") ||
        failed(b->GetWriterStatusCount(&n), "GetWriterStatusCount"))
        return false;
    for (size_t i = 0; i < writers_.size(); i++)
        writers_[i].listed = false;
    for (UINT i = 0; i < n; i++) {
        VSS_WRITER_STATE state = VSS_WS_UNKNOWN;
        HRESULT failure = E_FAIL;
        VSS_ID instance, id;
        text name;

        if (failed(b->GetWriterStatus(i, &instance, &id, name.out(), &state,
                                      &failure),
                   "GetWriterStatus"))
            continue;
        writer &w = writers_[writer_of(id)];
        w.listed = true;
        if (w.selected && (FAILED(failure) || state == VSS_WS_UNKNOWN ||
                           state == VSS_WS_FAILED_AT_PRE_RESTORE ||
                           state == VSS_WS_FAILED_AT_POST_RESTORE)) {
            w.failure = FAILED(failure) ? failure : E_FAIL;
            say("a writer failed", name.str());
        }
    }
    b->FreeWriterStatus();
    for (size_t i = 0; i < writers_.size(); i++) {
        writer &w = writers_[i];

        if (w.selected && !w.listed && !FAILED(w.failure))
            w.failure = VSS_E_WRITER_NOT_RESPONDING;
        bad |= w.selected && FAILED(w.failure);
    }
    if (bad)
        messages(b, first);
    return true;
}

/* Anew from the document: what was held before PreRestore is out of date. */
void restore::messages(session &b, bool first)
{
    UINT n = 0;

    if (failed(b->GetWriterComponentsCount(&n), "GetWriterComponentsCount"))
        return;
    for (UINT i = 0; i < n; i++) {
        held<IVssWriterComponentsExt> ext;
        UINT count = 0;

        if (FAILED(b->GetWriterComponents(i, ext.out())) ||
            FAILED(ext->GetComponentCount(&count)))
            continue;
        for (UINT k = 0; k < count; k++) {
            held<IVssComponent> c;
            text words;

            if (FAILED(ext->GetComponent(k, c.out())))
                continue;
            if (FAILED(first ? c->GetPreRestoreFailureMsg(words.out())
                             : c->GetPostRestoreFailureMsg(words.out())))
                continue;
            if (!words.empty())
                say("it says", words.str());
        }
    }
}

void restore::settle(bool good)
{
    for (size_t i = 0; i < writers_.size(); i++) {
        writer &w = writers_[i];

        if (!w.selected)
            continue;
        if (w.failure == VSS_E_WRITERERROR_RETRYABLE ||
            w.failure == VSS_E_WRITERERROR_TIMEOUT ||
            w.failure == VSS_E_WRITERERROR_OUTOFRESOURCES)
            w.became = again;
        else
            w.became = good && !FAILED(w.failure) ? restored : lost;
    }
}

/* One restore, on an object of its own. True: some may succeed later. */
bool restore::once()
{
    BSTR xml = SysAllocString(document_.c_str());
    bool good, made = false, later = false;
    session b;

    good = !failed(CreateVssBackupComponents(b.out()),
                   "CreateVssBackupComponents") &&
           !failed(b->InitializeForRestore(xml), "InitializeForRestore") &&
           gather(b) && select(b);
    SysFreeString(xml);
    if (good) {
        good = event(b, true, &made);
        good = good && status(b, true);
        if (made)
            files(b, good);
        good &= event(b, false, &made);
        good &= status(b, false);
    }
    settle(good);
    for (size_t i = 0; i < writers_.size(); i++)
        later |= writers_[i].became == again;
    return later;
}

bool restore::run()
{
    bool good;

    for (int tries = 0; tries < 3 && once(); tries++)
        continue;
    good = !writers_.empty();
    for (size_t i = 0; i < writers_.size(); i++)
        if (writers_[i].wanted)
            good &= writers_[i].became == restored;
    return good;
}

} /* namespace */

#endif
