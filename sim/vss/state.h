/*
 * state.h - the states of a backup components object, and which method is
 * allowed in which. The table is state.def; check.h asks it of an object.
 */
#ifndef VSS_STATE_H
#define VSS_STATE_H

#include "vss/host.h"

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

/* What a method needs beside the phase. */
enum vss_need {
    VSS_NEED_NOTHING,
    VSS_NEED_GATHERED,
    VSS_NEED_METADATA,
    VSS_NEED_STATUS,
    VSS_NEED_IDLE,
    VSS_NEED_BSTATE,
    VSS_NEED_SET,
    VSS_NEED_FILLED,
    VSS_NEED_NOSET
};

const char *vss_phase_name(enum vss_phase phase);
const char *vss_method_name(enum vss_method method);
enum vss_cell vss_cell(enum vss_method method, enum vss_phase phase);
enum vss_need vss_need(enum vss_method method);
/* What a method returns there, under the host's policies: S_OK goes on;
 * S_FALSE does where the document holds components of the ASR writer. */
HRESULT vss_cell_code(enum vss_cell cell, const struct vssim_host *host);

#endif
