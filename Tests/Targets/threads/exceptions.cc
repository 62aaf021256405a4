// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Exceptions in many threads at once, each with its own state, and thread-local objects.
#include "../target.h"
#include <mutex>
#include <string>
#include <thread>
#include <vector>

static std::mutex mutex;
static int destroyed;

struct Local {
  std::string text = "fresh";
  ~Local() {
    std::lock_guard<std::mutex> guard(mutex);
    destroyed++;
  }
};
static thread_local Local local;

static int descend(int depth) {
  std::string block(100, 'x');
  if (depth == 0)
    throw depth + 5;
  return descend(depth - 1) + (int)block.size();
}

int main() {
  start();
  std::vector<std::thread> threads;
  std::vector<int> caught(8), fresh(8);
  for (int index = 0; index < 8; index++)
    threads.emplace_back([&, index] {
      fresh[index] = local.text == "fresh";
      local.text = std::to_string(index);
      for (int round = 0; round < 500; round++)
        try {
          getppid();
          descend(round % 20);
        } catch (int value) {
          caught[index] += value;
        }
    });
  for (auto &thread : threads)
    thread.join();
  for (int index = 0; index < 8; index++)
    printf("thread %d: caught %d, fresh %d\n", index, caught[index], fresh[index]);
  printf("destroyed: %d\n", destroyed);
  return finish();
}
