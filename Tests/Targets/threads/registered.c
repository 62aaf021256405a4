// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What libc registered with the kernel for each thread: robust list, restartable sequences, name.
#include "../target.h"
#include <dirent.h>
#include <linux/futex.h>
#include <sys/rseq.h>

static void check(const char *who) {
  struct robust_list_head *head = NULL;
  size_t size = 0;
  long value = syscall(SYS_get_robust_list, 0, &head, &size);
  fact(value == 0 && size == sizeof *head && head && (void *)head->list.next == (void *)head,
       "%s: robust list", who);
  struct rseq *area = (struct rseq *)((char *)__builtin_thread_pointer() + __rseq_offset);
  fact(__rseq_size > 0 && (int)area->cpu_id >= 0 && area->cpu_id < 4096,
       "%s: the processor in the sequence area", who);
  errno = 0;
  printf("%s: registering again: %s\n", who, result(syscall(SYS_rseq, area, 32, 0, RSEQ_SIG)));
  printf("%s: wrong signature: %s\n", who, result(syscall(SYS_rseq, area, 32, 0, 0x1234)));
}

static volatile bool done;
static volatile pid_t number;
static void *thread(void *unused) {
  (void)unused;
  check("thread");
  prctl(PR_SET_NAME, "a thread");
  number = gettid();
  while (!done)
    sleep_ms(1);
  return NULL;
}

static void name_of(pid_t task, char *name) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/comm", task);
  FILE *file = fopen(path, "r");
  name[0] = 0;
  if (file) {
    fgets(name, 32, file);
    fclose(file);
  }
  name[strcspn(name, "\n")] = 0;
}

int main(void) {
  start();
  check("first");
  pthread_t other;
  pthread_create(&other, NULL, thread, NULL);
  while (!number)
    sleep_ms(1);
  char name[32];
  name_of(number, name);
  printf("thread: %s\n", name);
  pthread_setname_np(other, "named by another");
  name_of(number, name);
  printf("too long: %s\n", name);
  pthread_setname_np(other, "from outside");
  name_of(number, name);
  printf("thread: %s\n", name);
  name_of(getpid(), name);
  printf("first: %s\n", name);
  int tasks = 0;
  DIR *directory = opendir("/proc/self/task");
  for (struct dirent *entry; (entry = readdir(directory));)
    tasks += entry->d_name[0] != '.';
  closedir(directory);
  printf("tasks: %d\n", tasks);
  done = true;
  pthread_join(other, NULL);
  return finish();
}
