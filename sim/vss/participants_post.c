/* participants_post.c - see participants.h: choosing for PostRestore. */
#include <string.h>

#include "com/text.h"
#include "vss/participants.h"
#include "vss/writer_components.h"

/* What PreRestore's ticket says of a writer. */
static void look_up(const struct vss_backup_components *self,
                    const struct vss_participant *one, bool *lost,
                    bool *failed)
{
    const struct vssim_host *host = self->host;
    struct vssim_answer answer;

    for (uint32_t i = 0; host->answer(host, self->pre->ticket, i, &answer);
         i++) {
        if (!guid_equal(&answer.instance, &one->instance))
            continue;
        *lost = answer.lost;
        *failed = FAILED(answer.failure);
    }
}

/* Is there a selected component whose files were not all restored? */
static bool something_missing(const struct vss_participant *one)
{
    const struct vss_writer_components *view = one->view;
    struct tree_node *at;

    for (at = writer_components_next(view, NULL); at;
         at = writer_components_next(view, at)) {
        const char *status = tree_get(at, "fileRestoreStatus");

        if (component_selected(view->document, at) &&
            (!status || strcmp(status, "all") != 0))
            return true;
    }
    return false;
}

/* Decision U23: all that received PreRestore; not those that went away
 * meanwhile; those that asked for IF_REPLACE_FAILS only if it did. */
static bool concerned(const struct vss_backup_components *self,
                      const struct vss_participant *one)
{
    bool lost = false, failed = false;

    if (!one->sent)
        return false;
    look_up(self, one, &lost, &failed);
    if (lost)
        return false;
    if (failed &&
        vss_policy(self->host, VSSIM_POLICY_FAILED_WRITER_POSTRESTORE) == 1)
        return false;
    return one->wants != VSS_WRE_IF_REPLACE_FAILS || something_missing(one);
}

static HRESULT invite(struct vss_backup_components *self,
                      const struct vss_participant *before,
                      struct vss_participant *participant)
{
    HRESULT hr;

    *participant = *before;
    hr = writer_components_for_event(self->document, VSS_OPEN_POST_RESTORE,
                                     &before->writer, &before->instance, NULL,
                                     &participant->view);
    /* The same components as in PreRestore, however they were found. */
    if (SUCCEEDED(hr))
        participant->view->element = before->view->element;
    return hr;
}

HRESULT participants_for_post_restore(struct vss_backup_components *self,
                                      struct vss_participant **list,
                                      uint32_t *n)
{
    const struct vss_async *pre = self->pre;
    HRESULT hr = S_OK;

    if (!pre->n_participants)
        return S_OK;
    *list = vss_alloc(self->host, pre->n_participants * sizeof(**list));
    if (!*list)
        return E_OUTOFMEMORY;
    for (uint32_t i = 0; SUCCEEDED(hr) && i < pre->n_participants; i++) {
        if (!concerned(self, &pre->participants[i]))
            continue;
        hr = invite(self, &pre->participants[i], &(*list)[(*n)++]);
    }
    if (FAILED(hr))
        participants_free(self->host, *list, *n);
    return hr;
}
