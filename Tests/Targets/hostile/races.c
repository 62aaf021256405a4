// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Threads that change the action of a signal while others send it.
#include "../target.h"

static volatile bool stop;
static volatile int handled, wrong;

static void one(int signal) {
  wrong += signal != SIGUSR1;
  __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
}
static void two(int signal, siginfo_t *info, void *context) {
  wrong += signal != SIGUSR1 || info->si_signo != SIGUSR1 || !context;
  __atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
}

static void *changing(void *unused) {
  (void)unused;
  for (int round = 0; !stop; round++) {
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    if (round % 3 == 0) {
      action.sa_handler = one;
    } else if (round % 3 == 1) {
      action.sa_sigaction = two;
      action.sa_flags = SA_SIGINFO | SA_RESTART;
    } else {
      action.sa_handler = SIG_IGN;
    }
    sigaction(SIGUSR1, &action, &old);
    bool known = old.sa_handler == SIG_IGN ||
                 (old.sa_flags & SA_SIGINFO ? old.sa_sigaction == two : old.sa_handler == one);
    if (!known)
      __atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
  }
  return NULL;
}

static void *sending(void *unused) {
  (void)unused;
  pid_t process = getpid();
  while (!stop)
    kill(process, SIGUSR1);
  return NULL;
}

static void *masking(void *unused) {
  (void)unused;
  sigset_t set = set_of(SIGUSR1, 0), old;
  while (!stop) {
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_sigmask(SIG_UNBLOCK, &set, &old);
    if (!sigismember(&old, SIGUSR1))
      __atomic_add_fetch(&wrong, 1, __ATOMIC_SEQ_CST);
  }
  return NULL;
}

int main(void) {
  start();
  signal(SIGUSR1, SIG_IGN);
  pthread_t threads[6];
  for (int index = 0; index < 6; index++)
    pthread_create(&threads[index], NULL,
                   index < 2   ? changing
                   : index < 4 ? sending
                               : masking,
                   NULL);
  struct timespec begin, now;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  do {
    sleep_ms(20);
    clock_gettime(CLOCK_MONOTONIC, &now);
  } while (handled < 10 || now.tv_sec - begin.tv_sec < 1);
  stop = true;
  for (int index = 0; index < 6; index++)
    pthread_join(threads[index], NULL);
  fact(handled >= 10, "handled");
  printf("wrong: %d\n", wrong);
  return finish();
}
