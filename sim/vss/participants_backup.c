/*
 * participants_backup.c - see participants.h: choosing for a backup.
 *
 * Page "Working with Selectability and Logical Paths": a writer that has no
 * component in the document when PrepareForBackup is called hears no event
 * from then on (U48). In a backup that does not select components, page of
 * OnPrepareBackup, all of them hear, and get no components to see.
 */
#include "com/text.h"
#include "vss/participants.h"
#include "vss/writer_components.h"

static bool has_components(const struct vss_document *document,
                           const GUID *instance)
{
    GUID id;

    for (struct tree_node *of = tree_child(document->tree.root, BCD_WRITER);
         of; of = tree_next(of, BCD_WRITER))
        if (node_guid(of, "instanceId", &id) && guid_equal(&id, instance) &&
            tree_child(of, BCD_COMPONENT))
            return true;
    return false;
}

static HRESULT invite(struct vss_backup_components *self, enum vss_open event,
                      const struct vssim_answer *answer, bool shows,
                      struct vss_participant *participant)
{
    participant->writer = answer->writer;
    participant->instance = answer->instance;
    participant->sent = true;
    if (!shows)
        return S_OK;
    return writer_components_for_event(
        self->document, event, &answer->writer, &answer->instance,
        answer->instance_name, &participant->view);
}

HRESULT participants_for_backup(struct vss_backup_components *self,
                                enum vss_open event,
                                struct vss_participant **list, uint32_t *n)
{
    struct vssim_answer answer;
    uint32_t room = 0;
    HRESULT hr = S_OK;

    while (bc_live(self, room, &answer))
        room++;
    if (!room)
        return S_OK;
    *list = vss_alloc(self->host, room * sizeof(**list));
    if (!*list)
        return E_OUTOFMEMORY;
    for (uint32_t i = 0; SUCCEEDED(hr) && bc_live(self, i, &answer); i++) {
        bool shows = has_components(self->document, &answer.instance);

        if (self->backup.select_components && !shows)
            continue;
        hr = invite(self, event, &answer, shows, &(*list)[(*n)++]);
    }
    if (FAILED(hr))
        participants_free(self->host, *list, *n);
    return hr;
}
