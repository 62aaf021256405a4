// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Setting the identity to what it is reaches all threads by libc's own signal and changes nothing.
#include "../target.h"

static volatile bool stop;
static volatile int ready;
static void *busy(void *unused) {
  (void)unused;
  __atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
  while (!stop)
    getppid();
  return (void *)(long)(getuid() == geteuid());
}

static void *blocked_thread(void *descriptor) {
  char byte;
  __atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
  return (void *)(long)(read(*(int *)descriptor, &byte, 1) == 1);
}

int main(void) {
  start();
  pthread_t threads[4];
  int ends[2];
  pipe(ends);
  for (int index = 0; index < 4; index++)
    pthread_create(&threads[index], NULL, index < 2 ? busy : blocked_thread, ends);
  while (ready < 4)
    sched_yield();
  bool good = true;
  for (int round = 0; round < 20; round++) {
    good &= setresuid(getuid(), geteuid(), (uid_t)-1) == 0;
    good &= setresgid(getgid(), getegid(), (gid_t)-1) == 0;
  }
  fact(good, "set");
  stop = true;
  write(ends[1], "xy", 2);
  for (int index = 0; index < 4; index++) {
    void *value;
    pthread_join(threads[index], &value);
    fact(value != NULL, "thread %d went on", index);
  }
  return finish();
}
