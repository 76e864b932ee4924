/*
 * cancel_does_nothing.c - Cancel was never wired up.
 *
 * Wrong: Cancel says S_OK and the operation goes on
 * Rule: cancel-tells-the-truth
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    HRESULT hr = outcome_of(This);

    return hr == VSS_S_ASYNC_PENDING ? S_OK : right_async(This)->Cancel(This);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
}

static const struct mutation mutation = {.name = "cancel-does-nothing",
                                         .async = async};
