/*
 * participants.h - who takes part in an event of restore or backup. The lists
 * are host memory; async_create takes them over.
 */
#ifndef VSS_PARTICIPANTS_H
#define VSS_PARTICIPANTS_H

#include "vss/backup_components.h"

/* A list is NULL and empty before, and stays so when nobody takes part. What
 * it is after a failure does not count: nothing is left to release. */

/* The instances of the classes with a selected component, with a view for
 * each that is to hear PreRestore. */
HRESULT participants_for_pre_restore(struct vss_backup_components *self,
                                     struct vss_participant **list,
                                     uint32_t *n);
/* Those that PreRestore went to and that PostRestore concerns. */
HRESULT participants_for_post_restore(struct vss_backup_components *self,
                                      struct vss_participant **list,
                                      uint32_t *n);
/* Those that take part in the backup, with a view for each that has
 * components in the document, for the handlers of `event`
 * (participants_backup.c). */
HRESULT participants_for_backup(struct vss_backup_components *self,
                                enum vss_open event,
                                struct vss_participant **list, uint32_t *n);

#endif
