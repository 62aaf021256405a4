// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A compiler in one thread writes its page anew while other threads call sites elsewhere, and
// where /proc, descriptors or privileges are missing.
#include "site.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

enum { SIZE = 4096 };
static long id, parent;
static volatile bool over;

static void *calls(void *argument) {
  site_function *site = argument;
  long wrong = 0;
  while (!over)
    wrong += site(0, 0, 0, 0, 0, 0) != id;
  return (void *)wrong;
}

/// Writes and calls a page so many times; whether all was as it should be.
static bool compile(uint8_t *page, int rounds) {
  uint8_t wanted[SIZE];
  unseal(page, SIZE);
  memcpy(wanted, page, SIZE);
  bool good = true;
  for (int round = 0; round < rounds; round++) {
    good &= memcmp(page, wanted, SIZE) == 0;
    put_site(page + 64, round & 1 ? SYS_getpid : SYS_getppid, round & 2);
    put_site(wanted + 64, round & 1 ? SYS_getpid : SYS_getppid, round & 2);
    seal(page, SIZE);
    good &= all_give((site_function *)(page + 64), 4, round & 1 ? id : parent);
    good &= mprotect(page, SIZE, PROT_READ | PROT_WRITE) == 0;
  }
  good &= memcmp(page, wanted, SIZE) == 0;
  put_site(page + 64, SYS_getpid, false);
  seal(page, SIZE);
  return good && all_give((site_function *)(page + 64), 4, id);
}

static uint8_t *fresh(void) {
  uint8_t *page = pages(SIZE, PROT_READ | PROT_WRITE);
  put_site(page + 64, SYS_getpid, false);
  seal(page, SIZE);
  expect(all_give((site_function *)(page + 64), 4, id), "fresh");
  return page;
}

static void limit_files(void) {
  struct rlimit limit = {3, 3};
  setrlimit(RLIMIT_NOFILE, &limit);
}
static void limit_all_files(void) {
  struct rlimit limit = {0, 0};
  setrlimit(RLIMIT_NOFILE, &limit);
}
static void leave_root(void) {
  mkdir("empty", 0755);
  if (chroot("empty") != 0 && errno != EPERM)
    puts("wrong: chroot");
  chdir("/");
}
static void lose_dump(void) {
  if (geteuid() == 0)
    setuid(65534);
  prctl(PR_SET_DUMPABLE, 0);
}
static void limit_threads(void) {
  struct rlimit limit = {0, 0};
  setrlimit(RLIMIT_NPROC, &limit);
  lose_dump();
}
static void filter(void) {
  // Kills on any opening of files, new threads, and writes at an offset.
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 4, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pwrite64, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  struct sock_fprog filter_program = {8, program};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter_program) != 0)
    puts("wrong: no filter");
}

/// In a child: pages that were called before something is lost, and fresh ones after it.
static void without(const char *what, void (*lose)(void), bool threads) {
  pid_t child = fork();
  if (child == 0) {
    id = getpid();
    parent = getppid();
    uint8_t *page = fresh(), *other = fresh(), *moved = fresh();
    pthread_t thread;
    if (threads)
      pthread_create(&thread, NULL, calls, other + 64);
    lose();
    bool good = compile(page, 20) && all_give((site_function *)(fresh() + 64), 10, id);
    uint8_t *copy = mremap(moved, SIZE, SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, page);
    good &= copy == page && all_give((site_function *)(copy + 64), 4, id);
    over = true;
    void *wrong = NULL;
    if (threads)
      pthread_join(thread, &wrong);
    _exit(good && !wrong ? 5 : 1);
  }
  printf("without %s%s: %s\n", what, threads ? ", in threads" : "", wait_for(child));
}

int main(void) {
  start();
  id = getpid();
  parent = getppid();
  uint8_t *page = fresh(), *other = fresh();
  pthread_t threads[2];
  for (int index = 0; index < 2; index++)
    pthread_create(&threads[index], NULL, calls, other + 64);
  fact(compile(page, 200), "among threads");
  over = true;
  for (int index = 0; index < 2; index++) {
    void *wrong;
    pthread_join(threads[index], &wrong);
    fact(!wrong, "thread %d", index);
  }
  over = false;
  for (int threads = 0; threads < 2; threads++) {
    without("descriptors", limit_files, threads);
    without("any descriptor", limit_all_files, threads);
    without("/proc", leave_root, threads);
    without("leave to look at itself", lose_dump, threads);
    without("leave to make threads", limit_threads, threads);
    without("leave to open files", filter, threads);
  }
  return finish();
}
