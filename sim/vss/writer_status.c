/*
 * writer_status.c - GatherWriterStatus and what it found.
 *
 * Which writers are listed: those of the status ticket, in its order. After
 * a gather only those that it found, and those of them that the ticket lacks
 * follow as not responding: so that the count equals
 * GetWriterMetadataCount's (page of GetWriterStatusCount). Without a gather
 * all of them: the status may take the metadata's place (decision U41).
 */
#include "com/text.h"
#include "vss/backup_components.h"

HRESULT bc_GatherWriterStatus(BC *This, IVssAsync **out)
{
    struct vss_backup_components *self = bc_from(This);
    struct vss_async *async = NULL;
    HRESULT hr;

    OUT(out, NULL);
    hr = vss_check(self, VSS_METHOD_GatherWriterStatus, out != NULL);
    if (SUCCEEDED(hr))
        hr = async_create(self->host, VSS_OPERATION_STATUS, NULL, NULL, 0,
                          &async);
    if (SUCCEEDED(hr))
        hr = async_start(async, "GatherWriterStatus");
    if (SUCCEEDED(hr)) {
        async_leave(&self->status_async); /* the one before */
        self->status_async = async;
        self->status = VSS_STATUS_PENDING;
        *out = &async->iface;
    } else {
        async_discard(async);
    }
    return hr;
}

HRESULT bc_FreeWriterStatus(BC *This)
{
    struct vss_backup_components *self = bc_from(This);
    HRESULT hr = vss_check(self, VSS_METHOD_FreeWriterStatus, true);

    if (SUCCEEDED(hr)) {
        async_leave(&self->status_async);
        self->status = VSS_STATUS_NONE;
    }
    return hr;
}

static bool gathered(const struct vss_backup_components *self)
{
    return self->gather && !bc_gathering(self);
}

/* Is the answer in the list? */
static bool listed(const struct vss_backup_components *self,
                   const struct vssim_answer *answer)
{
    struct vssim_answer live;

    if (gathered(self))
        return bc_live_instance(self, &answer->instance, &live);
    return filters_pass(&self->filters, &answer->writer, &answer->instance);
}

static bool in_ticket(const struct vss_backup_components *self,
                      const GUID *instance)
{
    const struct vssim_host *host = self->host;
    struct vssim_answer answer;

    for (uint32_t i = 0;
         host->answer(host, self->status_async->ticket, i, &answer); i++)
        if (guid_equal(&answer.instance, instance))
            return true;
    return false;
}

/* The i-th of the list. */
static bool status_of(const struct vss_backup_components *self, uint32_t i,
                      struct vssim_answer *answer)
{
    const struct vssim_host *host = self->host;

    for (uint32_t k = 0;
         host->answer(host, self->status_async->ticket, k, answer); k++)
        if (listed(self, answer) && i-- == 0)
            return true;
    for (uint32_t k = 0; bc_live(self, k, answer); k++)
        if (!in_ticket(self, &answer->instance) && i-- == 0) {
            /* U46: what is shown of a writer that went away. */
            answer->state = VSS_WS_UNKNOWN;
            answer->failure = VSS_E_WRITER_NOT_RESPONDING;
            answer->application_failure = S_OK;
            answer->application_message = NULL;
            return true;
        }
    return false;
}

HRESULT bc_GetWriterStatusCount(BC *This, UINT *count)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_answer answer;
    HRESULT hr;

    OUT(count, 0);
    hr = vss_check(self, VSS_METHOD_GetWriterStatusCount, count != NULL);
    if (SUCCEEDED(hr))
        while (status_of(self, *count, &answer))
            ++*count;
    return hr;
}

/* U23b: by policy a selected writer that wants no restore events shows as
 * one that does not respond. */
static bool shows_spurious_error(const struct vss_backup_components *self,
                                 const GUID *instance)
{
    if (!self->pre || vss_policy(self->host, VSSIM_POLICY_NEVER_WRITER) != 1)
        return false;
    for (uint32_t i = 0; i < self->pre->n_participants; i++) {
        const struct vss_participant *one = &self->pre->participants[i];

        if (one->wants == VSS_WRE_NEVER &&
            guid_equal(&one->instance, instance))
            return true;
    }
    return false;
}

/* GetWriterStatusEx, and GetWriterStatus with fewer outs. */
struct outs {
    VSS_ID *instance, *writer;
    BSTR *name;
    VSS_WRITER_STATE *state;
    HRESULT *failure, *application;
    BSTR *message;
};

static void clear(const struct outs *outs)
{
    static const GUID null;

    OUT(outs->instance, null);
    OUT(outs->writer, null);
    OUT(outs->name, NULL);
    OUT(outs->state, VSS_WS_UNKNOWN);
    OUT(outs->failure, S_OK);
    OUT(outs->application, S_OK);
    OUT(outs->message, NULL);
}

static HRESULT get_status(BC *This, enum vss_method method, UINT i,
                          const struct outs *outs)
{
    struct vss_backup_components *self = bc_from(This);
    struct vssim_answer answer;
    HRESULT hr;

    clear(outs);
    hr = vss_check(self, method,
                   outs->instance && outs->writer && outs->name &&
                       outs->state && outs->failure);
    if (SUCCEEDED(hr) && !status_of(self, i, &answer))
        hr = VSS_E_OBJECT_NOT_FOUND;
    if (FAILED(hr))
        return hr;
    hr = vss_bstr_wide(self->host, answer.name, outs->name);
    if (SUCCEEDED(hr) && outs->message && answer.application_message) {
        hr = vss_bstr_wide(self->host, answer.application_message,
                           outs->message);
        if (FAILED(hr))
            vss_bstr_free(self->host, outs->name);
    }
    if (FAILED(hr))
        return hr;
    *outs->instance = answer.instance;
    *outs->writer = answer.writer;
    *outs->state = answer.state;
    *outs->failure = answer.failure;
    OUT(outs->application, answer.application_failure);
    if (shows_spurious_error(self, &answer.instance)) {
        *outs->state = VSS_WS_UNKNOWN;
        *outs->failure = VSS_E_WRITER_NOT_RESPONDING;
    }
    return S_OK;
}

HRESULT bc_GetWriterStatus(BC *This, UINT i, VSS_ID *instance, VSS_ID *writer,
                           BSTR *name, VSS_WRITER_STATE *state,
                           HRESULT *failure)
{
    const struct outs outs = {instance, writer,  name, state,
                              failure,  NULL, NULL};
    HRESULT hr = get_status(This, VSS_METHOD_GetWriterStatus, i, &outs);

    /* U18: callers of the plain form see a code that its page lists. */
    if (SUCCEEDED(hr) && *failure == VSS_E_WRITERERROR_PARTIAL_FAILURE)
        *failure = VSS_E_WRITERERROR_NONRETRYABLE;
    return hr;
}

HRESULT bc_GetWriterStatusEx(BC *This, UINT i, VSS_ID *instance,
                             VSS_ID *writer, BSTR *name,
                             VSS_WRITER_STATE *state, HRESULT *failure,
                             HRESULT *application, BSTR *message)
{
    const struct outs outs = {instance, writer,      name,   state,
                              failure,  application, message};

    return get_status(This, VSS_METHOD_GetWriterStatusEx, i, &outs);
}
