/* Lets the n-th call that writes below one folder fail, or be the last thing the process does.
   Loaded before libc; armed by the process itself, so that a forked worker starts warm. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static int left, how, sticky, calls;

/* how: 0 only count, 1 kill before the call, 2 EIO, 3 ENOSPC, 4 half a write and then kill */
void shim_arm(const char *path, int number, int action, int again) {
    strncpy(folder, path, sizeof folder - 1);
    left = number;
    how = action;
    sticky = again;
    calls = 0;
}

int shim_calls(void) { return calls; }

static int below(int handle) {
    char link[64], path[4096];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, folder, strlen(folder)) == 0;
}

static int named(const char *path) {
    return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0;
}

/* 0: go on; 1: fail with errno set; 2: write half and die */
static int point(void) {
    calls++;
    if (!how || left <= 0) return 0;
    if (--left > 0) return 0;
    if (sticky) left = 1;
    if (how == 1) kill(getpid(), SIGKILL);
    if (how == 4) return 2;
    errno = how == 2 ? EIO : ENOSPC;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int handle, const void *data, size_t size) {
    if (below(handle)) {
        int what = point();
        if (what == 1) return -1;
        if (what == 2) { REAL(write)(handle, data, size / 2); kill(getpid(), SIGKILL); }
    }
    return REAL(write)(handle, data, size);
}

ssize_t pwrite(int handle, const void *data, size_t size, off_t at) {
    if (below(handle)) {
        int what = point();
        if (what == 1) return -1;
        if (what == 2) { REAL(pwrite)(handle, data, size / 2, at); kill(getpid(), SIGKILL); }
    }
    return REAL(pwrite)(handle, data, size, at);
}

ssize_t pwrite64(int handle, const void *data, size_t size, off64_t at) {
    if (below(handle)) {
        int what = point();
        if (what == 1) return -1;
        if (what == 2) { REAL(pwrite64)(handle, data, size / 2, at); kill(getpid(), SIGKILL); }
    }
    return REAL(pwrite64)(handle, data, size, at);
}

int fsync(int handle) { return below(handle) && point() ? -1 : REAL(fsync)(handle); }
int fdatasync(int handle) { return below(handle) && point() ? -1 : REAL(fdatasync)(handle); }
int ftruncate(int handle, off_t size) {
    return below(handle) && point() ? -1 : REAL(ftruncate)(handle, size);
}
int ftruncate64(int handle, off64_t size) {
    return below(handle) && point() ? -1 : REAL(ftruncate64)(handle, size);
}
int unlink(const char *path) { return named(path) && point() ? -1 : REAL(unlink)(path); }
int rename(const char *from, const char *to) {
    return named(to) && point() ? -1 : REAL(rename)(from, to);
}
int link(const char *from, const char *to) {
    return named(to) && point() ? -1 : REAL(link)(from, to);
}
