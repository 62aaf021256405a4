// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What /proc/self says about the program: path, arguments, name, maps, stack.
// args: first second
#include "../target.h"

static ssize_t slurp(const char *path, char *buffer, size_t size) {
  int descriptor = open(path, O_RDONLY);
  ssize_t length = 0, got;
  while ((got = read(descriptor, buffer + length, size - 1 - (size_t)length)) > 0)
    length += got;
  close(descriptor);
  buffer[length] = 0;
  return length;
}

int main(int argc, char **argv) {
  start();
  static char text[65536];
  ssize_t length = readlink("/proc/self/exe", text, sizeof text - 1);
  text[length] = 0;
  fact(strcmp(text, argv[0]) == 0, "exe is the path");
  printf("its name: %s\n", strrchr(text, '/') + 1);
  length = slurp("/proc/self/cmdline", text, sizeof text);
  const char *at = text;
  for (int index = 0; index < argc; index++) {
    expect(strcmp(at, argv[index]) == 0, "argument %d", index);
    at += strlen(at) + 1;
  }
  fact(at == text + length, "cmdline is the arguments");
  length = slurp("/proc/self/environ", text, sizeof text);
  fact(!environ[0] || strcmp(text, environ[0]) == 0, "environ begins as the environment");
  slurp("/proc/self/comm", text, sizeof text);
  printf("comm: %s", text);
  char name[17] = {0};
  prctl(PR_GET_NAME, name);
  printf("PR_GET_NAME: %s\n", name);
  prctl(PR_SET_NAME, "another");
  slurp("/proc/self/comm", text, sizeof text);
  printf("comm: %s", text);

  free(malloc(1000));
  FILE *maps = fopen("/proc/self/maps", "r");
  bool code = false, data = false, stack = false, heap = false, vdso = false;
  unsigned long low, high, stack_high = 0;
  char permissions[5], line[1024];
  while (fgets(line, sizeof line, maps)) {
    sscanf(line, "%lx-%lx %4s", &low, &high, permissions);
    line[strcspn(line, "\n")] = 0;
    char *path = strchr(line, '/');
    if (path && strcmp(path, argv[0]) == 0) {
      code |= strcmp(permissions, "r-xp") == 0 && (uint64_t)&main >= low && (uint64_t)&main < high;
      data |= strcmp(permissions, "rw-p") == 0;
    }
    if (strstr(line, "[stack]")) {
      stack |= (uint64_t)&low >= low && (uint64_t)&low < high;
      stack_high = high;
    }
    heap |= strstr(line, "[heap]") && (uint64_t)sbrk(0) > low && (uint64_t)sbrk(0) <= high;
    vdso |= strstr(line, "[vdso]") != NULL;
  }
  fclose(maps);
  fact(code, "maps shows the code");
  fact(data, "maps shows the data");
  fact(stack, "maps shows the stack");
  fact(heap, "maps shows the heap");
  fact(vdso, "maps shows the vDSO");

  slurp("/proc/self/stat", text, sizeof text);
  unsigned long fields[60] = {0};
  char *field = strrchr(text, ')') + 2;
  for (int number = 3; number < 53; number++) {
    fields[number] = strtoul(field, NULL, 10);
    field = strchr(field, ' ');
    field = field ? field + 1 : "";
  }
  fact(fields[4] == (unsigned long)getppid(), "stat: parent");
  fact(fields[5] == (unsigned long)getpgrp(), "stat: group");
  fact(fields[28] > (uint64_t)&low && fields[28] < stack_high, "stat: start of the stack");
  fact(fields[20] == 1, "stat: one thread");
  return finish();
}
