/*
 * copy.c - the floor of an exploration: a small state is copied back and a call
 * is made, many times. Prints the nanoseconds of one.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#define STATE 16384 /* bytes: what a world with one writer needs, about */
#define TIMES 200000

static char state[STATE], saved[STATE];

static int call(char *self, int argument)
{
    self[argument % STATE]++;
    return self[0];
}

int main(void)
{
    int (*volatile method)(char *, int) = call;
    struct timespec from, to;
    long long took;
    int sum = 0;

    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < TIMES; i++) {
        memcpy(state, saved, STATE);
        sum += method(state, i);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    took =
        (to.tv_sec - from.tv_sec) * 1000000000LL + (to.tv_nsec - from.tv_nsec);
    printf("%lld\n", took / TIMES);
    return sum < 0; /* the sum is used, so the loop is there */
}
