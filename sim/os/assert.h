/*
 * assert.h - what must hold of our own code, checked in every build.
 *
 * An assertion is about vssim, never about a scenario, a subject or a program:
 * those get an error or a finding. One that fails is our mistake: it is told
 * with file and line, and the process ends with ASSERT_EXIT. Where such a
 * process works for another of ours, that one is told by `assert_told`, so
 * that nobody takes the end for something that a subject did.
 *
 * Every room may use it. Never in an expression with effects that are wanted.
 */
#ifndef OS_ASSERT_H
#define OS_ASSERT_H

#define ASSERT_EXIT 99 /* exit code: vssim itself failed */

#define assert(holds) \
    ((holds) ? (void)0 : vssim_assert_failed(__FILE__, __LINE__, #holds))

_Noreturn void vssim_assert_failed(const char *file, int line,
                                   const char *text);
/* What we cannot do without is not to be had (memory): ends in the same way. */
_Noreturn void vssim_failed(const char *what);

/* Called with the message before the process ends; NULL: nobody. Set before
 * there are other threads. */
extern void (*assert_told)(const char *message);

#endif
