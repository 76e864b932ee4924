/*
 * infinite_ends_after_a_minute.c - INFINITE was thought to be too long, and
 * there is no way to tell.
 *
 * Wrong: Wait(INFINITE) gives up after a minute
 * Rule: wait-waits
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    return right_async(This)->Wait(
        This, dwMilliseconds == INFINITE ? 60000 : dwMilliseconds);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "infinite-ends-after-a-minute",
                                         .async = async};
