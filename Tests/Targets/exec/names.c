// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The zeroth argument may be anything; the name of the process is that of the file.
#include "../target.h"

static void run(const char *what, const char *path, char *zeroth) {
  pid_t child = fork();
  if (child == 0) {
    char *arguments[] = {zeroth, "executed", NULL};
    execve(path, arguments, environ);
    _exit(1);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    char name[16], line[256] = {0}, exe[4096];
    prctl(PR_GET_NAME, name);
    int descriptor = open("/proc/self/cmdline", O_RDONLY);
    read(descriptor, line, sizeof line - 1);
    close(descriptor);
    ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[length > 0 ? length : 0] = 0;
    printf("zeroth '%.20s', name '%s', cmdline '%.20s', exe '%s'\n", argv[0], name, line,
           strrchr(exe, '/') + 1);
    return 2;
  }
  symlink(argv[0], "a-link-with-a-long-name");
  run("another word", argv[0], "another word");
  run("empty", argv[0], "");
  run("by a link", "./a-link-with-a-long-name", "link");
  run("by a link, no slash", "a-link-with-a-long-name", "link");
  run("by a longer path", "././/./a-link-with-a-long-name", "link");
  return finish();
}
