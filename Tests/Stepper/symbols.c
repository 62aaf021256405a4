// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Names places in the monitor by its symbols.
#include "stepper.h"
#include <elf.h>

struct symbol {
  uint64_t address;
  char name[104];
};

static struct symbol *symbols;
static size_t symbol_count;
static uint64_t base, code_start, code_end;
static uint64_t first_code;

static void find_code(const char *monitor) {
  FILE *file = fopen(monitor, "re");
  Elf64_Ehdr head;
  if (!file || fread(&head, sizeof head, 1, file) != 1)
    exit(2);
  for (int i = 0; i < head.e_phnum; i++) {
    Elf64_Phdr segment;
    fseek(file, (long)(head.e_phoff + (unsigned)i * sizeof segment), SEEK_SET);
    if (fread(&segment, sizeof segment, 1, file) != 1)
      exit(2);
    if (segment.p_type == PT_LOAD && segment.p_flags & PF_X)
      first_code = segment.p_vaddr & ~0xfffull;
  }
  fclose(file);
}

void symbols_load(const char *monitor) {
  char command[600], line[1024];
  find_code(monitor);
  snprintf(command, sizeof command, "nm -n '%s'", monitor);
  FILE *list = popen(command, "re");
  while (list && fgets(line, sizeof line, list)) {
    struct symbol symbol;
    char kind;
    if (sscanf(line, "%lx %c %103s", &symbol.address, &kind, symbol.name) != 3)
      continue;
    if (kind != 't' && kind != 'T')
      continue;
    symbols = realloc(symbols, (symbol_count + 1) * sizeof symbol);
    symbols[symbol_count++] = symbol;
  }
  if (list)
    pclose(list);
}

/// Takes the mapping around an address above the program for the monitor's code.
void symbols_base(pid_t pid, uint64_t rip) {
  if (rip < 0x1000000 || (rip >= code_start && rip < code_end))
    return;
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%d/maps", pid);
  FILE *maps = fopen(path, "re");
  while (maps && fgets(line, sizeof line, maps)) {
    uint64_t from, to;
    if (sscanf(line, "%lx-%lx", &from, &to) == 2 && rip >= from && rip < to) {
      base = from - first_code;
      code_start = from;
      code_end = to;
    }
  }
  if (maps)
    fclose(maps);
}

uint64_t symbols_offset(uint64_t rip) { return rip - base; }

/// `symbol+offset` of an address, in a buffer that the next call overwrites.
const char *symbols_name(uint64_t rip) {
  static char text[160];
  const struct symbol *found = NULL;
  if (rip < code_start || rip >= code_end) {
    snprintf(text, sizeof text, "program %#lx", rip);
    return text;
  }
  for (size_t i = 0; i < symbol_count && symbols[i].address <= rip - base; i++)
    found = &symbols[i];
  snprintf(text, sizeof text, "%s+%#lx (%#lx)", found ? found->name : "?",
           rip - base - (found ? found->address : 0), rip - base);
  return text;
}
