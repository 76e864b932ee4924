/* oleauto.h - the native subset, see wintypes.h; on Windows the real one, too. */
#ifdef _WIN32
#include_next <oleauto.h>
#endif
#include "wintypes.h"
