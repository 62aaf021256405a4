// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Process groups and sessions, and signals sent to them.
#include "../target.h"

int main(void) {
  start();
  int told[2], gate[2];
  pipe(told);
  pipe(gate);
  pid_t leader = 0, members[3];
  for (int index = 0; index < 3; index++) {
    members[index] = fork();
    if (members[index] == 0) {
      char byte;
      close(gate[1]);
      setpgid(0, leader);
      write(told[1], "x", 1);
      read(gate[0], &byte, 1);
      _exit(1);
    }
    setpgid(members[index], leader ? leader : members[index]);
    if (index == 0)
      leader = members[0];
  }
  char byte;
  for (int index = 0; index < 3; index++)
    read(told[0], &byte, 1);
  fact(getpgid(members[2]) == leader && getpgid(members[0]) == leader, "one group");
  fact(getpgrp() != leader, "not ours");
  fact(getsid(leader) == getsid(0), "our session");
  printf("kill the group: %s\n", result(killpg(leader, SIGTERM)));
  for (int index = 0; index < 3; index++)
    printf("member: %s\n", wait_for(members[index]));
  printf("no group left: %s\n", result(killpg(leader, SIGTERM)));

  pid_t child = fork();
  if (child == 0) {
    fact(setsid() == getpid() && getsid(0) == getpid() && getpgrp() == getpid(), "new session");
    printf("again: %s\n", result(setsid()));
    printf("leaving it: %s\n", result(setpgid(0, getppid())));
    fact(open("/dev/tty", O_RDWR) == -1 && errno == ENXIO, "no terminal");
    return 7;
  }
  printf("%s\n", wait_for(child));
  // kill(0) reaches the whole group, this process too.
  child = fork();
  if (child == 0) {
    setpgid(0, 0);
    pid_t other = fork();
    if (other == 0) {
      write(told[1], "x", 1);
      read(gate[0], &byte, 1);
      _exit(1);
    }
    read(told[0], &byte, 1);
    signal(SIGUSR1, SIG_IGN);
    kill(0, SIGUSR1);
    printf("other: %s\n", wait_for(other));
    kill(0, SIGTERM);
    _exit(1);
  }
  printf("%s\n", wait_for(child));
  printf("nobody: %s\n", result(setpgid(0x3fffffff, 0)));
  printf("negative: %s\n", result(setpgid(0, -1)));
  return finish();
}
