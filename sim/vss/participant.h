/*
 * participant.h - a writer instance that takes part in an event. A list is
 * host memory; participants.h chooses, an async keeps it to its end.
 */
#ifndef VSS_PARTICIPANT_H
#define VSS_PARTICIPANT_H

#include "vss/writer_components.h"

struct vss_participant {
    GUID instance; /* all zero: every live one of the class (ASR, U10) */
    GUID writer;
    VSS_WRITERRESTORE_ENUM wants;
    bool sent; /* the event went to it */
    struct vss_writer_components *view;
};

void participants_free(const struct vssim_host *host,
                       struct vss_participant *list, uint32_t n);

#endif
