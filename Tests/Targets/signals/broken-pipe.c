// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Writing to a pipe that nobody reads: killed by default, EPIPE otherwise.
#include "../target.h"
#include <sys/socket.h>

static volatile int caught;
static void handler(int signal) { caught = signal; }

int main(void) {
  start();
  int ends[2], pair[2];
  pipe(ends);
  close(ends[0]);
  pid_t child = fork();
  if (child == 0) {
    write(ends[1], "x", 1);
    _exit(1);
  }
  printf("default: %s\n", wait_for(child));
  signal(SIGPIPE, SIG_IGN);
  printf("ignored: %s\n", result(write(ends[1], "x", 1)));
  signal(SIGPIPE, handler);
  printf("caught: %s\n", result(write(ends[1], "x", 1)));
  printf("handler: %s\n", sigabbrev_np(caught));
  sigset_t set = set_of(SIGPIPE, 0), now;
  sigprocmask(SIG_BLOCK, &set, NULL);
  caught = 0;
  printf("blocked: %s\n", result(write(ends[1], "x", 1)));
  sigpending(&now);
  printf("pending: %s\n", names(&now));
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  fact(caught == SIGPIPE, "then handled");
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  close(pair[0]);
  caught = 0;
  printf("MSG_NOSIGNAL: %s\n", result(send(pair[1], "x", 1, MSG_NOSIGNAL)));
  fact(caught == 0, "no signal");
  printf("without: %s\n", result(send(pair[1], "x", 1, 0)));
  fact(caught == SIGPIPE, "signal");
  return finish();
}
