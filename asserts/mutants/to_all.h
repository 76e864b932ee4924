/*
 * to_all.h - an event that also goes to writers it is not meant for. A mutant
 * defines before it WRONG_EVENT, its kind, and WRONGLY(answer), whether a
 * writer that identified itself is added.
 */
#ifndef MUTANTS_TO_ALL_H
#define MUTANTS_TO_ALL_H

#include "mutant.h"

#define MOST 64 /* targets; more go out as they are */

static uint32_t identify; /* the ticket of the latest */

static bool is_target(const struct vssim_event *event, const GUID *instance)
{
    for (uint32_t i = 0; i < event->n_targets; i++)
        if (IsEqualGUID(&event->targets[i].instance, instance))
            return true;
    return false;
}

static HRESULT post_to_all(const struct vssim_event *event, uint32_t *ticket)
{
    struct vssim_target targets[MOST];
    struct vssim_event more = *event;
    struct vssim_answer answer;
    uint32_t n = right_host->answers(right_host, identify);

    if (event->n_targets)
        memcpy(targets, event->targets, event->n_targets * sizeof(*targets));
    more.targets = targets;
    for (uint32_t i = 0; i < n && more.n_targets < MOST; i++) {
        if (!right_host->answer(right_host, identify, i, &answer) ||
            !WRONGLY(answer) || is_target(&more, &answer.instance))
            continue;
        memset(&targets[more.n_targets], 0, sizeof(*targets));
        targets[more.n_targets].instance = answer.instance;
        targets[more.n_targets++].writer = answer.writer;
    }
    return right_host->post(right_host, &more, ticket);
}

static HRESULT post(const struct vssim_host *host,
                    const struct vssim_event *event, uint32_t *ticket)
{
    HRESULT hr;

    (void)host;
    if (event->kind == WRONG_EVENT && event->n_targets < MOST)
        return post_to_all(event, ticket);
    hr = right_host->post(right_host, event, ticket);
    if (event->kind == VSSIM_EVENT_IDENTIFY)
        identify = *ticket;
    return hr;
}

static void wrap(struct vssim_host *host)
{
    host->post = post;
}

#endif
