// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// System calls and handlers work while the thread pointer and the gs base hold nonsense.
// flags: -fno-stack-protector
#include "../target.h"

enum { set_gs = 0x1001, set_fs = 0x1002, get_fs = 0x1003 };

static volatile int handled;
static volatile uint64_t base_in_handler;

// Nothing here may use a thread-local variable.
static void handler(int signal) {
  uint64_t base;
  raw(SYS_arch_prctl, get_fs, (long)&base, 0, 0, 0, 0);
  base_in_handler = base;
  handled += signal == SIGUSR1;
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  static const uint64_t bases[] = {0, 16, 0x00007fffffffe000, 0x414141414000};
  uint64_t ours = 0;
  raw(SYS_arch_prctl, get_fs, (long)&ours, 0, 0, 0, 0);
  long process = getpid();
  bool instructions = getauxval(AT_HWCAP2) & 2; // wrfsbase and the like
  for (int index = 0; index < 4; index++) {
    uint64_t told = 1, again = 1;
    handled = 0;
    raw(SYS_arch_prctl, set_fs, (long)bases[index], 0, 0, 0, 0);
    raw(SYS_arch_prctl, set_gs, (long)bases[index], 0, 0, 0, 0);
    bool good = raw(SYS_getpid, 0, 0, 0, 0, 0, 0) == process;
    good &= raw(9999, 0, 0, 0, 0, 0, 0) == -ENOSYS;
    raw(SYS_arch_prctl, get_fs, (long)&told, 0, 0, 0, 0);
    raw(SYS_tkill, process, SIGUSR1, 0, 0, 0, 0);
    raw(SYS_arch_prctl, get_fs, (long)&again, 0, 0, 0, 0);
    long child = raw(SYS_fork, 0, 0, 0, 0, 0, 0);
    if (child == 0) {
      uint64_t inherited = 1;
      raw(SYS_arch_prctl, get_fs, (long)&inherited, 0, 0, 0, 0);
      raw(SYS_exit_group, inherited == bases[index] ? 5 : 1, 0, 0, 0, 0, 0);
    }
    int status = 0;
    raw(SYS_wait4, child, (long)&status, 0, 0, 0, 0);
    if (instructions) {
      uint64_t read_back = 1;
      __asm__ volatile("wrfsbase %0\n"
                       "wrgsbase %0\n"
                       :
                       : "r"(bases[3 - index]));
      good &= raw(SYS_getpid, 0, 0, 0, 0, 0, 0) == process;
      __asm__ volatile("rdfsbase %0" : "=r"(read_back));
      good &= read_back == bases[3 - index];
      __asm__ volatile("rdgsbase %0" : "=r"(read_back));
      good &= read_back == bases[3 - index];
    }
    raw(SYS_arch_prctl, set_fs, (long)ours, 0, 0, 0, 0);
    fact(good, "base %#lx: calls", bases[index]);
    fact(told == bases[index] && again == bases[index], "base %#lx: told", bases[index]);
    fact(handled == 1 && base_in_handler == bases[index], "base %#lx: handler", bases[index]);
    printf("base %#lx: child %s\n", bases[index], ending(status));
  }
  printf("in the kernel: %s\n",
         raw_result(raw(SYS_arch_prctl, set_fs, (long)0xffff800000000000, 0, 0, 0, 0)));
  return finish();
}
