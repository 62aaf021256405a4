// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// With SA_RESTART a blocked call goes on after the handler and gives its own result.
#include "../target.h"
#include <linux/futex.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

static int told[2];
static volatile int handled;

static void handler(int signal) {
  (void)signal;
  if (handled++ < 3)
    write(told[1], "x", 1);
}

/// Waits in a child or another thread until the handler ran three times.
static void three_handlers(void) {
  char byte;
  for (int count = 0; count < 3; count++)
    read(told[0], &byte, 1);
}

static timer_t timer;
static pid_t child_after(void) {
  handled = 0;
  pid_t child = fork();
  if (child != 0)
    timer = every(SIGUSR1, 10000000);
  return child;
}

static void over(pid_t child, const char *what, bool right) {
  timer_delete(timer);
  if (child > 0)
    wait_for(child);
  fact(right && handled >= 3, "%s", what);
}

static int word = 1;
static void *waker(void *unused) {
  (void)unused;
  sigset_t set = set_of(SIGUSR1, 0);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  three_handlers();
  __atomic_store_n(&word, 0, __ATOMIC_SEQ_CST);
  syscall(SYS_futex, &word, FUTEX_WAKE, 1, NULL, NULL, 0);
  return NULL;
}

int main(void) {
  start();
  pipe(told);
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, NULL);
  int ends[2];
  char bytes[64];

  pipe(ends);
  pid_t child = child_after();
  if (child == 0) {
    three_handlers();
    write(ends[1], "hello", 5);
    _exit(0);
  }
  long value = read(ends[0], bytes, sizeof bytes);
  over(child, "read of a pipe", value == 5);

  // Fill the pipe, so that the next write waits.
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  static char block[4096];
  while (write(ends[1], block, sizeof block) > 0)
    ;
  fcntl(ends[1], F_SETFL, 0);
  child = child_after();
  if (child == 0) {
    three_handlers();
    static char sink[65536 * 16];
    close(ends[1]);
    while (read(ends[0], sink, sizeof sink) > 0)
      ;
    _exit(0);
  }
  value = write(ends[1], block, sizeof block);
  close(ends[1]);
  over(child, "write to a full pipe", value == (long)sizeof block);
  close(ends[0]);

  child = child_after();
  if (child == 0) {
    three_handlers();
    _exit(9);
  }
  int status = 0;
  value = waitpid(child, &status, 0);
  over(-1, "waitpid", value == child && WEXITSTATUS(status) == 9);
  child = child_after();
  if (child == 0) {
    three_handlers();
    _exit(9);
  }
  siginfo_t info;
  value = waitid(P_PID, (id_t)child, &info, WEXITED);
  over(-1, "waitid", value == 0 && info.si_status == 9);

  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"};
  bind(server, (struct sockaddr *)&name, sizeof name);
  listen(server, 5);
  child = child_after();
  if (child == 0) {
    three_handlers();
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    connect(client, (struct sockaddr *)&name, sizeof name);
    write(client, "hi", 2);
    _exit(0);
  }
  int connection = accept(server, NULL, NULL);
  over(child, "accept", connection >= 0);
  value = recv(connection, bytes, sizeof bytes, 0);
  fact(value == 2, "recv");

  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  child = child_after();
  if (child == 0) {
    three_handlers();
    write(pair[1], "later", 5);
    _exit(0);
  }
  value = recv(pair[0], bytes, sizeof bytes, 0);
  over(child, "recv of a socket pair", value == 5);

  int lock = open("lock", O_RDWR | O_CREAT, 0644);
  int held[2];
  pipe(held);
  child = fork();
  if (child == 0) {
    int other = open("lock", O_RDWR);
    flock(other, LOCK_EX);
    write(held[1], "x", 1);
    three_handlers();
    _exit(0);
  }
  read(held[0], bytes, 1);
  handled = 0;
  timer = every(SIGUSR1, 10000000);
  value = flock(lock, LOCK_EX);
  over(child, "flock", value == 0);

  pthread_t thread;
  handled = 0;
  pthread_create(&thread, NULL, waker, NULL);
  timer = every(SIGUSR1, 10000000);
  value = syscall(SYS_futex, &word, FUTEX_WAIT, 1, NULL, NULL, 0);
  over(-1, "futex", value == 0 || errno == EAGAIN);
  pthread_join(thread, NULL);
  return finish();
}
