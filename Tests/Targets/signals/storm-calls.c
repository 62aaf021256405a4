// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Under a storm of timer signals every system call gives its right result.
#include "../target.h"

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
  getpid();
}

int main(void) {
  start();
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  pid_t process = getpid(), parent = getppid();
  int file = open("file", O_RDWR | O_CREAT, 0644);
  int wrong = 0;
  sigset_t set, other = set_of(SIGUSR2, 0), none = set_of(0, 0);
  static const long intervals[] = {50000, 200000, 1000000};
  for (int pace = 0; pace < 3; pace++) {
    handled = 0;
    timer_t timer = every(SIGUSR1, intervals[pace]);
    struct timespec begin, now;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    int rounds = 0;
    do {
      wrong += getpid() != process || raw(SYS_getppid, 0, 0, 0, 0, 0, 0) != parent;
      wrong += pwrite(file, &rounds, sizeof rounds, 16) != sizeof rounds;
      int back = -1;
      wrong += pread(file, &back, sizeof back, 16) != sizeof back || back != rounds;
      wrong += close(-1) != -1 || errno != EBADF;
      wrong += syscall(9999) != -1 || errno != ENOSYS;
      sigprocmask(SIG_BLOCK, &other, NULL);
      sigprocmask(SIG_SETMASK, &none, &set);
      wrong += sigismember(&set, SIGUSR2) != 1 || sigismember(&set, SIGUSR1) != 0;
      int copy = dup(file);
      wrong += copy < 0 || close(copy) != 0;
      void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      wrong += page == MAP_FAILED || munmap(page, 4096) != 0;
      struct sigaction now_set;
      sigaction(SIGUSR1, &action, &now_set);
      wrong += now_set.sa_handler != handler;
      rounds++;
      clock_gettime(CLOCK_MONOTONIC, &now);
    } while (handled <= 10 ||
             (now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < 300);
    timer_delete(timer);
    fact(handled > 10, "pace %d: many handlers", pace);
    printf("pace %d: wrong results %d\n", pace, wrong);
  }
  return finish();
}
