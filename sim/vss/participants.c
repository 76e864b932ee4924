/*
 * participants.c - see participants.h: choosing for PreRestore.
 *
 * Page "Overview of Preparing for Restore": a writer none of whose components
 * is selected gets no event. The rest is decisions U10, U23b and U35.
 */
#include "vss/participants.h"

#include <string.h>

#include "com/text.h"
#include "vss/examine_metadata.h"
#include "vss/writer_components.h"

/* What is known of a candidate while choosing. */
struct candidate {
    GUID writer, instance;
    const WCHAR *instance_name;
    const char *metadata;
    size_t metadata_size;
};

static bool has_component(const struct vss_document *metadata,
                          const struct tree_node *component)
{
    const char *path = tree_get(component, "logicalPath");
    const char *name = tree_get(component, "componentName");
    struct tree_node *of;

    for (UINT i = 0; (of = metadata_component(metadata, i)); i++) {
        const char *other = tree_get(of, "logicalPath");
        const char *title = tree_get(of, "componentName");

        if (metadata_component_type(of) == component_type(component) &&
            strcmp(other ? other : "", path ? path : "") == 0 &&
            strcmp(title ? title : "", name ? name : "") == 0)
            return true;
    }
    return false;
}

/* Whom, of several instances of a class, a plain selection reaches. */
enum reach { REACH_NOT, REACH_OWNER, REACH_ANY };

/* Is this the instance that the component was backed up from? Its name says
 * so where there is one, else that it still has the component. */
static bool owns(const struct candidate *one,
                 const struct vss_document *metadata,
                 const struct tree_node *component)
{
    const char *name = tree_get(component->parent, "instanceName");

    return name && *name ? vss_same_text(name, one->instance_name)
                         : has_component(metadata, component);
}

static bool reaches(const struct candidate *one, enum reach reach,
                    const struct vss_document *metadata,
                    const struct tree_node *component)
{
    GUID named;

    /* SetSelectedForRestoreEx named an instance. */
    if (node_guid(component, "restoreInstanceId", &named))
        return guid_equal(&named, &one->instance);
    return reach == REACH_ANY ||
           (reach == REACH_OWNER && owns(one, metadata, component));
}

static bool concerned(const struct vss_document *document,
                      const struct candidate *one, enum reach reach,
                      const struct vss_document *metadata)
{
    GUID writer;

    for (struct tree_node *of = tree_child(document->tree.root, BCD_WRITER);
         of; of = tree_next(of, BCD_WRITER)) {
        if (!node_guid(of, "writerId", &writer) ||
            !guid_equal(&writer, &one->writer))
            continue;
        for (struct tree_node *at = tree_child(of, BCD_COMPONENT); at;
             at = tree_next(at, BCD_COMPONENT))
            if (component_selected(document, at) &&
                reaches(one, reach, metadata, at))
                return true;
    }
    return false;
}

/* U35: on XP and Server 2003 one instance, unspecified: here the first;
 * later every one that owns a selected component. */
static enum reach reach_of(const struct vss_backup_components *self,
                           const struct candidate *one)
{
    int policy = vss_policy(self->host, VSSIM_POLICY_SAME_CLASS_INSTANCES);
    struct vssim_answer answer;
    uint32_t n = 0;
    bool first = false;

    for (uint32_t i = 0; bc_live(self, i, &answer); i++)
        if (guid_equal(&answer.writer, &one->writer) && n++ == 0)
            first = guid_equal(&answer.instance, &one->instance);
    if (n == 1 || policy == 1)
        return REACH_ANY;
    if (policy == 2 || vss_windows(self->host)->ex < 2)
        return first ? REACH_ANY : REACH_NOT;
    return REACH_OWNER;
}

static HRESULT judge(struct vss_backup_components *self,
                     const struct candidate *one,
                     struct vss_participant *participant, bool *takes_part)
{
    enum reach reach = reach_of(self, one);
    struct vss_document *metadata;
    HRESULT hr = document_load(self->host, &vss_writer_metadata_kind,
                               one->metadata, one->metadata_size, &metadata);

    /* A writer whose own document is no good cannot say what it wants, nor
     * what it has: it counts as wanting its events. */
    if (hr == VSS_E_INVALID_XML_DOCUMENT)
        reach = reach == REACH_OWNER ? REACH_ANY : reach;
    else if (FAILED(hr))
        return hr;
    *takes_part = concerned(self->document, one, reach, metadata);
    participant->wants = metadata ? metadata_wants(metadata) : VSS_WRE_ALWAYS;
    document_unref(metadata);
    return S_OK;
}

static HRESULT invite(struct vss_backup_components *self,
                      const struct candidate *one,
                      struct vss_participant *participant)
{
    participant->writer = one->writer;
    participant->instance = one->instance;
    /* Page "Restores Without Writer Participation", U23b. */
    participant->sent = participant->wants != VSS_WRE_NEVER;
    if (!participant->sent)
        return S_OK;
    return writer_components_for_event(self->document, VSS_OPEN_PRE_RESTORE,
                                       &one->writer, &one->instance,
                                       one->instance_name, &participant->view);
}

/* U10: without a gather nobody is known by instance; the ASR writer is
 * meant, whichever instance is alive. */
static HRESULT only_asr(struct vss_backup_components *self,
                        struct vss_participant **list, uint32_t *n)
{
    struct candidate asr = {.writer = vss_asr_writer};
    HRESULT hr;

    if (!document_has_asr(self->document))
        return S_OK;
    *list = vss_alloc(self->host, sizeof(**list));
    if (!*list)
        return E_OUTOFMEMORY;
    /* It says nothing of what it wants, which is to hear both events. */
    hr = invite(self, &asr, *list);
    if (SUCCEEDED(hr))
        *n = 1;
    else
        vss_free(self->host, *list);
    return hr;
}

static uint32_t count_live(const struct vss_backup_components *self)
{
    struct vssim_answer answer;
    uint32_t n = 0;

    while (bc_live(self, n, &answer))
        n++;
    return n;
}

static bool class_selected(const struct vss_document *document,
                           const GUID *writer)
{
    GUID id;

    for (struct tree_node *of = tree_child(document->tree.root, BCD_WRITER);
         of; of = tree_next(of, BCD_WRITER)) {
        if (!node_guid(of, "writerId", &id) || !guid_equal(&id, writer))
            continue;
        for (struct tree_node *at = tree_child(of, BCD_COMPONENT); at;
             at = tree_next(at, BCD_COMPONENT))
            if (component_selected(document, at))
                return true;
    }
    return false;
}

HRESULT participants_for_pre_restore(struct vss_backup_components *self,
                                     struct vss_participant **list,
                                     uint32_t *n)
{
    uint32_t room = count_live(self);
    struct vssim_answer answer;
    HRESULT hr = S_OK;

    if (!self->gather)
        return only_asr(self, list, n);
    if (!room)
        return S_OK;
    *list = vss_alloc(self->host, room * sizeof(**list));
    if (!*list)
        return E_OUTOFMEMORY;
    for (uint32_t i = 0; SUCCEEDED(hr) && bc_live(self, i, &answer); i++) {
        const struct candidate one = {answer.writer, answer.instance,
                                      answer.instance_name, answer.metadata,
                                      answer.metadata_size};
        bool takes_part;

        if (!class_selected(self->document, &one.writer))
            continue;
        hr = judge(self, &one, &(*list)[*n], &takes_part);
        if (SUCCEEDED(hr) && takes_part)
            hr = invite(self, &one, &(*list)[(*n)++]);
    }
    if (FAILED(hr))
        participants_free(self->host, *list, *n);
    return hr;
}
