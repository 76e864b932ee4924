/*
 * cancel_always_ok.c - Cancel does not say that it came too late.
 *
 * Wrong: Cancel says S_OK to an operation that is over
 * Rule: cancel-tells-the-truth
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    HRESULT hr = right_async(This)->Cancel(This);

    return hr == VSS_S_ASYNC_FINISHED ? S_OK : hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
}

static const struct mutation mutation = {.name = "cancel-always-ok",
                                         .async = async};
