/*
 * state.h - the state of a backup components object, and the one question
 * that every method asks of it. The table is state.def.
 */
#ifndef VSS_STATE_H
#define VSS_STATE_H

#include <vssim/win32/vsbackup.h>

struct vss_backup_components;

enum vss_phase {
#define PHASE(id, name, text) VSS_PHASE_##id,
#include "vss/state.def"
    VSS_PHASE_COUNT
};

enum vss_method {
#define STATE(method, un, bk, rs, ga, me, pp, pd, pf, pc, op, od, of, source) \
    VSS_METHOD_##method,
#include "vss/state.def"
    VSS_METHOD_COUNT
};

enum vss_cell {
#define CELL(id, text) VSS_CELL_##id,
#define CELL_POLICY(id, policy, code0, code1, code2) VSS_CELL_##id,
#include "vss/state.def"
    VSS_CELL_COUNT
};

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

const char *vss_phase_name(enum vss_phase phase);
const char *vss_method_name(enum vss_method method);
/* For those who check the table's coverage. */
enum vss_cell vss_cell(enum vss_method method, enum vss_phase phase);

#endif
