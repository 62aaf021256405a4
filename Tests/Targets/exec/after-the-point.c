// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Files that only fail when the old program is gone: the process is killed.
#include "../target.h"
#include <elf.h>

static char elf[1 << 20];
static ssize_t size;

static void run(const char *what) {
  int descriptor = open("spoilt", O_WRONLY | O_CREAT | O_TRUNC, 0755);
  write(descriptor, elf, (size_t)size);
  close(descriptor);
  pid_t child = fork();
  if (child == 0) {
    execl("./spoilt", "./spoilt", "executed", NULL);
    _exit(errno);
  }
  printf("%s: %s\n", what, wait_for(child));
}

int main(int argc, char **argv) {
  start();
  if (argc > 1) {
    puts("executed");
    return 5;
  }
  int descriptor = open(argv[0], O_RDONLY);
  size = read(descriptor, elf, sizeof elf);
  close(descriptor);
  Elf64_Ehdr *header = (Elf64_Ehdr *)elf;
  Elf64_Phdr *headers = (Elf64_Phdr *)(elf + header->e_phoff);
  int last = 0;
  for (int index = 0; index < header->e_phnum; index++)
    if (headers[index].p_type == PT_LOAD)
      last = index;
  run("as it is");
  Elf64_Phdr old = headers[last];
  headers[last].p_vaddr = 0xffff800000000000 + old.p_vaddr % 4096;
  run("a segment in the kernel");
  headers[last] = old;
  headers[last].p_memsz = headers[last].p_filesz - 1;
  run("a segment smaller in memory than in the file");
  headers[last] = old;
  headers[last].p_memsz = 1UL << 47;
  run("a segment of 128 TiB");
  headers[last] = old;
  uint64_t entry = header->e_entry;
  for (int index = 0; index < header->e_phnum; index++)
    if (headers[index].p_type == PT_INTERP)
      headers[index].p_type = PT_NULL;
  header->e_entry = 0x10; // in the read-only headers
  run("an entry without code");
  header->e_entry = entry;
  return finish();
}
