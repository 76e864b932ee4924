/*
 * cancel_not_implemented.c - Cancel was left for later.
 *
 * Wrong: Cancel is not implemented
 * Rule: not-implemented
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE cancel(IVssAsync *This)
{
    (void)This;
    return E_NOTIMPL;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Cancel = cancel;
}

static const struct mutation mutation = {.name = "cancel-not-implemented",
                                         .async = async};
