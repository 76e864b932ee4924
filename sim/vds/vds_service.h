/*
 * vds_service.h - the virtual disk service of the simulated machine, as far
 * as the way to IVdsAdvancedDisk::Clean goes.
 *
 * Part of the world, not of a subject: its objects live in the world's heap
 * region, work on the world's machine, and are reached through proxies like a
 * subject's, so that the trace shows each call. Methods off that way answer
 * E_NOTIMPL. Never the real machine's: nothing here leaves the world.
 */
#ifndef VDS_VDS_SERVICE_H
#define VDS_VDS_SERVICE_H

#include <vssim/win32/vds.h>

#include "com/api.h"
#include "world/world.h"

/* What CoCreateInstance(CLSID_VdsLoader) gives: with one reference. */
HRESULT vds_loader(struct world *world, IVdsServiceLoader **loader);

#endif
