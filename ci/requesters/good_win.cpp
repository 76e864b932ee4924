/*
 * good_win.cpp - good_cpp for Windows, made with mingw-w64.
 *
 * With mingw's own headers, whose IVssWriterComponentsExt is one vtable
 * without IUnknown; or, with -DOUR_HEADERS and ours in front, in Microsoft's
 * layout of two. Both run on the same vssapi.dll.
 */
#define GOOD_WIN
#ifdef OUR_HEADERS
#include <windows.h>

#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>
#else
#define ONE_VTABLE
#include <windows.h>

#include <oleauto.h>
#include <vsbackup.h>
#include <vss.h>
#include <vswriter.h>
#endif
#include "good_cpp.cpp"
