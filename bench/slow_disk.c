/* Loaded before the C library: each sync of a file takes SLOW_DISK_US microseconds longer, as on a slower disk. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static void wait_for_disk(void)
{
    const char *given = getenv("SLOW_DISK_US");
    long us = given ? atol(given) : 0;
    struct timespec pause = {us / 1000000, (us % 1000000) * 1000};
    nanosleep(&pause, NULL);
}

int fsync(int file)
{
    sync_call real = (sync_call)dlsym(RTLD_NEXT, "fsync");
    wait_for_disk();
    return real(file);
}

int fdatasync(int file)
{
    sync_call real = (sync_call)dlsym(RTLD_NEXT, "fdatasync");
    wait_for_disk();
    return real(file);
}
