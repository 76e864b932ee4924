/*
 * always_server_2003.c - Wait keeps the restriction of Server 2003.
 *
 * Wrong: Wait refuses finite times on every Windows
 * Rule: wait-argument-by-version
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    if (dwMilliseconds != INFINITE)
        return E_INVALIDARG;
    return right_async(This)->Wait(This, dwMilliseconds);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "always-server-2003",
                                         .async = async};
