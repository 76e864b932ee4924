/*
 * wine.h - Wine for Windows programs on other systems.
 *
 * One prefix, made once in the folder `wine` beside vssim (in the user's cache
 * when vssim is installed, or in VSSIM_WINE_PREFIX), with our vssapi.dll in its
 * system folder. Several vssim
 * may use it at a time; the last one stops its server, unless
 * VSSIM_WINE_KEEP is set, as many runs in a row want it.
 */
#ifndef EXEC_WINE_H
#define EXEC_WINE_H

#include <stdbool.h>

#include "base/strbuf.h"

/* Makes the prefix if need be, puts the library there, sets Wine's part of
 * the environment, and gives the program that runs Windows programs. False
 * with a message. */
bool wine_ready(const char *library, struct strbuf *wine,
                struct strbuf *message);
/* Is this file our library, where wine_ready put it? */
bool wine_library(const char *path);
void wine_done(void);

#endif
