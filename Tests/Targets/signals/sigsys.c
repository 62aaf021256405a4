// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// SIGSYS is the program's own: caught, queued with a value, blocked, ignored, or deadly.
#include "../target.h"

static volatile int count, code, value;
static volatile pid_t sender;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  count++;
  code = info->si_code;
  sender = info->si_pid;
  value = info->si_value.sival_int;
}

int main(void) {
  start();
  on(SIGSYS, handler, 0);
  raise(SIGSYS);
  printf("raise: count %d, code %d\n", count, code);
  fact(sender == getpid(), "from us");
  kill(getpid(), SIGSYS);
  printf("kill: count %d, code %d\n", count, code);
  union sigval queued = {.sival_int = 1234};
  sigqueue(getpid(), SIGSYS, queued);
  printf("sigqueue: count %d, code %d, value %d\n", count, code, value);

  sigset_t set = set_of(SIGSYS, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  now = blocked();
  printf("blocked: %s\n", names(&now));
  kill(getpid(), SIGSYS);
  kill(getpid(), SIGSYS);
  getppid();
  sigpending(&now);
  printf("pending: %s, count %d\n", names(&now), count);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  sigpending(&now);
  printf("unblocked: pending %s, count %d\n", names(&now), count);

  sigprocmask(SIG_BLOCK, &set, NULL);
  queued.sival_int = 77;
  sigqueue(getpid(), SIGSYS, queued);
  siginfo_t info;
  struct timespec no_time = {0, 0};
  fact(sigwaitinfo(&set, &info) == SIGSYS && info.si_value.sival_int == 77, "sigwaitinfo takes it");
  printf("again: %s\n", result(sigtimedwait(&set, &info, &no_time)));
  signal(SIGSYS, SIG_IGN);
  raise(SIGSYS);
  sigpending(&now);
  printf("ignored: pending %s\n", names(&now));
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  raise(SIGSYS);
  puts("ignored: still here");
  on(SIGSYS, handler, SA_RESETHAND);
  raise(SIGSYS);
  struct sigaction action;
  sigaction(SIGSYS, NULL, &action);
  printf("reset: count %d, %s\n", count, action.sa_handler == SIG_DFL ? "default" : "caught");
  puts("raising it by default");
  raise(SIGSYS);
  puts("wrong: still here");
  return 1;
}
