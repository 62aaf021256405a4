// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A signal for a thread goes to it; one for the process to any thread that does not block it.
#include "../target.h"

static volatile pid_t handled_by;
static volatile int count;
static void handler(int signal) {
  (void)signal;
  handled_by = gettid();
  count++;
}

static volatile pid_t number;
static volatile bool stop;
static void *other(void *unused) {
  (void)unused;
  sigset_t none = set_of(0, 0);
  pthread_sigmask(SIG_SETMASK, &none, NULL);
  number = gettid();
  while (!stop)
    sleep_ms(1);
  return NULL;
}

static void await(int before) {
  for (int tries = 0; tries < 5000 && count == before; tries++)
    sleep_ms(1);
}

int main(void) {
  start();
  signal(SIGUSR1, handler);
  sigset_t set = set_of(SIGUSR1, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  pthread_t thread;
  pthread_create(&thread, NULL, other, NULL);
  while (!number)
    sleep_ms(1);
  for (int round = 0; round < 20; round++) {
    int before = count;
    kill(getpid(), SIGUSR1);
    await(before);
    expect(handled_by == number, "for the process, round %d", round);
    before = count;
    pthread_kill(thread, SIGUSR1);
    await(before);
    expect(handled_by == number, "for the thread, round %d", round);
  }
  printf("handled by the other: %d\n", count);
  raise(SIGUSR1); // for this thread, which blocks it
  sleep_ms(20);
  sigpending(&now);
  printf("pending here: %s, handled %d\n", names(&now), count);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  fact(handled_by == getpid() && count == 41, "then handled here");
  // Blocked everywhere, it waits for whoever unblocks it first.
  stop = true;
  pthread_join(thread, NULL);
  sigprocmask(SIG_BLOCK, &set, NULL);
  kill(getpid(), SIGUSR1);
  stop = false;
  number = 0;
  int before = count;
  pthread_create(&thread, NULL, other, NULL);
  await(before);
  while (!number)
    sleep_ms(1);
  fact(handled_by == number, "a new thread takes it");
  stop = true;
  pthread_join(thread, NULL);
  return finish();
}
