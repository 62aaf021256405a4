// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Changes to an address space that cannot be undone: sealing, and what /proc shows of it.

#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NR_MSEAL = 462, PAGE = 4096 };

int probe_mseal(void) {
  void *page = mmap(0, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED)
    return errno;
  if (syscall(NR_MSEAL, page, PAGE, 0))
    return errno;
  return mprotect(page, PAGE, PROT_READ | PROT_WRITE) && errno == EPERM ? 0 : PROBE_SILENT;
}

/// Field `index` of /proc/self/stat, counted from 1 as proc(5) does, from 3 on.
static unsigned long field(const char *stat, int index) {
  const char *text = strrchr(stat, ')');
  for (int i = 2; text && i < index; i++)
    text = strchr(text + 1, ' ');
  return text ? strtoul(text + 1, 0, 10) : 0;
}

/// The map as it stands: setting it changes nothing.
static int present_map(struct prctl_mm_map *map) {
  static char stat[2048];
  int file = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return errno;
  ssize_t count = read(file, stat, sizeof stat - 1);
  if (count <= 0)
    return EIO;
  close(file);
  *map = (struct prctl_mm_map){
      .start_code = field(stat, 26),
      .end_code = field(stat, 27),
      .start_stack = field(stat, 28),
      .start_data = field(stat, 45),
      .end_data = field(stat, 46),
      .start_brk = field(stat, 47),
      .arg_start = field(stat, 48),
      .arg_end = field(stat, 49),
      .env_start = field(stat, 50),
      .env_end = field(stat, 51),
      .brk = (unsigned long)sbrk(0),
      .exe_fd = (unsigned)-1,
  };
  return 0;
}

int probe_memory_map(int with_executable) {
  unsigned size = 0;
  if (prctl(PR_SET_MM, PR_SET_MM_MAP_SIZE, &size, 0, 0))
    return errno;
  struct prctl_mm_map map;
  if (size != sizeof map)
    return PROBE_SILENT;
  int error = present_map(&map);
  if (error)
    return error;
  if (with_executable) {
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (file < 0)
      return errno;
    map.exe_fd = (unsigned)file;
  }
  if (!prctl(PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0))
    return 0;
  // The link is held by our own mapped file: the kernel got that far only with the privilege.
  return with_executable && errno == EBUSY ? 0 : errno;
}
