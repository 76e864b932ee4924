/*
 * status_count_null.c - GetWriterStatusCount guards against a NULL pointer,
 * and forgets to tell.
 *
 * Wrong: GetWriterStatusCount takes a NULL pcWriters
 * Rule: null-refused
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE get_writer_status_count(BC *This,
                                                         UINT *pcWriters)
{
    UINT count;

    return right(This)->GetWriterStatusCount(This,
                                             pcWriters ? pcWriters : &count);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusCount = get_writer_status_count;
}

static const struct mutation mutation = {.name = "status-count-null",
                                         .components = components};
