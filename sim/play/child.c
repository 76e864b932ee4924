/* child.c - which job a child does; see child.h. */
#include "play/child.h"

_Noreturn void child_work(struct child *child, enum child_job job)
{
    if (job == CHILD_PROBE)
        child_probe(child);
    child_play(child);
}
