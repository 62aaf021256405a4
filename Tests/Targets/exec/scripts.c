// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Scripts: the arguments of the interpreter, nesting, relative paths and lines of every form.
#include "../target.h"

static void script(const char *name, const char *text) {
  int descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0755);
  write(descriptor, text, strlen(text));
  close(descriptor);
}

static void run(const char *what, const char *path) {
  pid_t child = fork();
  if (child == 0) {
    char *arguments[] = {"zeroth", "last one", NULL};
    execve(path, arguments, environ);
    _exit(errno);
  }
  int status;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) != 200)
    printf("%s: %s\n", what, strerrorname_np(WEXITSTATUS(status)));
  else
    printf("%s: %s\n", what, ending(status));
}

int main(int argc, char **argv) {
  start();
  if (strstr(argv[0], "interpreter")) {
    printf(" ");
    for (int index = 0; index < argc; index++) {
      if (strlen(argv[index]) > 100)
        printf(" [%zu bytes]", strlen(argv[index]));
      else
        printf(" [%s]", argv[index]);
    }
    char name[16], exe[4096];
    prctl(PR_GET_NAME, name);
    ssize_t length = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[length > 0 ? length : 0] = 0;
    // What an execution by descriptor calls the process depends on the kernel.
    if (strncmp((char *)getauxval(AT_EXECFN), "/dev/fd/", 8) == 0)
      strcpy(name, "any");
    printf(" name %s, path %s, exe %s\n", name, (char *)getauxval(AT_EXECFN),
           strrchr(exe, '/') + 1);
    return 200;
  }
  symlink(argv[0], "interpreter");
  script("plain", "#!./interpreter\nrest\n");
  run("relative interpreter", "./plain");
  run("path without a slash", "plain");
  script("argument", "#!./interpreter one\n");
  run("one argument", "./argument");
  script("blanks", "#! \t ./interpreter \t one two  three \t \n");
  run("blanks", "./blanks");
  script("tab", "#!./interpreter\tone\ttwo\n");
  run("tabs", "./tab");
  script("unended", "#!./interpreter");
  run("no end of line", "./unended");
  script("unended-argument", "#!./interpreter arg");
  run("no end of line after an argument", "./unended-argument");
  script("nothing", "#!\n");
  run("no interpreter", "./nothing");
  script("only-blanks", "#!   \n./interpreter\n");
  run("only blanks", "./only-blanks");
  script("only-mark", "#!");
  run("only the mark", "./only-mark");
  script("return", "#!./interpreter\r\n");
  run("carriage return", "./return");
  script("missing", "#!./nowhere\n");
  run("missing interpreter", "./missing");
  script("directory", "#!/\n");
  run("directory", "./directory");
  script("not-executable", "#!./interpreter\n");
  chmod("not-executable", 0644);
  run("not executable", "./not-executable");
  script("second-line", "\n#!./interpreter\n");
  run("mark in the second line", "./second-line");
  script("text-script", "#!./text\n");
  script("text", "echo\n");
  run("interpreter is text", "./text-script");

  char line[600];
  memset(line, 'x', sizeof line);
  memcpy(line, "#!./interpreter ", 16);
  line[300] = 0;
  strcpy(line + 300, "\n");
  script("long-argument", line);
  run("argument cut at 255 bytes", "./long-argument");
  memset(line, '/', 300);
  memcpy(line, "#!.", 3);
  strcpy(line + 300, "interpreter\n");
  script("long-path", line);
  run("path longer than 255 bytes", "./long-path");
  memset(line, '/', 300);
  memcpy(line, "#!.", 3);
  strcpy(line + 240, "interpreter\n");
  script("fitting", line);
  run("path of 250 bytes", "./fitting");

  script("level1", "#!./interpreter 1\n");
  for (int level = 2; level <= 7; level++) {
    char name[16], text[64];
    snprintf(name, sizeof name, "level%d", level);
    snprintf(text, sizeof text, "#!./level%d %d\n", level - 1, level);
    script(name, text);
  }
  for (int level = 1; level <= 7; level++) {
    char name[16];
    snprintf(name, sizeof name, "./level%d", level);
    run(name, name);
  }
  script("itself", "#!./itself\n");
  run("itself", "./itself");

  for (int close_it = 0; close_it < 2; close_it++) {
    int descriptor = open("plain", O_RDONLY | (close_it ? O_CLOEXEC : 0));
    dup3(descriptor, 50, close_it ? O_CLOEXEC : 0);
    close(descriptor);
    pid_t child = fork();
    if (child == 0) {
      char *arguments[] = {"zeroth", "last", NULL};
      syscall(SYS_execveat, 50, "", arguments, environ, AT_EMPTY_PATH);
      _exit(errno);
    }
    int status;
    waitpid(child, &status, 0);
    printf("by descriptor%s: %s\n", close_it ? " closed on execution" : "",
           WEXITSTATUS(status) == 200 ? "exit 200" : strerrorname_np(WEXITSTATUS(status)));
    close(50);
  }
  return finish();
}
