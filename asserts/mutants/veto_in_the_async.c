/*
 * veto_in_the_async.c - what writers said is mixed up with whether they were
 * reached.
 *
 * Wrong: a writer's veto becomes the outcome of PreRestore's async
 * Rule: writer-failure-not-in-async
 */
#include "mutant.h"

static uint32_t pre_restore; /* its ticket */

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    HRESULT hr = right_host->post(right_host, event, ticket);

    (void)host;
    if (event->kind == VSSIM_EVENT_PRE_RESTORE)
        pre_restore = *ticket;
    return hr;
}

static HRESULT poll(const struct vssim_host *host, uint32_t ticket)
{
    HRESULT hr = right_host->poll(right_host, ticket);
    uint32_t n = right_host->answers(right_host, ticket);
    struct vssim_answer answer;

    (void)host;
    if (hr != VSS_S_ASYNC_FINISHED || ticket != pre_restore)
        return hr;
    for (uint32_t i = 0; i < n; i++)
        if (right_host->answer(right_host, ticket, i, &answer) &&
            FAILED(answer.failure))
            return answer.failure;
    return hr;
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
    host->poll = poll;
}

static const struct mutation mutation = {.name = "veto-in-the-async",
                                         .host = wrap};
