/*
 * held.h - what the C++ requesters stand on: pointers, strings, waiting.
 *
 * Each interface pointer is held by one that releases it, each BSTR by one
 * that frees it; neither can be copied. Included once by good_cpp.cpp, after
 * the Windows headers that backup_cpp.h and restore_cpp.h need as well; with
 * ONE_VTABLE these are mingw's own.
 */
#ifndef REQUESTERS_HELD_H
#define REQUESTERS_HELD_H

#include <cstdio>
#include <string>

namespace
{

const unsigned second = 1000, longest = 600 * second;
const unsigned limit = 12u * 3600u * second;

/* --- holding --- */

void release(IUnknown *p)
{
    p->Release();
}
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

template <typename T> class held
{
  public:
    held() : p_(nullptr)
    {
    }
    ~held()
    {
        if (p_)
            release(p_);
    }
    T **out()
    {
        return &p_;
    }
    T *operator->() const
    {
        return p_;
    }
    T *get() const
    {
        return p_;
    }

  private:
    held(const held &);
    held &operator=(const held &);
    T *p_;
};

typedef held<IVssBackupComponents> session;
typedef std::basic_string<OLECHAR> wide;

/* Takes a BSTR over. */
class text
{
  public:
    text() : p_(nullptr)
    {
    }
    ~text()
    {
        SysFreeString(p_);
    }
    BSTR *out()
    {
        return &p_;
    }
    bool empty() const
    {
        return !p_ || !*p_;
    }
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

    for (unsigned waited = 0; waited < limit && result == VSS_S_ASYNC_PENDING;
         waited += ms) {
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

} /* namespace */

#endif
