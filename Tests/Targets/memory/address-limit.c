// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// With little address space left allocations fail, and the program goes on.
#include "../target.h"

static void *nothing(void *unused) { return unused; }

int main(void) {
  start();
  struct rlimit limit = {0, 0};
  // What is used now plus 32 MiB.
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  fscanf(file, "%ld", &pages);
  fclose(file);
  getrlimit(RLIMIT_AS, &limit);
  limit.rlim_cur = (rlim_t)pages * 4096 + (32 << 20);
  printf("setrlimit: %s\n", result(setrlimit(RLIMIT_AS, &limit)));
  void *volatile block = malloc(1 << 20);
  fact(block != NULL, "1 MiB");
  errno = 0;
  block = malloc(512UL << 20);
  fact(block == NULL && errno == ENOMEM, "no 512 MiB");
  printf("mmap: %s\n",
         result((long)mmap(NULL, 512UL << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
  // Until nothing is left.
  long blocks = 0;
  while (mmap(NULL, 65536, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
    blocks++;
  fact(blocks > 100 && blocks < 1000, "hundreds of 64 KiB");
  pthread_t thread;
  printf("thread: %s\n", strerrorname_np(pthread_create(&thread, NULL, nothing, NULL)));
  fact(sbrk(1 << 20) == (void *)-1, "no heap");
  // System calls, handlers and children need none.
  signal(SIGUSR1, SIG_IGN);
  raise(SIGUSR1);
  pid_t child = fork();
  if (child == 0)
    _exit(getppid() > 0 ? 14 : 1);
  printf("child: %s\n", wait_for(child));
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_AS, &limit);
  block = malloc(512UL << 20);
  fact(block != NULL, "512 MiB again");
  return finish();
}
