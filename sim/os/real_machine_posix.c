/* real_machine_posix.c - see machine.h: no Windows, so none of it. */
#include "os/real_machine.h"

#include <stdio.h>

bool machine_is_windows(void)
{
    return false;
}

void *machine_vssapi(char *error, size_t room)
{
    snprintf(error, room,
             "--subject system: this machine has no VSS of its "
             "own: it is no Windows (run vssim.exe there)");
    return NULL;
}

unsigned machine_build(void)
{
    return 0;
}

const char *machine_windows(void)
{
    return NULL;
}

const char *machine_name(void)
{
    return "no Windows";
}

uint64_t machine_now(void)
{
    return 0;
}

void machine_bstr_free(void *text)
{
    (void)text;
}

void machine_task_free(void *memory)
{
    (void)memory;
}

bool machine_reaches_disks(const char *program)
{
    (void)program;
    return false;
}
