/*
 * check.h - the one question that every method of a backup components object
 * asks first, and what an object learns from its asyncs.
 */
#ifndef VSS_CHECK_H
#define VSS_CHECK_H

#include "vss/state.h"

struct vss_backup_components;

/* May `method` go on? S_OK, or what it returns at once: the access check
 * comes first, then arguments (`arguments`: they are good), then the state;
 * or the state before the arguments, by policy (decision U21). */
HRESULT vss_check(struct vss_backup_components *self, enum vss_method method,
                  bool arguments);
/* The same with another code for bad arguments. */
HRESULT vss_check_as(struct vss_backup_components *self,
                     enum vss_method method, bool arguments, HRESULT bad);
/* Brings the phase up to date with asyncs that ended meanwhile. */
void vss_follow(struct vss_backup_components *self);

#endif
