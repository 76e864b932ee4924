/*
 * good_cpp.cpp - a careful requester in C++, for this system and for Windows.
 *
 * Built natively with our Windows headers (good_cpp); with mingw-w64 and its
 * own headers, whose IVssWriterComponentsExt has one vtable and no IUnknown
 * (good_win.cpp); and with mingw-w64 and our headers, whose layout is
 * Microsoft's. Every interface pointer is held by one that releases it.
 */
#ifndef GOOD_WIN
#include <windows.h>

#include <vss.h>
#include <vswriter.h>
#include <vsbackup.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

const unsigned second = 1000, longest = 600 * second;
const unsigned limit = 12u * 3600u * second;

/* --- holding --- */

void release(IUnknown *p) { p->Release(); }
#ifndef ONE_VTABLE
typedef bool flag;

void release(IVssWriterComponentsExt *p)
{
    static_cast<IUnknown *>(p)->Release();
}
#else
typedef boolean flag; /* as mingw declares it */

/* The header does not tell of IUnknown, which is one pointer on. */
void release(IVssWriterComponentsExt *p)
{
    reinterpret_cast<IUnknown *>(reinterpret_cast<void **>(p) + 1)->Release();
}
#endif

template <typename T> class held {
public:
    held() : p_(nullptr) {}
    ~held()
    {
        if (p_)
            release(p_);
    }
    T **out() { return &p_; }
    T *operator->() const { return p_; }
    T *get() const { return p_; }

private:
    held(const held &);
    held &operator=(const held &);
    T *p_;
};

typedef std::basic_string<OLECHAR> wide;

/* Takes a BSTR over. */
class text {
public:
    text() : p_(nullptr) {}
    ~text() { SysFreeString(p_); }
    BSTR *out() { return &p_; }
    bool empty() const { return !p_ || !*p_; }
    wide str() const
    {
        wide s;

        for (const OLECHAR *at = p_; at && *at; at++)
            s += *at;
        return s;
    }

private:
    text(const text &);
    text &operator=(const text &);
    BSTR p_;
};

bool failed(HRESULT hr, const char *what)
{
    if (FAILED(hr))
        std::fprintf(stderr, "requester: %s: 0x%08X\n", what,
                     static_cast<unsigned>(hr));
    return FAILED(hr);
}

void say(const char *what, const wide &words)
{
    std::string plain;

    for (size_t i = 0; i < words.size(); i++)
        plain += words[i] < 127 ? static_cast<char>(words[i]) : '?';
    std::fprintf(stderr, "requester: %s: %s\n", what, plain.c_str());
}

/* --- waiting --- */

HRESULT ask(IVssAsync *async)
{
    HRESULT result = E_FAIL, hr = async->QueryStatus(&result, nullptr);

    return FAILED(hr) ? hr : result;
}

/* Within bounds; Server 2003 takes no limit and is polled. */
bool wait(IVssAsync *async, const char *what)
{
    HRESULT result = VSS_S_ASYNC_PENDING;
    unsigned ms = second;

    for (unsigned waited = 0;
         waited < limit && result == VSS_S_ASYNC_PENDING; waited += ms) {
        if (SUCCEEDED(async->Wait(ms)) && ms < longest)
            ms *= 2;
        result = ask(async);
    }
    if (result == VSS_S_ASYNC_PENDING) {
        async->Cancel();
        result = ask(async);
    }
    if (result == VSS_S_ASYNC_FINISHED)
        return true;
    failed(FAILED(result) ? result : E_FAIL, what);
    return false;
}

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

    const OLECHAR *logical() const { return has_path ? path.c_str() : nullptr; }
};

class restore {
public:
    explicit restore(const wide &document) : document_(document) {}
    bool run();

private:
    typedef held<IVssBackupComponents> session;

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
    if (failed(b->GatherWriterMetadata(async.out()),
               "GatherWriterMetadata") ||
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
    HRESULT hr = first ? b->PreRestore(async.out())
                       : b->PostRestore(async.out());

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

/* --- the document --- */

wide read_document(const char *file)
{
    std::ifstream in(file ? file : "", std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)),
                      std::istreambuf_iterator<char>());
    wide out;

    for (size_t i = 0; i < bytes.size(); i++) {
        unsigned c = static_cast<unsigned char>(bytes[i]);

        if (c >= 0xE0 && i + 2 < bytes.size()) {
            c = (c & 15u) << 12 | (bytes[i + 1] & 63u) << 6 |
                (bytes[i + 2] & 63u);
            i += 2;
        } else if (c >= 0xC0 && i + 1 < bytes.size()) {
            c = (c & 31u) << 6 | (bytes[i + 1] & 63u);
            i++;
        }
        out += static_cast<OLECHAR>(c);
    }
    return out;
}

} /* namespace */

int main(int argc, char **argv)
{
    wide document = read_document(argc > 1 ? argv[1]
                                           : std::getenv("VSSIM_DOCUMENT"));
    bool good;

    if (document.empty()) {
        std::fputs("requester: no document: name its file, or set "
                   "VSSIM_DOCUMENT\n",
                   stderr);
        return 2;
    }
    CoInitializeEx(nullptr, COINIT_MULTITHREADED);
    good = restore(document).run();
    CoUninitialize();
    std::puts(good ? "restored" : "not all was restored");
    return good ? 0 : 1;
}
