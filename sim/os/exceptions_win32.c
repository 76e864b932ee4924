/* exceptions_win32.c - see exceptions_win32.h. */
#include "os/exceptions_win32.h"

#include <windows.h>

static const struct {
    uint32_t exception;
    int signal;
} signals[] = {
    {EXCEPTION_ACCESS_VIOLATION, 11},  {EXCEPTION_STACK_OVERFLOW, 11},
    {EXCEPTION_PRIV_INSTRUCTION, 11},  {EXCEPTION_ILLEGAL_INSTRUCTION, 4},
    {EXCEPTION_BREAKPOINT, 5},         {EXCEPTION_ABORTED, 6},
    {EXCEPTION_IN_PAGE_ERROR, 7},      {EXCEPTION_DATATYPE_MISALIGNMENT, 7},
    {EXCEPTION_INT_DIVIDE_BY_ZERO, 8}, {EXCEPTION_INT_OVERFLOW, 8},
};

bool exception_is(uint32_t code)
{
    /* -1 and its neighbours are what programs give to exit. */
    return code >= 0x80000000u && code < 0xFFFF0000u;
}

int exception_signal(uint32_t exception)
{
    for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
        if (signals[i].exception == exception)
            return signals[i].signal;
    return 0;
}
