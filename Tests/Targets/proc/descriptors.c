// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Descriptors: the lowest free number is taken, ranges are closed, and /proc/self/fd shows them.
#include "../target.h"
#include <dirent.h>

static void list(const char *what) {
  int numbers[64], count = 0;
  DIR *directory = opendir("/proc/self/fd");
  for (struct dirent *entry; (entry = readdir(directory));)
    if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(directory))
      numbers[count++] = atoi(entry->d_name);
  closedir(directory);
  printf("%s:", what);
  for (int number = 0; number < 1024; number++)
    for (int index = 0; index < count; index++)
      if (numbers[index] == number)
        printf(" %d", number);
  puts("");
}

int main(int argc, char **argv) {
  start();
  list(argc > 1 ? "executed" : "at first");
  int first = open("/dev/null", O_RDONLY);
  printf("first: %d\n", first);
  if (argc > 1)
    return 3;
  int second = dup(first), third = fcntl(first, F_DUPFD, 10);
  int ends[2];
  pipe(ends);
  printf("then: %d %d %d %d\n", second, third, ends[0], ends[1]);
  list("open");
  close(second);
  printf("lowest: %d\n", dup(first));
  dup2(first, 500);
  dup2(first, 1000);
  list("far");
  printf("close_range: %s\n", result(close_range(4, 600, 0)));
  list("left");
  printf("close_range all: %s\n", result(close_range(3, ~0U, 0)));
  list("left");
  printf("twice: %s\n", result(close(3)));
  printf("close_range to be executed: %s\n", result(close_range(3, ~0U, CLOSE_RANGE_CLOEXEC)));
  open("/dev/null", O_RDONLY);
  open("/dev/null", O_RDONLY | O_CLOEXEC);
  // Every number that could be in the way of the program.
  int high = 0;
  for (int number = 3; number < 1024; number++)
    high += dup2(3, number) == number;
  printf("all numbers: %d\n", high);
  printf("none free: %s\n", result(open("/dev/null", O_RDONLY)));
  signal(SIGUSR1, SIG_IGN);
  raise(SIGUSR1);
  pid_t child = fork();
  if (child == 0)
    _exit(getppid() > 0 ? 12 : 1);
  printf("child: %s\n", wait_for(child));
  for (int number = 5; number < 1024; number++)
    close(number);
  fcntl(4, F_SETFD, FD_CLOEXEC);
  execl(argv[0], argv[0], "executed", NULL);
  return 1;
}
