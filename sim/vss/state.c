/* state.c - see state.h. */
#include "vss/state.h"

#include "os/assert.h"

#define RESTORE_PHASES VSS_PHASE_BACKUP_GATHERING
#define BACKUP_PHASES (VSS_PHASE_COUNT - RESTORE_PHASES)

static const struct {
    const char *name;
    unsigned char cells[RESTORE_PHASES];
} table[] = {
#define STATE(method, un, bk, rs, ga, me, pp, pd, pf, pc, op, od, of, source) \
    {#method, {VSS_CELL_##un, VSS_CELL_##bk, VSS_CELL_##rs, VSS_CELL_##ga, \
               VSS_CELL_##me, VSS_CELL_##pp, VSS_CELL_##pd, VSS_CELL_##pf, \
               VSS_CELL_##pc, VSS_CELL_##op, VSS_CELL_##od, VSS_CELL_##of}},
#include "vss/state.def"
};

static const struct {
    bool has;
    unsigned char cells[BACKUP_PHASES];
} backup_table[VSS_METHOD_COUNT] = {
#define STATE_BACKUP(method, bg, bm, ep, er, sp, sd, bf, cp, cd, source) \
    [VSS_METHOD_##method] = \
        {true, {VSS_CELL_##bg, VSS_CELL_##bm, VSS_CELL_##ep, VSS_CELL_##er, \
                VSS_CELL_##sp, VSS_CELL_##sd, VSS_CELL_##bf, VSS_CELL_##cp, \
                VSS_CELL_##cd}},
#include "vss/state.def"
};

static const unsigned char needs[VSS_METHOD_COUNT] = {
#define STATE_NEEDS(method, flag, source) \
    [VSS_METHOD_##method] = VSS_NEED_##flag,
#include "vss/state.def"
};

static const struct {
    signed char policy; /* -1: none */
    HRESULT codes[3];
} cells[] = {
#define CELL(id, text) [VSS_CELL_##id] = {-1, {0, 0, 0}},
#define CELL_POLICY(id, policy, code0, code1, code2) \
    [VSS_CELL_##id] = {VSSIM_POLICY_##policy, {code0, code1, code2}},
#include "vss/state.def"
};

const char *vss_phase_name(enum vss_phase phase)
{
    static const char *const names[] = {
#define PHASE(id, name, text) name,
#include "vss/state.def"

    };

    assert(phase < VSS_PHASE_COUNT);
    return names[phase];
}

const char *vss_method_name(enum vss_method method)
{
    return table[method].name;
}

enum vss_cell vss_cell(enum vss_method method, enum vss_phase phase)
{
    assert(method < VSS_METHOD_COUNT && phase < VSS_PHASE_COUNT);
    if (phase < RESTORE_PHASES)
        return table[method].cells[phase];
    return backup_table[method].has
               ? backup_table[method].cells[phase - RESTORE_PHASES]
               : VSS_CELL_BAD;
}

enum vss_need vss_need(enum vss_method method)
{
    return needs[method];
}

HRESULT vss_cell_code(enum vss_cell cell, const struct vssim_host *host)
{
    assert(cell < VSS_CELL_COUNT);
    if (cell == VSS_CELL_BAD)
        return VSS_E_BAD_STATE;
    if (cell == VSS_CELL_RSV)
        return E_NOTIMPL;
    return cells[cell].policy < 0
               ? S_OK
               : cells[cell].codes[host->policy[cells[cell].policy]];
}
