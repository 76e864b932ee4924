/* participant.c - see participant.h. */
#include "vss/participant.h"

void participants_free(const struct vssim_host *host,
                       struct vss_participant *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        writer_components_release(list[i].view);
    vss_free(host, list);
}
