/*
 * wait_returns_at_once.c - Wait is QueryStatus under another name.
 *
 * Wrong: Wait returns at once
 * Rule: wait-waits
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    (void)dwMilliseconds;
    return right_async(This)->Wait(This, 0);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "wait-returns-at-once",
                                         .async = async};
