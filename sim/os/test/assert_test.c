/* assert_test.c - a failed assertion is told, and ends the process. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/assert.h"

static int pipe_ends[2];

static void tell(const char *message)
{
    ssize_t n = write(pipe_ends[1], message, strlen(message));

    (void)n;
    assert(pipe_ends[1] < 0); /* and not for ever */
}

Test(assert, what_holds_costs_nothing)
{
    int n = 1;

    assert(n == 1);
    cr_expect_null((void *)assert_told);
}

/* Does `fail` in a process of its own; gives what it told. */
static void told_by(void (*fail)(void), char *text, size_t size)
{
    int status = 0;
    pid_t pid;

    cr_assert_eq(pipe(pipe_ends), 0);
    pid = fork();
    if (pid == 0) {
        fclose(stderr);
        assert_told = tell;
        fail();
        _exit(0);
    }
    close(pipe_ends[1]);
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_expect(WIFEXITED(status));
    cr_expect_eq(WEXITSTATUS(status), ASSERT_EXIT);
    cr_assert_gt(read(pipe_ends[0], text, size), 0);
}

static void does_not_hold(void)
{
    assert(1 == 2);
}

static void has_no_memory(void)
{
    vssim_failed("out of memory");
}

Test(assert, what_does_not_hold_is_told_and_ends_the_process)
{
    char text[500] = "";

    told_by(does_not_hold, text, sizeof(text) - 1);
    cr_expect_not_null(strstr(text, "assert_test.c:"));
    cr_expect_not_null(strstr(text, "this does not hold: 1 == 2"));
}

Test(assert, so_does_what_cannot_be_had)
{
    char text[500] = "";

    told_by(has_no_memory, text, sizeof(text) - 1);
    cr_expect_str_eq(text, "vssim: out of memory");
}
