// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A mapping that grows down, and the main stack growing by several megabytes.
#include "../target.h"

__attribute__((noinline)) static int deep(int level) {
  volatile char block[10000];
  block[0] = (char)level;
  block[9999] = 1;
  return level == 0 ? 0 : deep(level - 1) + block[9999] + (block[0] == (char)level ? 0 : 1000000);
}

static void *thread(void *unused) {
  (void)unused;
  return (void *)(long)deep(600);
}

int main(void) {
  start();
  printf("deep: %d\n", deep(600));
  pthread_t other;
  void *value;
  pthread_create(&other, NULL, thread, NULL);
  pthread_join(other, &value);
  printf("deep in a thread: %ld\n", (long)value);
  // Room below for it to grow into.
  char *room = mmap(NULL, 4 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(room, 4 << 20);
  char *top = mmap(room + (3 << 20), 4096, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
  bool zero = true;
  for (int page = 0; page < 64; page++) {
    zero &= top[-4096 * page] == 0;
    top[-4096 * page] = (char)page;
  }
  bool kept = true;
  for (int page = 0; page < 64; page++)
    kept &= top[-4096 * page] == (char)page;
  fact(zero && kept, "grown down by 64 pages");
  return finish();
}
