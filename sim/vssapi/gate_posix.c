/* gate_posix.c - see gate.h. */
#include "vssapi/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int file = -1;
static uint32_t threads;

void gate_lock(void)
{
    pthread_mutex_lock(&lock);
}

void gate_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void gate_wait(uint32_t ms)
{
    struct timespec until;

    if (ms == UINT32_MAX) {
        pthread_cond_wait(&changed, &lock);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_cond_timedwait(&changed, &lock, &until);
}

void gate_wake(void)
{
    pthread_cond_broadcast(&changed);
}

void gate_yield(void)
{
    pthread_mutex_unlock(&lock);
    sched_yield();
    pthread_mutex_lock(&lock);
}

uint64_t gate_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

uint32_t gate_thread(void)
{
    static __thread uint32_t number;

    if (!number)
        number = __atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED);
    return number;
}

uint32_t gate_process(void)
{
    return (uint32_t)getpid();
}

bool gate_file_create(const char *name)
{
    char numbered[4096];

    if (file >= 0)
        close(file);
    file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    for (int i = 2; file < 0 && errno == EEXIST && i < 10000; i++) {
        snprintf(numbered, sizeof(numbered), "%s.%d", name, i);
        file = open(numbered, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return file >= 0;
}

void gate_file_write(const void *bytes, size_t size)
{
    const char *at = bytes;

    while (file >= 0 && size) {
        ssize_t n = write(file, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        at += n;
        size -= (size_t)n;
    }
}

static void (*end_function)(void);

void gate_at_end(void (*end)(void))
{
    end_function = end;
}

void gate_ended(void)
{
    if (end_function)
        end_function();
}
