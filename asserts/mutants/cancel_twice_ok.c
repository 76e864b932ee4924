/*
 * cancel_twice_ok.c - the code for an async that is cancelled already was not
 * thought of.
 *
 * Wrong: a second Cancel says S_OK again
 * Rule: cancel-tells-the-truth
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    HRESULT hr = right_async(This)->Cancel(This);

    return hr == VSS_S_ASYNC_CANCELLED ? S_OK : hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
}

static const struct mutation mutation = {.name = "cancel-twice-ok",
                                         .async = async};
