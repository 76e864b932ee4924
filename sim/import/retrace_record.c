/* retrace_record.c - single records of a trace; see retrace.h. */
#include "import/retrace.h"

unsigned long retrace_line(const struct retrace *r,
                           const struct trace_rec *rec)
{
    return r->line +
           (rec->seq > r->header->seq ? rec->seq - r->header->seq : 0);
}

const struct trace_rec *retrace_leave(const struct retrace *r,
                                      const struct trace_rec *enter)
{
    const struct trace_rec *rec = enter;

    while ((rec = trace_next(r->base, r->used, rec)))
        if (rec->kind == TRACE_RETURN && rec->call == enter->call)
            return rec;
    return NULL;
}

bool retrace_succeeded(const struct retrace *r, const struct trace_rec *enter)
{
    const struct trace_rec *leave = retrace_leave(r, enter);
    struct trace_field hr;

    return leave && trace_find(leave, KEY_HR, &hr) && hr.num >= 0;
}
