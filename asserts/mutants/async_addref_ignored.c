/*
 * async_addref_ignored.c - the async belongs to whoever started it, and AddRef
 * was not thought of.
 *
 * Wrong: AddRef of an async does not count
 * Rule: reference-is-kept
 */
#include "mutant.h"

static ULONG STDMETHODCALLTYPE add_ref(IVssAsync *This)
{
    (void)This;
    return 2;
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->AddRef = add_ref;
}

static const struct mutation mutation = {.name = "async-addref-ignored",
                                         .async = async};
