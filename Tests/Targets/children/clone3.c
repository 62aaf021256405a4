// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// clone3: a child on its own stack, a descriptor for the child, a thread.
#include "clone3.h"
#include <linux/futex.h>

static char stack[65536] __attribute__((aligned(16)));
static volatile int value;
static int cleared = 1, told_parent, told_child;
static void *block[32];

static int on_stack(void *argument) {
  char local;
  value = &local >= stack && &local < stack + sizeof stack ? *(int *)argument : -1;
  return 31;
}

static int plain(void *argument) {
  (void)argument;
  value = 99; // in a copy
  return told_child == (int)raw(SYS_gettid, 0, 0, 0, 0, 0, 0) ? 32 : 1;
}

static int smallest(void *argument) { return *(int *)argument == 5678 ? 33 : 1; }

static int thread(void *argument) {
  value = (int)(long)argument;
  return 0;
}

int main(void) {
  start();
  struct clone_args arguments;
  int argument = 5678;
  memset(&arguments, 0, sizeof arguments);
  arguments.flags = CLONE_VM | CLONE_VFORK;
  arguments.exit_signal = SIGCHLD;
  arguments.stack = (uint64_t)stack;
  arguments.stack_size = sizeof stack;
  long child = clone3_call(&arguments, sizeof arguments, on_stack, &argument);
  fact(value == 5678, "ran on its stack while we waited");
  printf("%s\n", wait_for((pid_t)child));

  memset(&arguments, 0, sizeof arguments);
  int descriptor = -1;
  arguments.flags = CLONE_PIDFD | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID;
  arguments.pidfd = (uint64_t)&descriptor;
  arguments.parent_tid = (uint64_t)&told_parent;
  arguments.child_tid = (uint64_t)&told_child;
  arguments.exit_signal = SIGCHLD;
  child = clone3_call(&arguments, sizeof arguments, plain, NULL);
  fact(descriptor >= 3, "a descriptor for the child");
  fact(fcntl(descriptor, F_GETFD) == FD_CLOEXEC, "closed on execution");
  fact(told_parent == child && told_child == 0, "the number is told");
  struct pollfd poll_descriptor = {descriptor, POLLIN, 0};
  fact(poll(&poll_descriptor, 1, 5000) == 1, "readable when the child ended");
  siginfo_t info;
  memset(&info, 0, sizeof info);
  fact(waitid(P_PIDFD, (id_t)descriptor, &info, WEXITED) == 0 && info.si_pid == child,
       "waited for by the descriptor");
  printf("status %d\n", info.si_status);
  fact(value == 5678, "our memory untouched");

  // The first version of the structure is enough.
  memset(&arguments, 0, sizeof arguments);
  arguments.exit_signal = SIGCHLD;
  child = clone3_call(&arguments, CLONE_ARGS_SIZE_VER0, smallest, &argument);
  printf("smallest structure: %s\n", wait_for((pid_t)child));

  memset(&arguments, 0, sizeof arguments);
  block[0] = block;
  arguments.flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD |
                    CLONE_SYSVSEM | CLONE_SETTLS | CLONE_CHILD_CLEARTID;
  arguments.stack = (uint64_t)stack;
  arguments.stack_size = sizeof stack;
  arguments.tls = (uint64_t)block;
  arguments.child_tid = (uint64_t)&cleared;
  child = clone3_call(&arguments, sizeof arguments, thread, (void *)4321);
  fact(child > 0, "a thread");
  while (__atomic_load_n(&cleared, __ATOMIC_ACQUIRE) == 1)
    syscall(SYS_futex, &cleared, FUTEX_WAIT, 1, NULL, NULL, 0);
  fact(value == 4321, "it ran");
  return finish();
}
