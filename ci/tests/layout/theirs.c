/* theirs.c - the layout by mingw's headers. */
#define CINTERFACE
#include <stdbool.h>
#include <stddef.h>
#include <vsbackup.h>
#include <vss.h>
#include <vsserror.h>
#include <vswriter.h>
#include <windows.h>

#include "layout.h"

LAYOUT_TABLE(layout_theirs)
#include "layout.inc"
LAYOUT_END
