/* cancel_not_implemented.c - Cancel was left for later. */
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
