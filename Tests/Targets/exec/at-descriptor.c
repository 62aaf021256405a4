// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Execution by descriptors: execveat of a name below a directory or of the file itself, fexecve.
// args: begin
#include "../target.h"

static char *self;

static void run(const char *what, int descriptor, const char *name, int flags) {
  char *arguments[] = {"name", (char *)what, NULL};
  pid_t child = fork();
  if (child == 0) {
    syscall(SYS_execveat, descriptor, name, arguments, environ, flags);
    printf("%s: %s\n", what, result(-1));
    _exit(1);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(int argc, char **argv) {
  start();
  if (strcmp(argv[1], "begin") != 0) {
    const char *path = (const char *)getauxval(AT_EXECFN);
    char exe[4096];
    ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[length > 0 ? length : 0] = 0;
    printf("%s: executed with %d arguments, path %s, exe %s\n", argv[1], argc,
           strncmp(path, "/dev/fd/", 8) == 0 ? "by descriptor" : "by name", strrchr(exe, '/') + 1);
    return 3;
  }
  self = argv[0];
  int program = open(self, O_RDONLY | O_CLOEXEC);
  int by_path = open(self, O_PATH | O_CLOEXEC);
  mkdir("folder", 0755);
  symlink(self, "folder/link");
  symlink("loop", "folder/loop");
  int folder = open("folder", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int before = open_descriptors();
  run("empty path", program, "", AT_EMPTY_PATH);
  run("empty path of O_PATH", by_path, "", AT_EMPTY_PATH);
  run("empty path without flag", program, "", 0);
  run("name in directory", folder, "link", 0);
  run("link not followed", folder, "link", AT_SYMLINK_NOFOLLOW);
  run("loop", folder, "loop", 0);
  run("missing name", folder, "missing", 0);
  run("absolute path", -1, self, 0);
  run("relative path", AT_FDCWD, "folder/link", 0);
  run("bad descriptor", 99, "link", 0);
  run("empty path of bad descriptor", 99, "", AT_EMPTY_PATH);
  run("directory", folder, "", AT_EMPTY_PATH);
  run("no directory", program, "link", 0);
  fact(open_descriptors() == before, "no descriptor left over");

  pid_t child = fork();
  if (child == 0) {
    char *arguments[] = {"name", "fexecve", NULL};
    fexecve(program, arguments, environ);
    _exit(1);
  }
  printf("fexecve: %s\n", wait_for(child));
  // A program in memory only.
  int memory = memfd_create("program", MFD_CLOEXEC);
  char bytes[65536];
  ssize_t got;
  while ((got = read(program, bytes, sizeof bytes)) > 0)
    write(memory, bytes, (size_t)got);
  run("memory", memory, "", AT_EMPTY_PATH);
  return finish();
}
