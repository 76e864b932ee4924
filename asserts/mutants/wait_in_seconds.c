/*
 * wait_in_seconds.c - a unit is mixed up.
 *
 * Wrong: Wait takes its milliseconds for seconds
 * Rule: wait-waits
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    return right_async(This)->Wait(
        This, dwMilliseconds == INFINITE ? INFINITE : dwMilliseconds * 1000);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "wait-in-seconds",
                                         .async = async};
