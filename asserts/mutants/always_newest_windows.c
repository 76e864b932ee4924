/*
 * always_newest_windows.c - the Windows version was hard-coded on the machine
 * of its author.
 *
 * Wrong: behaves as the newest Windows whatever it runs on
 * Rule: wait-argument-by-version
 */
#include "mutant.h"

static void wrap(struct vssim_host *host)
{
    host->windows = VSSIM_SERVER_2025;
}

static const struct mutation mutation = {.name = "always-newest-windows",
                                         .host = wrap};
