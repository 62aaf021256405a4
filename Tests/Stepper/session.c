// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reads the counters of the session that a victim runs in.
#include "../../Sources/CLayout/include/CLayout.h"
#include "stepper.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

static bool open_mapping(struct tracee *tracee, const char *line) {
  char range[64], path[128];
  unsigned long from, to;
  if (sscanf(line, "%63s", range) != 1 || sscanf(range, "%lx-%lx", &from, &to) != 2)
    return false;
  if (to - from < SW_IMAGE_OFFSET || !strstr(line, "rw-s"))
    return false;
  snprintf(path, sizeof path, "/proc/%d/map_files/%s", tracee->victim, range);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return false;
  void *memory = mmap(NULL, SW_IMAGE_OFFSET, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (memory == MAP_FAILED)
    return false;
  const struct sw_session *session = memory;
  if (session->magic != SW_SESSION_MAGIC) {
    munmap(memory, SW_IMAGE_OFFSET);
    return false;
  }
  tracee->session = memory;
  return true;
}

void session_map(struct tracee *tracee) {
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%d/maps", tracee->victim);
  FILE *maps = fopen(path, "re");
  while (maps && fgets(line, sizeof line, maps))
    if (open_mapping(tracee, line))
      break;
  if (maps)
    fclose(maps);
}

void session_unmap(struct tracee *tracee) {
  if (tracee->session)
    munmap((void *)tracee->session, SW_IMAGE_OFFSET);
  tracee->session = NULL;
}

static uint64_t sum(const uint64_t *calls) {
  uint64_t total = 0;
  for (unsigned i = 0; i < SW_COUNTERS; i++)
    total += calls[i];
  return total;
}

/// All calls that the session counted.
uint64_t session_calls(const struct tracee *tracee) {
  if (!tracee->session)
    return 0;
  const struct sw_session *session = (const void *)tracee->session;
  const struct sw_process *processes = (const void *)(tracee->session + SW_PROCESSES_OFFSET);
  const struct sw_tally *tallies = (const void *)(tracee->session + SW_TALLIES_OFFSET);
  uint64_t total = 0;
  for (uint32_t i = 0; i < SW_PROCESS_ROWS && i <= session->nextProcess; i++)
    total += sum(processes[i].calls);
  for (uint32_t i = 1; i < SW_TALLY_ROWS && i <= session->nextTally + 64; i++)
    total += sum(tallies[i].calls);
  return total;
}
