/*
 * wait_tells_pending.c - Wait answers the question that QueryStatus is for.
 *
 * Wrong: Wait gives VSS_S_ASYNC_PENDING when its time ran out
 * Rule: allowed-code
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    HRESULT hr = right_async(This)->Wait(This, dwMilliseconds);
    HRESULT result = S_OK;

    if (hr == S_OK &&
        SUCCEEDED(right_async(This)->QueryStatus(This, &result, NULL)) &&
        result == VSS_S_ASYNC_PENDING)
        return VSS_S_ASYNC_PENDING;
    return hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "wait-tells-pending",
                                         .async = async};
