// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Makes one call again and again and checks what a signal in the middle of it did.
// usage: victim list | victim CASE VARIANT
#include "victim.h"
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/wait.h>

struct shared *shared;
uint64_t mask_before, mask_after, mask_waiting, base_mask;
char child_stack[65536];

static const struct step_case *current;
static sigjmp_buf jump;
static bool jumps, on_stack, no_defer, all_blocked;
static int restarts;
static char *site, *after;
static char alternate[65536];

extern char __executable_start, etext;

void wrong(const char *format, ...) {
  if (shared->message[0])
    return;
  va_list list;
  va_start(list, format);
  vsnprintf(shared->message, sizeof shared->message, format, list);
  va_end(list);
}

static void check_registers(const ucontext_t *context, bool done) {
  const greg_t *regs = context->uc_mcontext.gregs;
  static const int kept[] = {REG_RBX, REG_RBP, REG_R12, REG_R13, REG_R14, REG_R15};
  static const int given[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
  for (int i = 0; i < 6; i++) {
    if ((uint64_t)regs[kept[i]] != call_kept[i])
      wrong("handler: kept register %d is %llx", i, regs[kept[i]]);
    if ((uint64_t)regs[given[i]] != call_arguments[i + 1])
      wrong("handler: argument register %d is %llx", i, regs[given[i]]);
  }
  uint64_t stack = (uint64_t)regs[REG_RSP];
  if (stack != call_stack && stack != (uint64_t)(child_stack + sizeof child_stack))
    wrong("handler: rsp is %lx", stack);
  const uint64_t resume = 1 << 16 | 1 << 8; // and what stepping itself sets
  if (((uint64_t)regs[REG_EFL] & ~resume) != (call_flags & ~resume))
    wrong("handler: flags are %llx", regs[REG_EFL]);
  if (!done && (uint64_t)regs[REG_RAX] != call_arguments[0])
    wrong("handler: rax at the site is %llx", regs[REG_RAX]);
  if (memcmp(context->uc_mcontext.fpregs->_xmm, call_pattern, 256) != 0)
    wrong("handler: vectors at the call differ");
}

static void check_site(const ucontext_t *context) {
  char *rip = (char *)context->uc_mcontext.gregs[REG_RIP];
  if (rip != site && rip != after)
    return;
  bool done = rip == after;
  long result = context->uc_mcontext.gregs[REG_RAX];
  long made = current->effects ? current->effects() : -1;
  bool interrupted = done && result == -EINTR;
  if (!(current->flags & (CASE_I386 | CASE_NO_SITE)))
    check_registers(context, done);
  if (made >= 0 && made != (done && !interrupted))
    wrong("handler: %s with result %ld, but made %ld times", done ? "behind" : "at the site",
          result, made);
  uint64_t mask;
  memcpy(&mask, &context->uc_sigmask, sizeof mask);
  if (mask != (done && result == 0 ? mask_after : mask_before))
    wrong("handler: mask in the frame is %lx", mask);
}

static void check_stacks(const ucontext_t *context) {
  char here;
  char *top = alternate + sizeof alternate;
  bool inside = &here > alternate && &here < top;
  if (current->flags & CASE_THREAD)
    return;
  if (inside != on_stack)
    wrong("handler: runs on the wrong stack");
  if (on_stack && context->uc_stack.ss_sp != alternate)
    wrong("handler: the frame shows stack %p", context->uc_stack.ss_sp);
  if (!on_stack && context->uc_stack.ss_size != 0)
    wrong("handler: the frame shows a stack at %p", context->uc_stack.ss_sp);
}

static void check_mask(int signal, const ucontext_t *context) {
  uint64_t before, now = queried_mask();
  memcpy(&before, &context->uc_sigmask, sizeof before);
  uint64_t own = no_defer ? 0 : bit(signal);
  // A wait's own mask is in force while its handlers run.
  bool waits = current->flags & CASE_WAITS && now == (mask_waiting | own);
  if (now != (before | own) && !waits)
    wrong("handler: mask is %lx, the frame's is %lx", now, before);
}

void on_signal(int signal, siginfo_t *info, void *argument) {
  const ucontext_t *context = argument;
  uint64_t direction;
  __asm__ volatile("pushfq\n pop %0\n cld" : "=r"(direction));
  char *rip = (char *)context->uc_mcontext.gregs[REG_RIP];
  __atomic_fetch_add(&shared->ran[signal], 1, __ATOMIC_RELAXED);
  shared->found = (uint64_t)rip;
  if (rip < &__executable_start || rip >= &etext)
    wrong("handler: rip %p is not in the program", (void *)rip);
  if (direction & 0x400)
    wrong("handler: starts with flags %lx", direction);
  if (info->si_code == SI_QUEUE && signal != SIGRTMIN &&
      info->si_value.sival_ptr != (void *)shared->serial)
    wrong("handler: payload is %p", info->si_value.sival_ptr);
  if (info->si_signo != signal || info->si_code > 0)
    wrong("handler: signal %d, code %d", info->si_signo, info->si_code);
  check_site(context);
  check_stacks(context);
  check_mask(signal, context);
  raw(SYS_getppid, 0, 0, 0, 0, 0, 0);
  if (jumps && signal != SIGRTMIN)
    siglongjmp(jump, rip == after ? 2 : 1);
  __atomic_fetch_add(&shared->calls, 1, __ATOMIC_RELAXED); // the return
}

static void install(int signal) {
  struct sigaction action = {0};
  action.sa_sigaction = on_signal;
  action.sa_flags =
      SA_SIGINFO | restarts | (on_stack ? SA_ONSTACK : 0) | (no_defer ? SA_NODEFER : 0);
  if (sigaction(signal, &action, NULL) != 0)
    abort();
}

static const int handled[] = {SIGUSR1, SIGUSR2, SIGSEGV, SIGSYS, SIGBUS};

static void install_all(void) {
  for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
    install(handled[i]);
  install(SIGRTMIN);
  stack_t stack = {.ss_sp = alternate, .ss_size = sizeof alternate};
  if (on_stack && sigaltstack(&stack, NULL) != 0)
    abort();
}

static void ignore_all(void) {
  for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
    signal(handled[i], SIG_IGN);
}

static void check_kept(void) {
  for (int i = 0; i < 6; i++)
    if (call_after[i] != call_kept[i])
      wrong("after: kept register %d is %lx", i, call_after[i]);
  for (int i = 0; i < 6; i++)
    if (call_after[i + 6] != call_arguments[i + 1])
      wrong("after: argument register %d is %lx", i, call_after[i + 6]);
  if (!(current->flags & CASE_FORKS) && call_after[12] != (uint64_t)after)
    wrong("after: rcx is %lx", call_after[12]);
  if ((call_after[13] & ~0x10100ull) != call_flags)
    wrong("after: r11 is %lx", call_after[13]);
}

static void check_state(void) {
  if (!(current->flags & (CASE_I386 | CASE_NO_SITE)))
    check_kept();
  if (!(current->flags & CASE_NO_SITE) && call_after[14] != call_flags)
    wrong("after: flags are %lx", call_after[14]);
  if (memcmp(call_vectors, call_pattern, 256) != 0)
    wrong("after: vectors differ");
  if (!(current->flags & CASE_NO_SITE) && memcmp(call_zone, call_pattern, 128) != 0)
    wrong("after: the red zone differs");
}

static bool check_result(void) {
  long result = (long)call_result;
  long made = current->effects ? current->effects() : -1;
  bool sent = false;
  for (int i = 1; i <= 64; i++)
    sent |= shared->injected[i] != 0;
  bool may = sent && current->flags & CASE_INTERRUPTED;
  if (all_blocked && !(current->flags & CASE_WAITS))
    may = false;
  if (restarts && current->flags & CASE_RESTARTS)
    may = false;
  bool interrupted = result == -EINTR && may;
  if (made >= 0 && made != !interrupted)
    wrong("after: result %ld, but made %ld times", result, made);
  if (!interrupted && !current->right(result))
    wrong("after: result %ld", result);
  return !interrupted;
}

static void check_ran(const char *when) {
  for (int i = 1; i <= 64; i++) {
    uint64_t expected = shared->injected[i] + shared->own[i];
    bool merges = current->flags & CASE_MERGES && expected > 0;
    if (shared->ran[i] != expected && !(merges && shared->ran[i] < expected))
      wrong("%s: the handler of %d ran %lu times, expected %lu", when, i, shared->ran[i], expected);
  }
}

/// With everything blocked no handler may have run yet; then all must.
static void check_handlers(void) {
  if (all_blocked && !(current->flags & (CASE_WAITS | CASE_MERGES)))
    for (int i = 1; i <= 64; i++)
      if (shared->ran[i] > shared->own[i])
        wrong("after: the handler of blocked %d ran", i);
  if (all_blocked) {
    jumps = false;
    set_mask(mask_before & ~base_mask);
    set_mask(mask_before);
  }
  check_ran("after");
}

static void make_call(void) {
  shared->calls++;
  if (current->flags & CASE_I386)
    call_i386();
  else if (current->flags & CASE_SECCOMP)
    call_vsyscall();
  else if (current->flags & CASE_FORKS)
    call_child();
  else
    call_plain();
}

static void ending_round(void) {
  long child = raw(SYS_fork, 0, 0, 0, 0, 0, 0);
  if (child == 0) {
    make_call();
    wrong("after: the call came back with %ld", (long)call_result);
    raw(SYS_exit_group, 99, 0, 0, 0, 0, 0);
  }
  int status = -1;
  long got;
  do
    got = raw(SYS_wait4, child, (long)&status, 0, 0, 0, 0);
  while (got == -EINTR);
  if (got != child || !current->right(status))
    wrong("after: child %ld gave %ld, status %x", child, got, status);
  for (int i = 1; i <= 64; i++)
    if (!(current->flags & CASE_EXECS) && shared->ran[i] > shared->injected[i])
      wrong("after: the handler of %d ran %lu times", i, shared->ran[i]);
}

/// After a jump out of the handler: the call was made if it stood behind it.
static void after_jump(int where) {
  long made = current->effects ? current->effects() : -1;
  bool done = where == 2;
  if (made == 0 && done && !(current->flags & CASE_INTERRUPTED))
    wrong("after the jump: not made");
  if (made > done)
    wrong("after the jump: made %ld times", made);
  if (!done && (char *)shared->found == site)
    shared->calls--;
  else if (!done)
    shared->lost_count = 1;
  if (made > 0)
    current->right((long)call_result);
  for (int i = 1; i <= 64; i++)
    if (shared->ran[i] < shared->injected[i] ||
        shared->ran[i] > shared->injected[i] + shared->own[i])
      wrong("after the jump: the handler of %d ran %lu times", i, shared->ran[i]);
}

/// Writes `mov $number, %eax` before the call, as compilers do, so that its site can be rewritten.
static void fix_number(void) {
  unsigned char code[5] = {0xb8};
  uint64_t number = call_arguments[0];
  char *page = (char *)((uint64_t)plain_move & ~4095ul);
  static bool is_fixed;
  if (is_fixed || number >= 1 << 16 ||
      mprotect(page, 8192, PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
    return;
  is_fixed = true;
  memcpy(code + 1, &number, 4);
  memcpy(plain_move, code, sizeof code);
  mprotect(page, 8192, PROT_READ | PROT_EXEC);
}

static void round_once(void) {
  memset((void *)shared->ran, 0, sizeof shared->ran);
  memset((void *)shared->own, 0, sizeof shared->own);
  shared->lost_count = 0;
  mask_before = mask_after = base_mask;
  current->before();
  fix_number();
  if (current->flags & CASE_ENDS) {
    ending_round();
    return;
  }
  int where = jumps ? sigsetjmp(jump, 0) : 0;
  if (where) {
    set_mask(mask_before);
    after_jump(where);
    return;
  }
  make_call();
  shared->mask = queried_mask();
  bool done = check_result();
  uint64_t expected = done ? mask_after : mask_before;
  if (shared->mask != expected)
    wrong("after: mask is %lx, expected %lx", shared->mask, expected);
  check_state();
  check_handlers();
}

static void use_site(char *at, char *behind, char *end) {
  site = at;
  after = behind;
  shared->begin = (uint64_t)at;
  shared->end = (uint64_t)end;
}

static void use_plain_site(void) {
  use_site(&plain_site, &plain_after, &plain_end);
  shared->begin = (uint64_t)plain_move;
}

static void choose_site(void) {
  shared->flags = current->flags;
  shared->victim = getpid();
  shared->verdict = (uint64_t)&verdict_end;
  if (current->flags & CASE_I386)
    use_site(&i386_site, &i386_after, &i386_end);
  else if (current->flags & CASE_SECCOMP)
    use_site(&vsyscall_site, &vsyscall_after, &vsyscall_end);
  else if (current->flags & CASE_FORKS)
    use_site(&child_site, &child_after, &child_end);
  else
    use_plain_site();
  if (current->flags & CASE_EXECS)
    shared->end = (uint64_t)&exec_end;
}

static void choose_variant(const char *variant) {
  jumps = strcmp(variant, "jump") == 0;
  on_stack = strcmp(variant, "onstack") == 0;
  no_defer = strcmp(variant, "nodefer") == 0;
  restarts = strcmp(variant, "restart") == 0 ? SA_RESTART : 0;
  all_blocked = strcmp(variant, "blocked") == 0;
  if (all_blocked)
    for (unsigned i = 0; i < sizeof handled / sizeof *handled; i++)
      base_mask |= bit(handled[i]);
}

static void list(void) {
  for (unsigned i = 0; i < case_count; i++)
    printf("%s %u\n", cases[i].name, cases[i].flags);
}

/// What CASE_EXECS executes: lets in what it inherited, and says how much that was.
static int executed(void) {
  call_end();
  static const struct step_case none = {.flags = CASE_THREAD | CASE_NO_SITE};
  current = &none;
  if ((queried_mask() & bit(SIGUSR1)) != 0)
    install_all();
  shared->mask = 0;
  set_mask(0);
  long ran = 0;
  for (int i = 1; i <= 64; i++)
    ran += (long)shared->ran[i];
  return shared->message[0] ? 99 : (int)(20 + ran);
}

int main(int argc, char **argv) {
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED_DESCRIPTOR, 0);
  if (argc == 2 && strcmp(argv[1], "list") == 0) {
    list();
    return 0;
  }
  if (argc == 2 && strcmp(argv[1], "executed") == 0)
    return executed();
  if (argc != 3 || shared == MAP_FAILED)
    return 2;
  for (unsigned i = 0; i < case_count; i++)
    if (strcmp(cases[i].name, argv[1]) == 0)
      current = &cases[i];
  if (!current)
    return 2;
  choose_variant(argv[2]);
  choose_site();
  shared->prompt = !all_blocked && strcmp(argv[2], "ignored") != 0;
  if (strcmp(argv[2], "ignored") == 0)
    ignore_all();
  else
    install_all();
  if (current->setup)
    current->setup();
  set_mask(base_mask);
  for (;;) {
    round_once();
    call_verdict();
    shared->message[0] = 0;
  }
}
