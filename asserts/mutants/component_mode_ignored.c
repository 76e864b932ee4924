/*
 * component_mode_ignored.c - bSelectComponents is not looked at, so that every
 * writer takes part.
 *
 * Wrong: SetBackupState takes every backup for one of whole volumes
 * Rule: backup-needs-a-component
 */
#include "mutant.h"

static HRESULT STDMETHODCALLTYPE set_backup_state(
    BC *This, bool bSelectComponents, bool bBackupBootableSystemState,
    VSS_BACKUP_TYPE backupType, bool bPartialFileSupport)
{
    (void)bSelectComponents;
    return right(This)->SetBackupState(This, false, bBackupBootableSystemState,
                                       backupType, bPartialFileSupport);
}

static void components(IVssBackupComponentsEx4Vtbl *vtable)
{
    vtable->SetBackupState = set_backup_state;
}

static const struct mutation mutation = {.name = "component-mode-ignored",
                                         .components = components};
