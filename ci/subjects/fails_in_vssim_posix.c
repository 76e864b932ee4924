/* fails_in_vssim_posix.c - in PreRestore an assertion of vssim itself fails, as
 * far as vssim can tell: its own function is found among its symbols. */
_Noreturn void vssim_assert_failed(const char *file, int line,
                                   const char *text);

#define NAME "fails-in-vssim"
#define INSTEAD vssim_assert_failed("sim/nowhere.c", 1, "all is well")
#include "other_prerestore.h"
