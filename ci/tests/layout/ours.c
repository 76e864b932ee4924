/* ours.c - the layout by the headers in sim/include/vssim/win32. */
#include <stddef.h>

#include <vssim/win32/vsbackup.h>

#include "layout.h"

#ifdef _WINDEF_
#error "this must be our own types"
#endif

LAYOUT_TABLE(layout_ours)
#include "layout.inc"
LAYOUT_END
