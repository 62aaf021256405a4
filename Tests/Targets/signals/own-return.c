// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A handler with a restorer of its own, and one that returns by the system call itself.
#include "../target.h"

struct kernel_action {
  void *handler;
  uint64_t flags;
  void *restorer;
  uint64_t mask;
};

void my_restorer(void);
void direct_handler(int);
extern volatile int restored, direct;
volatile int restored, direct;

__asm__(".globl my_restorer, direct_handler\n"
        "my_restorer:\n"
        "  incl restored(%rip)\n"
        "  mov $15, %eax\n"
        "  syscall\n"
        "  ud2\n"
        // Drops the return address and returns without any restorer.
        "direct_handler:\n"
        "  incl direct(%rip)\n"
        "  add $8, %rsp\n"
        "  mov $15, %eax\n"
        "  syscall\n"
        "  ud2\n");

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

int main(void) {
  start();
  struct kernel_action action = {handler, 0x04000000, my_restorer, 0};
  raw(SYS_rt_sigaction, SIGUSR1, (long)&action, 0, 8, 0, 0);
  for (int round = 0; round < 100; round++)
    raw(SYS_tgkill, getpid(), gettid(), SIGUSR1, 0, 0, 0);
  printf("handled %d, restored %d\n", handled, restored);
  action = (struct kernel_action){direct_handler, 0x04000000, NULL, 0};
  raw(SYS_rt_sigaction, SIGUSR2, (long)&action, 0, 8, 0, 0);
  for (int round = 0; round < 100; round++)
    raw(SYS_tgkill, getpid(), gettid(), SIGUSR2, 0, 0, 0);
  printf("direct %d\n", direct);
  sigset_t set = blocked();
  printf("blocked: %s\n", names(&set));
  // Without a restorer the kernel gives no frame on this processor: the process is killed.
  pid_t child = fork();
  if (child == 0) {
    struct kernel_action none = {handler, 0, NULL, 0};
    raw(SYS_rt_sigaction, SIGUSR1, (long)&none, 0, 8, 0, 0);
    raw(SYS_tgkill, getpid(), gettid(), SIGUSR1, 0, 0, 0);
    _exit(1);
  }
  printf("without a restorer: %s\n", wait_for(child));
  return finish();
}
