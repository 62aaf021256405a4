// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Work inside the process: threads, cancellation, faults, masks, registers, waiting.

#include "soak.h"

#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

static void *return_checksum(void *argument) {
  uint64_t seed = (uint64_t)argument;
  EXPECT(syscall(SYS_gettid) != getpid(), 1);
  return (void *)(checksum(&seed, sizeof seed) | 1);
}

void work_threads(struct worker *worker) {
  uint64_t seed = next_random(&worker->random);
  pthread_t thread;
  void *result = 0;
  EXPECT(pthread_create(&thread, 0, return_checksum, (void *)seed), 0);
  EXPECT(pthread_join(thread, &result), 0);
  EXPECT((uint64_t)result, checksum(&seed, sizeof seed) | 1);
}

static void note_cleanup(void *flag) { *(volatile int *)flag = 1; }

static void *wait_for_ever(void *flag) {
  pthread_cleanup_push(note_cleanup, flag);
  while (1)
    pause();
  pthread_cleanup_pop(0);
  return 0;
}

void work_cancels(struct worker *worker) {
  pthread_t thread;
  void *result = 0;
  volatile int cleaned = 0;
  EXPECT(pthread_create(&thread, 0, wait_for_ever, (void *)&cleaned), 0);
  if (next_random(&worker->random) % 2)
    sched_yield();
  EXPECT(pthread_cancel(thread), 0);
  EXPECT(pthread_join(thread, &result), 0);
  EXPECT(result == PTHREAD_CANCELED, 1);
  // Cancelled before its first instruction it has nothing to clean up.
  EXPECT(cleaned == 0 || cleaned == 1, 1);
}

static _Thread_local sigjmp_buf escape;
static _Thread_local const volatile void *fault;

static void on_fault(int signal, siginfo_t *info, void *context) {
  (void)context;
  EXPECT(signal, SIGSEGV);
  EXPECT(info->si_addr == fault, 1);
  siglongjmp(escape, 1);
}

void work_faults(struct worker *worker) {
  (void)worker;
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  EXPECT(sigaction(SIGSEGV, &action, 0), 0);
  volatile char *page = mmap(0, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  fault = page + 17;
  if (sigsetjmp(escape, 1) == 0) {
    page[17] = 1;
    EXPECT("a fault", 0);
  }
  // The kernel answers for a bad pointer, and raises nothing.
  EXPECT(RETRY(syscall(SYS_write, 1, fault, 1)), -1);
  EXPECT(errno, EFAULT);
  EXPECT(munmap((void *)page, 4096), 0);
}

void work_masks(struct worker *worker) {
  sigset_t old, set, seen;
  uint64_t bits = next_random(&worker->random);
  sigemptyset(&set);
  for (int signal = 1; signal < 32; signal++)
    if (bits >> signal & 1 && signal != SIGKILL && signal != SIGSTOP && signal != SIGSEGV)
      sigaddset(&set, signal);
  EXPECT(pthread_sigmask(SIG_SETMASK, &set, &old), 0);
  EXPECT(pthread_sigmask(SIG_BLOCK, 0, &seen), 0);
  for (int signal = 1; signal < 32; signal++)
    EXPECT(sigismember(&seen, signal), sigismember(&set, signal));
  EXPECT(pthread_sigmask(SIG_SETMASK, &old, &seen), 0);
  EXPECT(sigismember(&seen, SIGSYS), sigismember(&set, SIGSYS));
}

/// A call keeps every register but rax, rcx and r11, and the red zone.
void work_registers(struct worker *worker) {
  uint64_t seed = next_random(&worker->random), sum = 0;
  long result;
  __asm__ volatile("movq %[seed], %%r12\n\t"
                   "movq %[seed], %%r13\n\t"
                   "movq %[seed], %%r14\n\t"
                   "movq %[seed], %%r8\n\t"
                   "movq %[seed], %%r9\n\t"
                   "movq %[seed], %%r10\n\t"
                   "movq %[seed], %%xmm7\n\t"
                   "movq %[seed], -64(%%rsp)\n\t"
                   "syscall\n\t"
                   "xorq %%r12, %%r13\n\t"
                   "movq %%xmm7, %%r12\n\t"
                   "xorq %%r12, %%r14\n\t"
                   "xorq %%r8, %%r9\n\t"
                   "xorq -64(%%rsp), %%r10\n\t"
                   "movq %%r13, %[sum]\n\t"
                   "orq %%r14, %[sum]\n\t"
                   "orq %%r9, %[sum]\n\t"
                   "orq %%r10, %[sum]\n\t"
                   : "=a"(result), [sum] "=&b"(sum)
                   : "a"(SYS_getpid), [seed] "D"(seed)
                   : "rcx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "xmm7", "memory", "cc");
  EXPECT(result, getpid());
  EXPECT(sum, 0);
}

void work_waits(struct worker *worker) {
  struct timespec start, end, pause = {0, (long)(next_random(&worker->random) % 400000)};
  clock_gettime(CLOCK_MONOTONIC, &start);
  sigset_t none;
  sigemptyset(&none);
  int result = ppoll(0, 0, &pause, &none);
  EXPECT(result == 0 || (result == -1 && errno == EINTR), 1);
  clock_gettime(CLOCK_MONOTONIC, &end);
  long passed = (end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec;
  EXPECT(result == -1 || passed >= pause.tv_nsec, 1);
}
