/*
 * cancel_says_cancelled.c - the code for the second Cancel is given to the
 * first.
 *
 * Wrong: the first Cancel says VSS_S_ASYNC_CANCELLED
 * Rule: cancel-tells-the-truth
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    HRESULT hr = right_async(This)->Cancel(This);

    return hr == S_OK ? VSS_S_ASYNC_CANCELLED : hr;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
}

static const struct mutation mutation = {.name = "cancel-says-cancelled",
                                         .async = async};
