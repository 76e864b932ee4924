/*
 * wait_ignores_the_limit.c - the argument of Wait is not looked at.
 *
 * Wrong: Wait with a limit waits for ever
 * Rule: wait-waits
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE wait(IVssAsync *This, DWORD dwMilliseconds)
{
    return right_async(This)->Wait(This, dwMilliseconds ? INFINITE : 0);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->Wait = wait;
}

static const struct mutation mutation = {.name = "wait-ignores-the-limit",
                                         .async = async};
