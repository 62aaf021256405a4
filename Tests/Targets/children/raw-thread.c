// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads made by clone itself, with their own thread pointer, joined by the cleared thread number.
// flags: -fno-stack-protector
#include "../target.h"
#include <linux/futex.h>

enum { threads = 8, stack_size = 65536 };

static struct block {
  void *self;
  long words[31];
} blocks[threads];
static char stacks[threads][stack_size] __attribute__((aligned(16)));
static int thread_numbers[threads], parent_numbers[threads];
static volatile int counter;
static bool pointers[threads], numbers[threads];

static int run(void *argument) {
  long index = (long)argument;
  void *self;
  __asm__ volatile("mov %%fs:0, %0" : "=r"(self));
  pointers[index] = self == &blocks[index];
  numbers[index] = raw(SYS_gettid, 0, 0, 0, 0, 0, 0) == parent_numbers[index];
  for (int round = 0; round < 1000; round++) {
    raw(SYS_sched_yield, 0, 0, 0, 0, 0, 0);
    __atomic_add_fetch(&counter, 1, __ATOMIC_SEQ_CST);
  }
  raw(SYS_exit, 0, 0, 0, 0, 0, 0);
  return 0;
}

int main(void) {
  start();
  int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
              CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
  bool created = true;
  for (long index = 0; index < threads; index++) {
    blocks[index].self = &blocks[index];
    thread_numbers[index] = 1;
    created &= clone(run, stacks[index] + stack_size, flags, (void *)index, &parent_numbers[index],
                     &blocks[index], &thread_numbers[index]) > 0;
  }
  fact(created, "created");
  for (int index = 0; index < threads; index++) {
    int now;
    while ((now = __atomic_load_n(&thread_numbers[index], __ATOMIC_ACQUIRE)) != 0)
      syscall(SYS_futex, &thread_numbers[index], FUTEX_WAIT, now, NULL, NULL, 0);
  }
  bool all_pointers = true, all_numbers = true;
  for (int index = 0; index < threads; index++) {
    all_pointers &= pointers[index];
    all_numbers &= numbers[index];
  }
  fact(all_pointers, "thread pointers");
  fact(all_numbers, "thread numbers told before the thread ran");
  printf("counted: %d\n", counter);
  return finish();
}
