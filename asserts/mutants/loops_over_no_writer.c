/*
 * loops_over_no_writer.c - a loop counts down from the number of writers, and
 * that is zero. In 64 bits, so that it ends on no machine.
 *
 * Wrong: GetWriterStatusCount does not come back when there is nobody to count
 * Rule: subject-survives
 */
#include "mutant.h"

static volatile uint64_t seen;

static HRESULT STDMETHODCALLTYPE get_writer_status_count(BC *This,
                                                         UINT *pcWriters)
{
    HRESULT hr = right(This)->GetWriterStatusCount(This, pcWriters);

    if (hr == S_OK)
        for (uint64_t left = *pcWriters; --left != 0;)
            seen = left;
    return hr;
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->GetWriterStatusCount = get_writer_status_count;
}

static const struct mutation mutation = {.name = "loops-over-no-writer",
                                         .components = components};
