// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Under a storm of timer signals no byte through a pipe is lost or doubled.
#include "../target.h"

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

enum { total = 4 << 20 };

int main(void) {
  start();
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  static const long intervals[] = {50000, 1000000};
  for (int pace = 0; pace < 2; pace++) {
    int ends[2];
    pipe(ends);
    pid_t child = fork();
    timer_t timer = every(SIGUSR1, intervals[pace]);
    static uint8_t block[3001];
    if (child == 0) {
      close(ends[0]);
      for (size_t sent = 0; sent < total;) {
        size_t size = total - sent < sizeof block ? total - sent : sizeof block;
        for (size_t index = 0; index < size; index++)
          block[index] = (uint8_t)((sent + index) % 251);
        ssize_t got = write(ends[1], block, size);
        if (got <= 0)
          _exit(1);
        sent += (size_t)got;
      }
      _exit(0);
    }
    close(ends[1]);
    size_t received = 0, wrong = 0;
    ssize_t got;
    while ((got = read(ends[0], block, sizeof block)) > 0)
      for (ssize_t index = 0; index < got; index++)
        wrong += block[index] != received++ % 251;
    timer_delete(timer);
    close(ends[0]);
    printf("pace %d: received %zu, wrong %zu, read gives %zd\n", pace, received, wrong, got);
    printf("pace %d: writer %s\n", pace, wait_for(child));
    fact(handled > 0, "pace %d: handlers", pace);
  }
  return finish();
}
