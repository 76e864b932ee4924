/* windows.h - the native subset, see wintypes.h; on Windows the real one, too. */
#ifdef _WIN32
#include_next <windows.h>
#endif
#include "wintypes.h"
