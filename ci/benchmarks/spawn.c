/*
 * spawn.c - how long a command takes, many times: spawn N COMMAND ARG...
 * Prints the median in nanoseconds. Its output goes nowhere.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static int compare(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t quiet;
    int n = argc > 2 ? atoi(argv[1]) : 0;
    long long *took;

    if (n < 1) {
        fprintf(stderr, "usage: spawn N COMMAND ARG...\n");
        return 2;
    }
    took = calloc((size_t)n, sizeof(*took));
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
    for (int i = 0; i < n; i++) {
        struct timespec from, to;
        int status;
        pid_t pid;

        clock_gettime(CLOCK_MONOTONIC, &from);
        if (posix_spawnp(&pid, argv[2], &quiet, NULL, argv + 2, environ)) {
            perror(argv[2]);
            return 1;
        }
        waitpid(pid, &status, 0);
        clock_gettime(CLOCK_MONOTONIC, &to);
        took[i] = (to.tv_sec - from.tv_sec) * 1000000000LL +
                  (to.tv_nsec - from.tv_nsec);
    }
    qsort(took, (size_t)n, sizeof(*took), compare);
    printf("%lld\n", took[n / 2]);
    free(took);
    return 0;
}
