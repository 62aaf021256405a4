// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Libraries with sites are opened, called, closed, and others opened in their place.
#include "site.h"
#include <dlfcn.h>

static bool use(const char *folder, const char *name, long expected) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s", folder, name);
  void *library = dlopen(path, RTLD_NOW);
  if (!library) {
    printf("wrong: %s\n", dlerror());
    return false;
  }
  site_function *site = (site_function *)dlsym(library, "library_call");
  bool right = site && all_give(site, 10, expected);
  // What is mapped is what the file holds, once it is mapped anew.
  return dlclose(library) == 0 && right;
}

int main(void) {
  start();
  static char folder[4096];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
  folder[length] = 0;
  *(strrchr(folder, '/') + 1) = 0;
  int right = 0;
  for (int round = 0; round < 30; round++) {
    right += use(folder, "library", getpid());
    if (round % 2)
      right += use(folder, "other-library", getppid());
    pid_t child = round % 10 ? -1 : fork();
    if (child == 0)
      _exit(use(folder, "other-library", getppid()) && use(folder, "library", getpid()) ? 3 : 1);
    if (child > 0)
      expect(strcmp(wait_for(child), "exit 3") == 0, "child of round %d", round);
  }
  printf("right: %d\n", right);
  return finish();
}
