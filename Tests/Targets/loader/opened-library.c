// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Libraries opened while running work, one of them with thread-local variables.
#include "../target.h"
#include <dlfcn.h>

static void *(*globals)(void);
static void *run(void *unused) {
  (void)unused;
  return globals();
}

int main(void) {
  start();
  void *math = dlopen("libm.so.6", RTLD_NOW);
  double (*cosine)(double) = (double (*)(double))dlsym(math, "cos");
  fact(cosine && cosine(0) == 1, "cosine of 0 is 1");
  void *library = dlopen("libstdc++.so.6", RTLD_LAZY);
  globals = (void *(*)(void))dlsym(library, "__cxa_get_globals");
  fact(globals && globals() == globals(), "one variable per thread");
  pthread_t thread;
  void *other;
  pthread_create(&thread, NULL, run, NULL);
  pthread_join(thread, &other);
  fact(other && other != globals(), "another variable in another thread");
  char *(*demangle)(const char *, char *, size_t *, int *) =
      (char *(*)(const char *, char *, size_t *, int *))dlsym(library, "__cxa_demangle");
  int status;
  printf("%s\n", demangle("_Z4maini", NULL, NULL, &status));
  fact(dlopen("libnowhere.so.9", RTLD_NOW) == NULL, "a missing library is not opened");
  fact(dlclose(math) == 0, "closed");
  return finish();
}
