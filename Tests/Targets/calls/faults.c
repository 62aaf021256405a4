// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls given a bad pointer fail with EFAULT, as the kernel itself would have it.
#include "../target.h"
#include <sys/epoll.h>
#include <sys/uio.h>

static void check(const char *what, long number, long a, long b, long c, long d, long e) {
  printf("%s: %s\n", what, raw_result(raw(number, a, b, c, d, e, 8)));
}

static void at(long bad) {
  int descriptors[2];
  pipe(descriptors);
  write(descriptors[1], "abc", 3);
  sigset_t set = set_of(SIGUSR1, 0);
  long mask = (long)&set;
  char *none[] = {NULL};
  check("rt_sigprocmask set", SYS_rt_sigprocmask, SIG_BLOCK, bad, 0, 8, 0);
  check("rt_sigprocmask old set", SYS_rt_sigprocmask, SIG_BLOCK, 0, bad, 8, 0);
  check("rt_sigaction", SYS_rt_sigaction, SIGUSR1, bad, 0, 8, 0);
  check("rt_sigaction old", SYS_rt_sigaction, SIGUSR1, 0, bad, 8, 0);
  check("sigaltstack", SYS_sigaltstack, bad, 0, 0, 0, 0);
  check("sigaltstack old", SYS_sigaltstack, 0, bad, 0, 0, 0);
  check("rt_sigpending", SYS_rt_sigpending, bad, 8, 0, 0, 0);
  check("rt_sigsuspend", SYS_rt_sigsuspend, bad, 8, 0, 0, 0);
  check("rt_sigtimedwait set", SYS_rt_sigtimedwait, bad, 0, 0, 8, 0);
  check("rt_sigtimedwait time", SYS_rt_sigtimedwait, mask, 0, bad, 8, 0);
  check("rt_sigqueueinfo", SYS_rt_sigqueueinfo, getpid(), SIGUSR1, bad, 0, 0);
  check("rt_tgsigqueueinfo", SYS_rt_tgsigqueueinfo, getpid(), gettid(), SIGUSR1, bad, 0);
  check("signalfd4", SYS_signalfd4, -1, bad, 8, 0, 0);
  check("read", SYS_read, descriptors[0], bad, 1, 0, 0);
  check("write", SYS_write, descriptors[1], bad, 1, 0, 0);
  check("readv", SYS_readv, descriptors[0], bad, 1, 0, 0);
  check("pipe2", SYS_pipe2, bad, 0, 0, 0, 0);
  check("openat", SYS_openat, AT_FDCWD, bad, O_RDONLY, 0, 0);
  check("openat2", SYS_openat2, AT_FDCWD, (long)"/", bad, 24, 0);
  check("newfstatat", SYS_newfstatat, AT_FDCWD, (long)"/", bad, 0, 0);
  check("readlink", SYS_readlink, (long)"/proc/self/exe", bad, 100, 0, 0);
  check("readlinkat", SYS_readlinkat, AT_FDCWD, bad, (long)&set, 8, 0);
  check("execve path", SYS_execve, bad, 0, 0, 0, 0);
  check("execve arguments", SYS_execve, (long)"/proc/self/exe", bad, (long)none, 0, 0);
  check("execve environment", SYS_execve, (long)"/proc/self/exe", (long)none, bad, 0, 0);
  check("execveat path", SYS_execveat, AT_FDCWD, bad, (long)none, (long)none, 0);
  check("clone3", SYS_clone3, bad, 88, 0, 0, 0);
  check("getcwd", SYS_getcwd, bad, 100, 0, 0, 0);
  check("uname", SYS_uname, bad, 0, 0, 0, 0);
  check("clock_gettime", SYS_clock_gettime, CLOCK_MONOTONIC, bad, 0, 0, 0);
  check("nanosleep", SYS_nanosleep, bad, 0, 0, 0, 0);
  check("poll", SYS_poll, bad, 1, 0, 0, 0);
  check("ppoll mask", SYS_ppoll, 0, 0, 0, bad, 8);
  check("epoll_pwait mask", SYS_epoll_pwait, epoll_create1(0), (long)&set, 1, 0, bad);
  check("setitimer", SYS_setitimer, ITIMER_VIRTUAL, bad, 0, 0, 0);
  check("timer_create", SYS_timer_create, CLOCK_MONOTONIC, bad, (long)&set, 0, 0);
  check("futex", SYS_futex, bad & ~3L, 1, 1, 0, 0);
  check("prctl name", SYS_prctl, PR_GET_NAME, bad, 0, 0, 0);
  check("prctl pdeathsig", SYS_prctl, PR_GET_PDEATHSIG, bad, 0, 0, 0);
  check("arch_prctl", SYS_arch_prctl, 0x1003, bad, 0, 0, 0); // ARCH_GET_FS
  check("prlimit64 new", SYS_prlimit64, 0, RLIMIT_NOFILE, bad, 0, 0);
  check("prlimit64 old", SYS_prlimit64, 0, RLIMIT_NOFILE, 0, bad, 0);
  check("sched_getaffinity", SYS_sched_getaffinity, 0, 128, bad, 0, 0);
  check("getrusage", SYS_getrusage, RUSAGE_SELF, bad, 0, 0, 0);
  check("socketpair", SYS_socketpair, 1, 1, 0, bad, 0);
  close(descriptors[0]);
  close(descriptors[1]);
}

int main(void) {
  start();
  char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(page + 4096, 4096, PROT_NONE);
  puts("a page without access");
  at((long)page + 4096);
  puts("an address of the kernel");
  at((long)0xffff888000000000);
  puts("an address that is none");
  at(0x4141414141414141);
  puts("two bytes before the end of the page");
  page[4094] = page[4095] = 1;
  check("rt_sigprocmask set", SYS_rt_sigprocmask, SIG_BLOCK, (long)page + 4094, 0, 8, 0);
  check("rt_sigaction", SYS_rt_sigaction, SIGUSR1, (long)page + 4094, 0, 8, 0);
  check("sigaltstack", SYS_sigaltstack, (long)page + 4094, 0, 0, 0, 0);
  check("sigaltstack old", SYS_sigaltstack, 0, (long)page + 4094, 0, 0, 0);
  check("clone3", SYS_clone3, (long)page + 4094, 88, 0, 0, 0);
  // No call above changed anything.
  struct sigaction action;
  sigaction(SIGUSR1, NULL, &action);
  sigset_t now = blocked();
  printf("blocked: %s\n", names(&now));
  fact(action.sa_handler == SIG_DFL, "USR1 default");
  return finish();
}
