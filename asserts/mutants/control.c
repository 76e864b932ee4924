/*
 * control.c - no bug at all: only the wrapping that the mutants share.
 *
 * Wrong: nothing; what were held against it would come from the wrapping
 * Rule: none
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE query_status(IVssAsync *This, HRESULT *result,
                                              INT *reserved)
{
    return right_async(This)->QueryStatus(This, result, reserved);
}

static void async(IVssAsyncVtbl *vtable)
{
    vtable->QueryStatus = query_status;
}

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    (void)host;
    return right_host->post(right_host, event, ticket);
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

static const struct mutation mutation = {
    .name = "control", .async = async, .host = wrap};
