/*
 * pre_restore_to_all.c - nobody asks what was selected.
 *
 * Wrong: PreRestore goes to every writer
 * Rule: unselected-hears-nothing
 */
#define WRONG_EVENT VSSIM_EVENT_PRE_RESTORE
#define WRONGLY(answer) true
#include "to_all.h"

static const struct mutation mutation = {.name = "pre-restore-to-all",
                                         .host = wrap};
