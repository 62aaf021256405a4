// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A file larger than the limit gives SIGXFSZ and EFBIG.
#include "../target.h"

static volatile int caught;
static void handler(int signal) { caught = signal; }

int main(void) {
  start();
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = 1000;
  int file = open("file", O_RDWR | O_CREAT, 0644);
  static char block[600];
  pid_t child = fork();
  if (child == 0) {
    setrlimit(RLIMIT_FSIZE, &limit);
    pwrite(file, block, 1, 2000);
    _exit(1);
  }
  printf("default: %s\n", wait_for(child));
  fflush(stdout);
  child = fork();
  if (child == 0) {
    setrlimit(RLIMIT_FSIZE, &limit);
    signal(SIGXFSZ, handler);
    int good = write(file, block, 600) == 600;
    good += write(file, block, 600) == 400;
    good += write(file, block, 600) == -1 && errno == EFBIG;
    good += caught == SIGXFSZ;
    _exit(good);
  }
  printf("caught: %s\n", wait_for(child));
  return finish();
}
