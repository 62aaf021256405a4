// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Lets a signal land at every instruction between a call and its return, one per round.
// usage: stepper [--native] [--trap T] [--rewritten] [--cases A,B] [--variants A,B] [--kinds A,B]
// [--every N]
//                [--verbose] SYSWEIR MONITOR VICTIM
#include "stepper.h"
#include <getopt.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <time.h>
#include <unistd.h>

static const char *const variants[] = {"plain", "restart", "onstack", "nodefer",
                                       "jump",  "blocked", "ignored"};

/// What is sent at a position; the first set is delivered together.
static const struct kind {
  const char *name;
  int signals[2];
  /// Whether only the plain and the blocked variant are worth the time.
  bool is_extra;
  /// Whether it is sent while the thread sleeps in the kernel.
  bool is_late;
} kinds[] = {{"usr1", {SIGUSR1, 0}, false, false},
             {"pair", {SIGUSR1, SIGUSR2}, true, false},
             {"segv", {SIGSEGV, 0}, true, false},
             {"sys", {SIGSYS, 0}, true, false},
             {"bus", {SIGBUS, 0}, true, false},
             {"segv-usr1", {SIGSEGV, SIGUSR1}, true, false},
             {"sys-segv", {SIGSYS, SIGSEGV}, true, false},
             {"late-usr1", {SIGUSR1, 0}, false, true},
             {"late-segv", {SIGSEGV, 0}, true, true},
             {"late-sys", {SIGSYS, 0}, true, true}};
enum { KINDS = sizeof kinds / sizeof *kinds, VARIANTS = sizeof variants / sizeof *variants };

static struct options options = {.every = 1};
static struct tracee tracee;
static size_t missed, passed, failed, all_passed, all_failed, shown;

static bool is_in(const char *list, const char *name) {
  size_t length = strlen(name);
  for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
    if (strncmp(at, name, length) == 0 && (at[length] == ',' || at[length] == 0))
      return true;
  return list == NULL;
}

/// What the session had counted and the victim made before the round.
static uint64_t counted_before, made_before;
/// Whether this is the first round of a victim, before which nothing was counted.
static bool is_first;

static void begin_round(void) {
  memset((void *)tracee.shared->injected, 0, sizeof tracee.shared->injected);
  tracee.shared->serial++;
  tracee.wants_child = (tracee.shared->flags & CASE_STEPS_CHILD) != 0;
}

/// Runs to the first position: the begin marker, or the first instruction of the child.
static enum event to_start(void) {
  tracee.resume = PTRACE_CONT;
  if (!tracee.wants_child)
    return STEPPED;
  pid_t parent = tracee.focus;
  tracee.focus = 0;
  tracee_continue(&tracee, parent, 0);
  return tracee_wait(&tracee, 5);
}

/// Goes on by one instruction. A `popf` is run to its end and not stepped: the kernel would take
/// the trap flag for the program's own from there on.
static enum event step(void) {
  uint64_t rip = tracee_rip(tracee.focus);
  bool pops = (ptrace(PTRACE_PEEKTEXT, tracee.focus, rip, 0) & 0xff) == 0x9d;
  tracee.resume = pops ? PTRACE_CONT : PTRACE_SINGLESTEP;
  if (pops)
    tracee_break(&tracee, rip + 1);
  tracee_continue(&tracee, tracee.focus, 0);
  enum event event = tracee_wait(&tracee, 5);
  if (pops && tracee.focus)
    tracee_break(&tracee, 0);
  return event;
}

static void add(struct path *path, uint64_t rip) {
  if (path->count == path->capacity) {
    path->capacity = path->capacity * 2 + 1024;
    path->positions = realloc(path->positions, path->capacity * sizeof *path->positions);
  }
  path->positions[path->count++] = (struct position){rip, 0};
}

/// Counts earlier visits, by a table that is addressed by rip.
static void count_visits(struct path *path) {
  enum { SLOTS = 1 << 18 };
  static struct position slots[SLOTS];
  memset(slots, 0, sizeof slots);
  for (size_t i = 0; i < path->count; i++) {
    struct position *at = &path->positions[i];
    size_t slot = at->rip * 0x9e3779b97f4a7c15u >> 46;
    while (slots[slot].rip && slots[slot].rip != at->rip)
      slot = (slot + 1) % SLOTS;
    slots[slot].rip = at->rip;
    at->earlier = slots[slot].earlier;
    // A breakpoint does not stop at every repetition of one instruction.
    slots[slot].earlier += i == 0 || at[-1].rip != at->rip;
  }
}

/// After the end marker or the end of the focus: on to the verdict.
static enum event to_verdict(enum event event) {
  tracee.resume = PTRACE_CONT;
  if (event == AT_END) {
    pid_t pid = tracee.focus;
    tracee_break(&tracee, 0);
    tracee_untrap(pid);
    tracee_continue(&tracee, pid, 0);
    event = tracee_wait(&tracee, 5);
  }
  while (event == FOCUS_GONE || event == STEPPED || event == AT_END) {
    if (event != FOCUS_GONE)
      tracee_continue(&tracee, tracee.focus, 0);
    event = tracee_wait(&tracee, 5);
  }
  return event;
}

static enum event to_begin(void) {
  is_first = false;
  counted_before = session_calls(&tracee);
  made_before = tracee.shared->calls;
  tracee.focus = 0;
  tracee.resume = PTRACE_CONT;
  ptrace(PTRACE_CONT, tracee.victim, 0, 0);
  return tracee_wait(&tracee, 5);
}

/// The earlier position from which the fewest stops lead to this one.
static size_t approach(const struct path *path, size_t index) {
  size_t best = 0, cost = index;
  for (size_t i = index + 1; i-- > 0 && index - i < cost;) {
    if (i > 0 && path->positions[i - 1].rip == path->positions[i].rip)
      continue;
    size_t stops = path->positions[i].earlier + 1 + (index - i);
    if (stops < cost) {
      cost = stops;
      best = i;
    }
  }
  return best;
}

/// Brings the focus to a position: by breakpoint to a place near it, by steps from there.
static enum event reach(const struct path *path, size_t index) {
  enum event event = to_start();
  size_t near = approach(path, index);
  if (near > 0) {
    tracee_break(&tracee, path->positions[near].rip);
    for (uint32_t i = 0; event == STEPPED && i <= path->positions[near].earlier; i++) {
      tracee_continue(&tracee, tracee.focus, 0);
      event = tracee_wait(&tracee, 5);
    }
    if (tracee.focus)
      tracee_break(&tracee, 0);
  }
  for (size_t i = near; event == STEPPED && i < index; i++)
    event = step();
  tracee.resume = PTRACE_CONT;
  if (event == STEPPED)
    tracee_untrap(tracee.focus);
  return event;
}

static void fall_asleep(void) {
  tracee_continue(&tracee, tracee.focus, 0);
  tracee_await_sleep(tracee.focus);
}

static void inject(const struct kind *kind) {
  for (int i = 0; i < 2 && kind->signals[i]; i++)
    tracee_inject(&tracee, kind->signals[i], kind->signals[i] != SIGSYS);
}

/// What the kernel blocks at the end marker, but for what stepping itself changes.
static uint64_t mask_at_end;
static const uint64_t reserved =
    1ull << (SIGSEGV - 1) | 1ull << (SIGBUS - 1) | 1ull << (SIGSYS - 1);

static bool is_injected, is_delayed;

/// Whether a signal that was sent has not come although the call is over.
static bool is_outstanding(void) {
  const struct shared *shared = tracee.shared;
  for (int i = 1; i <= 64 && is_injected && shared->prompt; i++)
    if (shared->ran[i] < shared->injected[i] && !(shared->flags & CASE_MERGES))
      return true;
  return false;
}

static enum event finish_round(enum event event) {
  mask_at_end = ~0ull;
  is_delayed = event == AT_END && is_outstanding();
  if (event == STEPPED) {
    tracee_continue(&tracee, tracee.focus, 0);
    event = tracee_wait(&tracee, 5);
    is_delayed = event == AT_END && is_outstanding();
  }
  if (event == AT_END && !(tracee.shared->flags & (CASE_STEPS_CHILD | CASE_EXECS)))
    mask_at_end = tracee_mask(tracee.focus);
  return to_verdict(event);
}

static void fail(const char *why, uint64_t rip, size_t index) {
  failed++;
  if (shown++ < (options.verbose ? 1000 : 6))
    printf("  position %zu, %s: %s\n", index, symbols_name(rip), why);
}

static void judge(enum event event, uint64_t rip, size_t index) {
  char text[640];
  const struct shared *shared = tracee.shared;
  if (event == TIMED_OUT || event == VICTIM_GONE) {
    snprintf(text, sizeof text, "%s, status %x%s%s",
             event == TIMED_OUT ? "hangs" : "the victim is gone", tracee.status,
             shared->message[0] ? ": " : "", shared->message);
    fail(text, rip, index);
    return;
  }
  uint64_t hidden = options.native ? 0 : reserved;
  if (shared->message[0]) {
    fail((const char *)shared->message, rip, index);
  } else if (is_delayed) {
    fail("the signal has not come when the call returns", rip, index);
  } else if (mask_at_end != ~0ull && mask_at_end != (shared->mask & ~hidden)) {
    snprintf(text, sizeof text, "the kernel's mask is %lx, the victim's %lx", mask_at_end,
             shared->mask);
    fail(text, rip, index);
  } else if (tracee.session && !is_first && !shared->lost_count &&
             !(shared->flags & CASE_UNCOUNTED) &&
             session_calls(&tracee) - counted_before != shared->calls - made_before) {
    snprintf(text, sizeof text, "%ld calls were counted, %ld made",
             (long)(session_calls(&tracee) - counted_before), (long)(shared->calls - made_before));
    fail(text, rip, index);
  } else {
    passed++;
  }
}

/// Whether a position is worth its time: repetitions of one instruction are not.
static bool is_worth(const struct path *path, size_t index) {
  const struct position *at = path->positions;
  uint64_t rip = at[index].rip;
  bool same = index > 1 && at[index - 1].rip == rip && at[index - 2].rip == rip;
  bool last = index + 1 >= path->count || at[index + 1].rip != rip;
  if (tracee.shared->flags & CASE_EXECS && at[index].earlier > 0)
    return false;
  return (!same || last) && index % options.every == 0;
}

/// Rounds before the first that is looked at: then sites that can be are rewritten.
static bool warm_up(void) {
  for (int round = 0; round < 3; round++) {
    begin_round();
    if (finish_round(to_start()) != AT_VERDICT || to_begin() != AT_BEGIN)
      return false;
  }
  return true;
}

/// Steps one round without a signal and remembers the way.
static bool record(struct path *path) {
  path->count = 0;
  if (options.rewritten && !warm_up())
    return false;
  begin_round();
  enum event event = to_start();
  uint64_t start = tracee_rip(tracee.focus);
  while (event == STEPPED) {
    uint64_t rip = tracee_rip(tracee.focus);
    if (path->count == 0 || rip != start)
      add(path, rip);
    symbols_base(tracee.focus, rip);
    event = step();
  }
  count_visits(path);
  event = to_verdict(event);
  if (event == AT_VERDICT && tracee.shared->message[0])
    printf("  without a signal: %s\n", tracee.shared->message);
  return event == AT_VERDICT && to_begin() == AT_BEGIN;
}

static bool launch(const char *name, const char *variant) {
  session_unmap(&tracee);
  is_first = true;
  if (!tracee_start(&tracee, &options, name, variant)) {
    printf("  does not start, status %x\n", tracee.status);
    tracee_stop(&tracee);
    return false;
  }
  if (!options.native)
    session_map(&tracee);
  return true;
}

/// A new victim in the place of one that was lost; its monitor may lie elsewhere.
static bool relaunch(const char *name, const char *variant, struct path *path) {
  tracee_stop(&tracee);
  return launch(name, variant) && record(path);
}

static bool one_position(const struct path *path, size_t index, const struct kind *kind) {
  begin_round();
  is_injected = false;
  enum event event = reach(path, index);
  uint64_t rip = path->positions[index].rip;
  missed += event != STEPPED;
  if (event != STEPPED && options.verbose)
    printf("  missed position %zu, %s\n", index, symbols_name(rip));
  if (event == STEPPED) {
    rip = tracee_rip(tracee.focus);
    symbols_base(tracee.focus, rip);
    if (kind->is_late)
      fall_asleep();
    inject(kind);
    is_injected = true;
    is_injected &= !kind->is_late;
    if (kind->is_late)
      event = tracee_wait(&tracee, 5);
  }
  event = finish_round(event);
  judge(event, rip, index);
  return event == AT_VERDICT && to_begin() == AT_BEGIN;
}

/// Whether the monitor, or the victim without it, makes the call here.
static bool is_call(const struct path *path, size_t index) {
  uint64_t rip = path->positions[index].rip;
  uint64_t bytes = (uint64_t)ptrace(PTRACE_PEEKTEXT, tracee.focus, rip, 0);
  return (bytes & 0xffff) == 0x050f && (index > 0 || options.native);
}

static bool is_wanted(unsigned flags, const char *variant, const struct kind *kind) {
  bool blocked = strcmp(variant, "blocked") == 0, ignored = strcmp(variant, "ignored") == 0;
  if (kind->is_extra && strcmp(variant, "plain") != 0 && !blocked && !ignored)
    return false;
  if (kind->is_late && !(flags & CASE_SLEEPS))
    return false;
  if (flags & CASE_SECCOMP && (!options.trap || strcmp(options.trap, "seccomp") != 0))
    return false;
  if (strcmp(variant, "jump") == 0 && flags & (CASE_ENDS | CASE_FORKS | CASE_MERGES | CASE_SECCOMP))
    return false;
  if (flags & CASE_EXECS)
    return blocked || ignored;
  if (flags & CASE_STEPS_CHILD && blocked)
    return false;
  if (ignored)
    return false;
  return !(flags & CASE_BLOCKED) || blocked;
}

/// How often a position is tried; when a sleeping thread is hit is a matter of luck.
static unsigned rounds_at(const struct path *path, size_t index, const struct kind *kind) {
  return kind->is_late ? is_call(path, index) ? 4 : 0 : is_worth(path, index);
}

static void run_kind(struct path *path, const char *name, const char *variant,
                     const struct kind *kind) {
  tracee.shared->sleep = kind->is_late ? 20000000 : 200000;
  missed = passed = failed = shown = 0;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  bool runs = true;
  for (size_t i = 0; runs && i < path->count; i++)
    for (unsigned round = rounds_at(path, i, kind); runs && round > 0; round--)
      runs = one_position(path, i, kind) || relaunch(name, variant, path);
  clock_gettime(CLOCK_MONOTONIC, &to);
  printf("%s %s %s: %zu positions of %zu, %zu missed, %zu failed, %.1f s\n", name, variant,
         kind->name, passed + failed, path->count, missed, failed,
         (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9);
  fflush(stdout);
  all_passed += passed;
  all_failed += failed;
}

static void run_variant(const char *name, unsigned flags, const char *variant) {
  struct path path = {0};
  bool runs = false;
  for (unsigned i = 0; i < KINDS; i++) {
    if (!is_in(options.kinds, kinds[i].name) || !is_wanted(flags, variant, &kinds[i]))
      continue;
    if (!runs && !(launch(name, variant) && record(&path))) {
      printf("%s %s: the way without a signal fails, status %x\n", name, variant, tracee.status);
      all_failed++;
      tracee_stop(&tracee);
      break;
    }
    runs = true;
    run_kind(&path, name, variant, &kinds[i]);
  }
  if (runs)
    tracee_stop(&tracee);
  free(path.positions);
}

static void run_all(void) {
  char command[600], name[64];
  unsigned flags;
  snprintf(command, sizeof command, "'%s' list", options.victim);
  FILE *list = popen(command, "re");
  struct {
    char name[64];
    unsigned flags;
  } cases[128];
  size_t count = 0;
  while (list && count < 128 && fscanf(list, "%63s %u", name, &flags) == 2) {
    strcpy(cases[count].name, name);
    cases[count++].flags = flags;
  }
  if (list)
    pclose(list);
  for (size_t i = 0; i < count; i++)
    for (unsigned j = 0; is_in(options.cases, cases[i].name) && j < VARIANTS; j++)
      if (is_in(options.variants, variants[j]))
        run_variant(cases[i].name, cases[i].flags, variants[j]);
}

static struct shared *make_shared(void) {
  int file = memfd_create("stepper", 0);
  if (file < 0 || ftruncate(file, sizeof(struct shared)) != 0 || dup2(file, SHARED_DESCRIPTOR) < 0)
    exit(2);
  close(file);
  return mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_DESCRIPTOR,
              0);
}

static void parse(int argc, char **argv) {
  static const struct option known[] = {
      {"native", 0, 0, 'n'}, {"rewritten", 0, 0, 'r'}, {"trap", 1, 0, 't'},
      {"cases", 1, 0, 'c'},  {"variants", 1, 0, 'v'},  {"kinds", 1, 0, 'k'},
      {"every", 1, 0, 'e'},  {"verbose", 0, 0, 'V'},   {0, 0, 0, 0}};
  for (int option; (option = getopt_long(argc, argv, "+", known, NULL)) != -1;) {
    switch (option) {
    case 'n':
      options.native = true;
      break;
    case 'r':
      options.rewritten = true;
      break;
    case 't':
      options.trap = optarg;
      break;
    case 'c':
      options.cases = optarg;
      break;
    case 'v':
      options.variants = optarg;
      break;
    case 'k':
      options.kinds = optarg;
      break;
    case 'e':
      options.every = strtoul(optarg, NULL, 10);
      break;
    case 'V':
      options.verbose = true;
      break;
    default:
      exit(2);
    }
  }
  if (argc - optind != 3 || options.every == 0)
    exit(2);
  options.sysweir = argv[optind];
  options.monitor = argv[optind + 1];
  options.victim = argv[optind + 2];
}

int main(int argc, char **argv) {
  parse(argc, argv);
  tracee.shared = make_shared();
  symbols_load(options.monitor);
  run_all();
  printf("%zu passed, %zu failed\n", all_passed, all_failed);
  return all_failed != 0;
}
