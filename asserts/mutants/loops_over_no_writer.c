/*
 * loops_over_no_writer.c - a loop counts down from the number of writers,
 * and that is zero.
 */
#include "mutant.h"

static volatile unsigned seen;

static HRESULT STDMETHODCALLTYPE get_writer_status_count(BC *This,
                                                         UINT *pcWriters)
{
    HRESULT hr = right(This)->GetWriterStatusCount(This, pcWriters);

    if (hr == S_OK)
        for (UINT left = *pcWriters; --left != 0;)
            seen = left;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusCount = get_writer_status_count;
}

static const struct mutation mutation = {.name = "loops-over-no-writer",
                                         .components = components};
