// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The program opens and executes itself by the links of /proc.
#include "../target.h"

int main(int argc, char **argv) {
  start();
  char path[4096], plain[4096], other[4096];
  if (argc > 1) {
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length] = 0;
    printf("child %s: %s\n", argv[1], strrchr(path, '/') + 1);
    return 0;
  }
  struct stat one, two;
  stat(argv[0], &one);
  int descriptor = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  fstat(descriptor, &two);
  fact(one.st_ino == two.st_ino && one.st_dev == two.st_dev, "opened the same file");
  char magic[4];
  fact(read(descriptor, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0, "it is an ELF file");
  fact(stat("/proc/self/exe", &two) == 0 && one.st_ino == two.st_ino, "stat follows");
  fact(lstat("/proc/self/exe", &two) == 0 && S_ISLNK(two.st_mode), "lstat sees a link");

  ssize_t length = readlink("/proc/self/exe", plain, sizeof plain);
  int directory = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  fact(readlinkat(directory, "exe", other, sizeof other) == length &&
           memcmp(plain, other, (size_t)length) == 0,
       "readlinkat by descriptor");
  fact(readlink("/proc/self/exe", other, 5) == 5 && memcmp(plain, other, 5) == 0, "cut off");
  printf("length 0: %s\n", result(readlink("/proc/self/exe", other, 0)));
  int link = open("/proc/self/exe", O_PATH | O_NOFOLLOW | O_CLOEXEC);
  fact(readlinkat(link, "", other, sizeof other) == length, "readlinkat of the link itself");
  char *full = realpath("/proc/self/exe", NULL);
  fact(full && strcmp(full, argv[0]) == 0, "realpath");

  char by_pid[64];
  snprintf(by_pid, sizeof by_pid, "/proc/%d/exe", getpid());
  fact(readlink(by_pid, other, sizeof other) == length, "by number");
  fact(readlink("/proc/thread-self/exe", other, sizeof other) == length, "by thread-self");
  snprintf(by_pid, sizeof by_pid, "/proc/self/task/%d/exe", gettid());
  fact(readlink(by_pid, other, sizeof other) == length, "by task");
  for (int way = 0; way < 4; way++) {
    pid_t child = fork();
    if (child == 0) {
      char number[2] = {(char)('0' + way), 0};
      char *arguments[] = {argv[0], number, NULL};
      // The path names the process that executes.
      snprintf(by_pid, sizeof by_pid, "/proc/%d/exe", getpid());
      if (way == 3)
        syscall(SYS_execveat, directory, "exe", arguments, environ, 0);
      execv(way == 0 ? "/proc/self/exe" : way == 1 ? by_pid : "/proc/thread-self/exe", arguments);
      _exit(1);
    }
    // With the number of the parent, for the last way only a plain wait.
    printf("%s\n", wait_for(child));
  }
  return finish();
}
