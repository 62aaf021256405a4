// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Filters of the program's own see sites that were called often before, and those called after.
#include "site.h"
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>

SHORT_SITE(parent, 110)
SHORT_SITE(group, 121)
LONG_SITE(long_group, 121)
SHORT_SITE(yield, 24)

static volatile int count, code, number, error_value;
static void *volatile address;
static volatile uint64_t rip, rax, rcx;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  greg_t *regs = ((ucontext_t *)context)->uc_mcontext.gregs;
  count++;
  code = info->si_code;
  number = info->si_syscall;
  error_value = info->si_errno;
  address = info->si_call_addr;
  rip = (uint64_t)regs[REG_RIP];
  rax = (uint64_t)regs[REG_RAX];
  rcx = (uint64_t)regs[REG_RCX];
  regs[REG_RAX] = 4242;
}

static long install(struct sock_filter *program, unsigned short length, unsigned flags) {
  struct sock_fprog filter_program = {length, program};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter_program);
}

static long add(long call, unsigned action, unsigned flags) {
  struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, action),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  return install(program, 4, flags);
}

static void trapped(const char *what, site_function *site, const char *behind) {
  count = 0;
  long value = site(0, 0, 0, 0, 0, 0);
  printf("%s: %ld, handler %d, code %d, call %d, data %d\n", what, value, count, code, number,
         error_value);
  fact((char *)address == behind && (char *)rip == behind && (char *)rcx == behind,
       "%s: addresses behind the call", what);
  fact(rax == SYS_getpgid, "%s: rax has the number", what);
}

enum { SITES = 256, LENGTH = SITES * SITE_LENGTH };
static volatile bool over;

static void *heats(void *unused) {
  (void)unused;
  long wrong = 0;
  do {
    uint8_t *memory = pages(LENGTH, PROT_READ | PROT_WRITE);
    for (int site = 0; site < SITES; site++)
      put_site(memory + site * SITE_LENGTH, SYS_getpid, site & 1);
    seal(memory, LENGTH);
    for (int site = 0; site < SITES; site++)
      wrong += !all_give((site_function *)(memory + site * SITE_LENGTH), 4, getpid());
    munmap(memory, LENGTH);
  } while (!over);
  return (void *)wrong;
}

/// Nothing is left to those who would change code.
static void forbid(unsigned flags) {
  static const int calls[] = {SYS_openat,     SYS_open,        SYS_pwrite64, SYS_pread64,
                              SYS_membarrier, SYS_close_range, SYS_ioctl};
  for (int index = 0; index < 7; index++)
    if (add(calls[index], SECCOMP_RET_KILL_PROCESS, flags) != 0)
      puts("wrong: no filter");
}

int main(int argc, char **argv) {
  start();
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (argc > 1) {
    // Executed behind a filter.
    pthread_t thread;
    void *wrong;
    pthread_create(&thread, NULL, heats, NULL);
    over = true;
    pthread_join(thread, &wrong);
    _exit(!wrong && !heats(NULL) ? 6 : 1);
  }
  on(SIGSYS, handler, 0);
  long group_id = getpgid(0);
  fact(all_give(parent, 10, getppid()) && all_give(group, 10, group_id) &&
           all_give(long_group, 10, group_id) && all_give(yield, 10, 0),
       "before");
  add(SYS_getppid, SECCOMP_RET_ERRNO | ENOTTY, 0);
  fact(all_give(parent, 10, -ENOTTY), "an error for getppid");
  add(SYS_getpgid, SECCOMP_RET_TRAP | 77, 0);
  for (int round = 0; round < 2; round++) {
    trapped("getpgid", group, group_behind);
    trapped("getpgid by the long form", long_group, long_group_behind);
  }
  pid_t child = fork();
  if (child == 0)
    _exit(parent(0, 0, 0, 0, 0, 0) == -ENOTTY && group(0, 0, 0, 0, 0, 0) == 4242 ? 6 : 1);
  printf("child: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    signal(SIGSYS, SIG_DFL);
    group(0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("without a handler: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    sigset_t set = set_of(SIGSYS, 0);
    sigprocmask(SIG_BLOCK, &set, NULL);
    group(0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("blocked: %s\n", wait_for(child));
  child = fork();
  if (child == 0) {
    add(SYS_sched_yield, SECCOMP_RET_KILL_PROCESS, 0);
    yield(0, 0, 0, 0, 0, 0);
    _exit(1);
  }
  printf("killing filter: %s\n", wait_for(child));
  over = true;
  child = fork();
  if (child == 0) {
    forbid(0);
    void *wrong = heats(NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, heats, NULL);
    heats(NULL);
    pthread_join(thread, NULL);
    _exit(wrong ? 1 : 5);
  }
  printf("fresh sites behind a filter: %s\n", wait_for(child));
  int good = 0;
  for (int round = 0; round < 20; round++) {
    child = fork();
    if (child == 0) {
      over = false;
      pthread_t threads[2];
      for (int index = 0; index < 2; index++)
        pthread_create(&threads[index], NULL, heats, NULL);
      sleep_ms(round % 5);
      forbid(SECCOMP_FILTER_FLAG_TSYNC);
      sleep_ms(5);
      over = true;
      void *wrong = NULL, *others = NULL;
      pthread_join(threads[0], &wrong);
      pthread_join(threads[1], &others);
      _exit(wrong || others ? 1 : 5);
    }
    good += strcmp(wait_for(child), "exit 5") == 0;
  }
  printf("fresh sites behind a filter of all threads: %d\n", good);
  child = fork();
  if (child == 0) {
    add(SYS_pwrite64, SECCOMP_RET_KILL_PROCESS, 0);
    add(SYS_membarrier, SECCOMP_RET_KILL_PROCESS, 0);
    add(SYS_close_range, SECCOMP_RET_KILL_PROCESS, 0);
    execl("/proc/self/exe", argv[0], "executed", NULL);
    _exit(1);
  }
  printf("executed behind a filter: %s\n", wait_for(child));
  return finish();
}
