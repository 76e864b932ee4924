/*
 * gather.c - GatherWriterMetadata and what it found.
 *
 * The async keeps the ticket, and with it the answers, for the life of the
 * object: PreRestore and the writer status need to know who is alive even
 * after FreeWriterMetadata (decision U14).
 */
#include "com/text.h"
#include "vss/backup_components.h"
#include "vss/examine_metadata.h"

/* The k-th that answered the gather. */
static bool answer_at(const struct vss_backup_components *self, uint32_t k,
                      struct vssim_answer *answer)
{
    return self->gather && !bc_gathering(self) &&
           self->host->answer(self->host, self->gather->ticket, k, answer);
}

/* Page of GatherWriterMetadata: a writer whose Identify failed is absent. */
static bool counts(const struct vss_backup_components *self,
                   const struct vssim_answer *answer)
{
    return answer->metadata_size &&
           filters_pass(&self->filters, &answer->writer, &answer->instance);
}

bool bc_live(const struct vss_backup_components *self, uint32_t i,
             struct vssim_answer *answer)
{
    for (uint32_t k = 0; answer_at(self, k, answer); k++)
        if (counts(self, answer) && i-- == 0)
            return true;
    return false;
}

bool bc_live_instance(const struct vss_backup_components *self,
                      const GUID *instance, struct vssim_answer *answer)
{
    for (uint32_t k = 0; answer_at(self, k, answer); k++)
        if (counts(self, answer) && guid_equal(&answer->instance, instance))
            return true;
    return false;
}

bool bc_live_class(const struct vss_backup_components *self,
                   const GUID *writer)
{
    struct vssim_answer answer;

    for (uint32_t k = 0; answer_at(self, k, &answer); k++)
        if (counts(self, &answer) && guid_equal(&answer.writer, writer))
            return true;
    return false;
}

HRESULT bc_GatherWriterMetadata(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_async *async = NULL;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_GatherWriterMetadata, out != NULL);
    if (SUCCEEDED(hr))
        hr = async_create(self->host, VSS_OPERATION_GATHER, NULL, NULL, 0,
                          &async);
    if (SUCCEEDED(hr))
        hr = async_start(async, "GatherWriterMetadata");
    if (SUCCEEDED(hr)) {
        self->gather = async;
        self->phase = self->phase == VSS_PHASE_BACKUP
                          ? VSS_PHASE_BACKUP_GATHERING
                          : VSS_PHASE_GATHERING;
        *out = &async->iface;
    } else {
        async_discard(async);
    }
    return hr;
}

HRESULT bc_GetWriterMetadataCount(BC *This, UINT *count)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_answer answer;
    HRESULT hr;

    OUT(count, 0);
    hr = vss_check(self, VSS_METHOD_GetWriterMetadataCount, count != NULL);
    if (SUCCEEDED(hr))
        while (bc_live(self, *count, &answer))
            ++*count;
    return hr;
}

static HRESULT get_metadata(BC *This, enum vss_method method, UINT i,
                            VSS_ID *instance,
                            IVssExamineWriterMetadataEx2 **out)
{
    static const GUID null;
    struct vss_backup_components *self = bc_from(This);
    struct vss_document *document;
    struct vssim_answer answer;
    HRESULT hr;

    OUT(instance, null);
    hr = vss_check(self, method, instance && out);
    if (SUCCEEDED(hr) && !bc_live(self, i, &answer))
        hr = VSS_E_OBJECT_NOT_FOUND;
    if (FAILED(hr))
        return hr;
    hr = document_load(self->host, &vss_writer_metadata_kind, answer.metadata,
                       answer.metadata_size, &document);
    if (FAILED(hr))
        return hr;
    hr = examine_metadata_create(document, out);
    document_unref(document);
    if (SUCCEEDED(hr))
        *instance = answer.instance;
    return hr;
}

HRESULT bc_GetWriterMetadata(BC *This, UINT i, VSS_ID *instance,
                             IVssExamineWriterMetadata **out)
{
    IVssExamineWriterMetadataEx2 *made = NULL;
    HRESULT hr = get_metadata(This, VSS_METHOD_GetWriterMetadata, i, instance,
                              out ? &made : NULL);

    OUT(out, (IVssExamineWriterMetadata *)(void *)made);
    return hr;
}

HRESULT bc_GetWriterMetadataEx(BC *This, UINT i, VSS_ID *instance,
                               IVssExamineWriterMetadataEx **out)
{
    IVssExamineWriterMetadataEx2 *made = NULL;
    HRESULT hr = get_metadata(This, VSS_METHOD_GetWriterMetadataEx, i,
                              instance, out ? &made : NULL);

    OUT(out, (IVssExamineWriterMetadataEx *)(void *)made);
    return hr;
}

HRESULT bc_FreeWriterMetadata(BC *This)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr = vss_check(self, VSS_METHOD_FreeWriterMetadata, true);

    if (SUCCEEDED(hr))
        self->metadata_freed = true;
    return hr;
}
