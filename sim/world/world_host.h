/*
 * world_host.h - what the host of a world is made of; within this room only.
 *
 * world_host.c puts it together, from its own functions, world_memory.c's and
 * the storage's. What each does is said in subject.h.
 */
#ifndef WORLD_WORLD_HOST_H
#define WORLD_WORLD_HOST_H

#include "world/world.h"

/* The policies are set before. */
void world_host_init(struct world *world, enum vssim_windows windows);
void world_new_guid(struct world *world, GUID *guid);

void *world_host_alloc(const struct vssim_host *host, size_t size);
void world_host_free(const struct vssim_host *host, void *memory);
BSTR world_host_bstr_alloc(const struct vssim_host *host, const WCHAR *text,
                           uint32_t length);
void world_host_bstr_free(const struct vssim_host *host, BSTR text);
void *world_host_task_alloc(const struct vssim_host *host, size_t size);
void world_host_task_free(const struct vssim_host *host, void *memory);

#endif
