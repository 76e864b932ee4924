/*
 * prepare_backup_to_all.c - nobody asks whether a component was added.
 *
 * Wrong: PrepareForBackup goes to every writer
 * Rule: backup-needs-a-component
 */
#define WRONG_EVENT VSSIM_EVENT_PREPARE_FOR_BACKUP
#define WRONGLY(answer) true
#include "to_all.h"

static const struct mutation mutation = {.name = "prepare-backup-to-all",
                                         .host = wrap};
