/* unknwn.h - forwards to the native subset, see wintypes.h. */
#include "wintypes.h"
