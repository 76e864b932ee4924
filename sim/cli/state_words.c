/* state_words.c - see state_words.h. */
#include "cli/state_words.h"

#include <stdbool.h>
#include <string.h>

#include "os/assert.h"
#include "scenario/scenario.h"

static const struct {
    const char *text; /* NULL: `policy` decides */
    enum vssim_policy policy;
} cells[VSS_CELL_COUNT] = {
#define CELL(id, text) {text, VSSIM_POLICY_COUNT},
#define CELL_POLICY(id, policy, code0, code1, code2) \
    {NULL, VSSIM_POLICY_##policy},
#include "vss/state.def"
};

/* Policies have letters, in the order of the table. */
static char sign_of(enum vss_cell cell)
{
    char letter = 'a';

    assert(cell < VSS_CELL_COUNT);
    switch ((int)cell) {
    case VSS_CELL_OK:
        return '+';
    case VSS_CELL_BAD:
        return '-';
    case VSS_CELL_RSV:
        return '!';
    case VSS_CELL_NOWR:
        return '~';
    }
    assert(!cells[cell].text); /* every other CELL needs a sign above */
    for (int i = 0; i < (int)cell; i++)
        letter = (char)(letter + !cells[i].text);
    return letter;
}

void state_words(FILE *out, enum vss_cell cell)
{
    assert(cell < VSS_CELL_COUNT);
    if (cells[cell].text)
        fputs(cells[cell].text, out);
    else
        fprintf(out, "policy %s", policy_key(cells[cell].policy));
}

void state_signs(FILE *out, enum vss_method method)
{
    for (int p = 0; p < VSS_PHASE_COUNT; p++) {
        fputc(sign_of(vss_cell(method, (enum vss_phase)p)), out);
        /* Behind this one come those of a backup. */
        if (p == VSS_PHASE_POST_FAILED)
            fputc(' ', out);
    }
    fputc('\n', out);
}

static bool stands(enum vss_cell cell)
{
    for (int m = 0; m < VSS_METHOD_COUNT; m++)
        for (int p = 0; p < VSS_PHASE_COUNT; p++)
            if (vss_cell((enum vss_method)m, (enum vss_phase)p) == cell)
                return true;
    return false;
}

void state_legend(FILE *out)
{
    for (int c = 0; c < VSS_CELL_COUNT; c++)
        if (stands((enum vss_cell)c)) {
            fprintf(out, "  %c  ", sign_of((enum vss_cell)c));
            state_words(out, (enum vss_cell)c);
            fputc('\n', out);
        }
}

enum vss_method state_method(const char *name)
{
    int m = 0;

    while (m < VSS_METHOD_COUNT &&
           strcmp(vss_method_name((enum vss_method)m), name) != 0)
        m++;
    return (enum vss_method)m;
}
