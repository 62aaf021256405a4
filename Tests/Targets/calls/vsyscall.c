// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The fixed vsyscall page: its time() tells the time, where the kernel still offers the page.
#include "../target.h"

enum { CALLS = 20000 };

static void nothing(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)info, (void)context;
}

int main(void) {
  start();
  bool offered = false;
  char line[512];
  FILE *maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps))
    offered |= strstr(line, "[vsyscall]") != NULL;
  fclose(maps);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  time_t (*vsyscall_time)(time_t *) = (time_t(*)(time_t *))0xffffffffff600400;
  time_t stored = 0, got = offered ? vsyscall_time(&stored) : (stored = now.tv_sec);
  fact(labs(got - now.tv_sec) <= 2, "time is within 2 s of the clock");
  fact(stored == got, "time is stored too");
  on(SIGUSR1, nothing, 0);
  timer_t timer = every(SIGUSR1, 50000);
  bool same = true;
  for (int i = 0; offered && i < CALLS; i++)
    same &= labs(vsyscall_time(NULL) - now.tv_sec) <= 60;
  timer_delete(timer);
  fact(same, "and does so in a storm of signals");
  return finish();
}
