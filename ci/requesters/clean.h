/* clean.h - a requester's way to a disk's Clean. */
#ifndef REQUESTERS_CLEAN_H
#define REQUESTERS_CLEAN_H

#include <vds.h>
#include <vsbackup.h>

/* Finds a disk by its friendly name through the virtual disk service, cleans
 * it and waits. S_FALSE: there is no such disk. Otherwise what failed, or what
 * Clean returned; with S_OK, *result is how its async ended. COM must be
 * initialised, and some call of VSS be made before. */
HRESULT clean_disk(const char *wanted, BOOL force, HRESULT *result);

#endif
