// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Every failing execution gives its error; the program goes on and no descriptor is left over.
#include "../target.h"
#include <elf.h>

static char *self;
static int before;
static volatile int caught;
static void handler(int signal) { caught = signal; }

static void fail(const char *what, const char *path, char *const *arguments) {
  static char *const usual[] = {"name", "executed", NULL};
  errno = 0;
  long value = syscall(SYS_execve, path, arguments ? arguments : usual, environ);
  printf("%s: %s\n", what, result(value));
  caught = 0;
  raise(SIGUSR1);
  expect(caught == SIGUSR1, "handler after: %s", what);
  expect(open_descriptors() == before, "descriptors after: %s", what);
}

static void write_file(const char *path, const void *bytes, size_t size, mode_t mode) {
  int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
  write(descriptor, bytes, size);
  fchmod(descriptor, mode);
  close(descriptor);
}

int main(int argc, char **argv) {
  start();
  self = argv[0];
  if (argc > 1 && strcmp(argv[1], "executed") == 0) {
    puts("executed");
    return 4;
  }
  signal(SIGUSR1, handler);
  before = open_descriptors();
  // The beginning of this program, to be spoilt.
  static char elf[1 << 20];
  int descriptor = open(self, O_RDONLY);
  ssize_t size = read(descriptor, elf, sizeof elf);
  close(descriptor);

  fail("missing", "/nowhere/program", NULL);
  fail("empty path", "", NULL);
  write_file("plain", elf, (size_t)size, 0644);
  fail("not executable", "plain", NULL);
  fail("directory", "/", NULL);
  fail("file as directory", "plain/x", NULL);
  symlink("one", "two");
  symlink("two", "one");
  fail("links in a circle", "one", NULL);
  symlink("nowhere", "dangling");
  fail("dangling link", "dangling", NULL);
  char name[4097];
  memset(name, 'n', sizeof name);
  name[300] = 0;
  fail("long name", name, NULL);
  memset(name, '/', sizeof name);
  fail("long path", name, NULL);
  fail("device", "/dev/null", NULL);
  mkfifo("fifo", 0777);
  fail("pipe", "fifo", NULL);

  write_file("text", "echo hello\n", 11, 0755);
  fail("text without #!", "text", NULL);
  write_file("empty", "", 0, 0755);
  fail("empty file", "empty", NULL);
  write_file("cut-4", elf, 4, 0755);
  fail("4 bytes of ELF", "cut-4", NULL);
  write_file("cut-64", elf, 64, 0755);
  fail("only the ELF header", "cut-64", NULL);

  Elf64_Ehdr *header = (Elf64_Ehdr *)elf, old = *header;
  header->e_machine = EM_AARCH64;
  write_file("machine", elf, (size_t)size, 0755);
  fail("another machine", "machine", NULL);
  *header = old;
  header->e_type = ET_REL;
  write_file("relocatable", elf, (size_t)size, 0755);
  fail("a relocatable file", "relocatable", NULL);
  *header = old;
  header->e_phentsize = 55;
  write_file("entry-size", elf, (size_t)size, 0755);
  fail("wrong size of program headers", "entry-size", NULL);
  *header = old;
  header->e_phnum = 0;
  write_file("no-headers", elf, (size_t)size, 0755);
  fail("no program headers", "no-headers", NULL);
  *header = old;
  header->e_phoff = 1UL << 40;
  write_file("far-headers", elf, (size_t)size, 0755);
  fail("program headers beyond the file", "far-headers", NULL);
  *header = old;

  Elf64_Phdr *headers = (Elf64_Phdr *)(elf + header->e_phoff);
  for (int index = 0; index < header->e_phnum; index++) {
    if (headers[index].p_type != PT_INTERP)
      continue;
    char *interpreter = elf + headers[index].p_offset;
    char saved[256];
    memcpy(saved, interpreter, headers[index].p_filesz);
    interpreter[1] = 'X';
    write_file("interpreter", elf, (size_t)size, 0755);
    fail("missing interpreter", "interpreter", NULL);
    strcpy(interpreter, "/dev/null");
    write_file("interpreter", elf, (size_t)size, 0755);
    fail("interpreter is a device", "interpreter", NULL);
    interpreter[headers[index].p_filesz - 1] = 'x';
    write_file("interpreter", elf, (size_t)size, 0755);
    fail("interpreter without its zero", "interpreter", NULL);
    memcpy(interpreter, saved, headers[index].p_filesz);
    memset(interpreter, '/', headers[index].p_filesz - 1);
    write_file("interpreter", elf, (size_t)size, 0755);
    fail("interpreter is a directory", "interpreter", NULL);
    memcpy(interpreter, saved, headers[index].p_filesz);
    Elf64_Phdr kept = headers[index];
    headers[index].p_filesz = 1;
    write_file("interpreter", elf, (size_t)size, 0755);
    fail("interpreter too short", "interpreter", NULL);
    headers[index] = kept;
  }

  write_file("busy", elf, (size_t)size, 0755);
  descriptor = open("busy", O_WRONLY | O_CLOEXEC);
  before++;
  fail("open for writing", "busy", NULL);
  close(descriptor);
  before--;

  struct rlimit limit = {8 << 20, RLIM_INFINITY};
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = 8 << 20;
  setrlimit(RLIMIT_STACK, &limit);
  char *large = malloc(200000);
  memset(large, 'a', 199999);
  large[199999] = 0;
  char *one_large[] = {"name", large, NULL};
  fail("an argument of 200000 bytes", self, one_large);
  large[100000] = 0;
  static char *forty[42];
  for (int index = 0; index < 40; index++)
    forty[index] = large;
  fail("4 MB of arguments", self, forty);
  fail("arguments at a bad address", self, (char *const *)16);
  char *bad[] = {"name", (char *)16, NULL};
  fail("an argument at a bad address", self, bad);
  fail("path at a bad address", (const char *)16, NULL);

  // What was spoilt only by the way it was tried works after all.
  pid_t child = fork();
  if (child == 0) {
    fail("not failing", "busy", NULL);
    _exit(1);
  }
  printf("%s\n", wait_for(child));
  return finish();
}
