// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Memory shared over fork, by anonymous mappings, by memory files and by System V segments.
#include "../target.h"
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/uio.h>

static int private_value = 3;

int main(void) {
  start();
  int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int memory = memfd_create("memory", MFD_ALLOW_SEALING);
  ftruncate(memory, 4096);
  int *mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  int segment = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  int *attached = shmat(segment, NULL, 0);
  shmctl(segment, IPC_RMID, NULL);
  pid_t child = fork();
  if (child == 0) {
    *shared = 11;
    *mapped = 12;
    *attached = 13;
    private_value = 14;
    int count = 0;
    while (__atomic_load_n(&shared[1], __ATOMIC_SEQ_CST) == 0 && count++ < 5000)
      sleep_ms(1);
    _exit(shared[1]);
  }
  for (int tries = 0; tries < 5000 && __atomic_load_n(attached, __ATOMIC_SEQ_CST) == 0; tries++)
    sleep_ms(1);
  printf("anonymous %d, memory file %d, segment %d, private %d\n", *shared, *mapped, *attached,
         private_value);

  // Its memory read and written from outside.
  for (int tries = 0; tries < 5000; tries++) {
    int copy = 0;
    struct iovec here = {&copy, sizeof copy}, there = {&private_value, sizeof private_value};
    ssize_t got = process_vm_readv(child, &here, 1, &there, 1, 0);
    if (got == sizeof copy && copy == 14) {
      puts("read from the child: 14");
      break;
    }
    sleep_ms(1);
  }
  int value = 77;
  struct iovec here = {&value, sizeof value}, there = {&shared[1], sizeof value};
  printf("write into the child: %zd\n", process_vm_writev(child, &here, 1, &there, 1, 0));
  printf("child: %s\n", wait_for(child));
  there.iov_base = (void *)16;
  printf("bad address: %s\n", result(process_vm_readv(getpid(), &here, 1, &there, 1, 0)));

  int read_back = 0;
  pread(memory, &read_back, sizeof read_back, 0);
  printf("memory file read: %d\n", read_back);
  printf("seal: %s\n", result(fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW)));
  printf("shrink: %s\n", result(ftruncate(memory, 100)));
  return finish();
}
