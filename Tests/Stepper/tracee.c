// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Starts, resumes, stops and interrupts the traced processes.
#include "stepper.h"
#include <errno.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

static const long trace_options = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                                  PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;

static void execute(const struct options *options, const char *name, const char *variant) {
  char trap[32] = "sud";
  if (options->trap)
    snprintf(trap, sizeof trap, "%s", options->trap);
  char *dispatch = options->rewritten ? "eager" : "trap";
  char *sysweir[] = {(char *)options->sysweir,
                     "run",
                     "--trap",
                     trap,
                     "--dispatch",
                     dispatch,
                     "--stats=/dev/null",
                     "--",
                     (char *)options->victim,
                     (char *)name,
                     (char *)variant,
                     NULL};
  char **vector = options->native ? sysweir + 8 : sysweir;
  personality(ADDR_NO_RANDOMIZE);
  setpgid(0, 0);
  ptrace(PTRACE_TRACEME, 0, 0, 0);
  raise(SIGSTOP);
  execv(vector[0], vector);
  _exit(127);
}

bool tracee_start(struct tracee *tracee, const struct options *options, const char *name,
                  const char *variant) {
  struct shared *shared = tracee->shared;
  memset(shared, 0, sizeof *shared);
  memset(tracee, 0, sizeof *tracee);
  shared->sleep = 200000;
  tracee->shared = shared;
  tracee->resume = PTRACE_CONT;
  tracee->root = fork();
  if (tracee->root == 0)
    execute(options, name, variant);
  tracee->known[tracee->known_count++] = tracee->root;
  int status;
  waitpid(tracee->root, &status, 0);
  ptrace(PTRACE_SETOPTIONS, tracee->root, 0, trace_options);
  ptrace(PTRACE_CONT, tracee->root, 0, 0);
  return tracee_wait(tracee, 10) == AT_BEGIN;
}

void tracee_stop(struct tracee *tracee) {
  int status;
  kill(-tracee->root, SIGKILL);
  for (int i = 0; i < tracee->known_count; i++)
    kill(tracee->known[i], SIGKILL);
  while (waitpid(-1, &status, __WALL) > 0 || errno == EINTR)
    ;
}

void tracee_continue(struct tracee *tracee, pid_t pid, int signal) {
  int how = pid == tracee->focus ? tracee->resume : PTRACE_CONT;
  ptrace(how, pid, 0, (long)signal);
}

uint64_t tracee_rip(pid_t pid) {
  return (uint64_t)ptrace(PTRACE_PEEKUSER, pid, offsetof(struct user, regs.rip), 0);
}

/// Sets the one breakpoint of the focus; 0 takes it away.
void tracee_break(struct tracee *tracee, uint64_t address) {
  long control = address ? 1 : 0;
  tracee->breakpoint = address;
  ptrace(PTRACE_POKEUSER, tracee->focus, offsetof(struct user, u_debugreg[0]), address);
  ptrace(PTRACE_POKEUSER, tracee->focus, offsetof(struct user, u_debugreg[7]), control);
}

/// Takes away the trap flag, which the kernel takes for the program's own behind a `popf`.
void tracee_untrap(pid_t pid) {
  const size_t place = offsetof(struct user, regs.eflags);
  long flags = ptrace(PTRACE_PEEKUSER, pid, place, 0);
  ptrace(PTRACE_POKEUSER, pid, place, flags & ~0x100L);
}

uint64_t tracee_mask(pid_t pid) {
  uint64_t mask = 0;
  ptrace(PTRACE_GETSIGMASK, pid, sizeof mask, &mask);
  return mask;
}

static pid_t process_of(pid_t tid) {
  char path[64], line[128];
  snprintf(path, sizeof path, "/proc/%d/status", tid);
  FILE *status = fopen(path, "re");
  pid_t pid = tid;
  while (status && fgets(line, sizeof line, status))
    if (sscanf(line, "Tgid: %d", &pid) == 1)
      break;
  if (status)
    fclose(status);
  return pid;
}

/// Sends a signal to the focus: with a payload, or as kill(2) does.
void tracee_inject(struct tracee *tracee, int signal, bool queued) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = signal;
  info.si_code = SI_QUEUE;
  info.si_value.sival_ptr = (void *)tracee->shared->serial;
  tracee->shared->injected[signal]++;
  pid_t process = process_of(tracee->focus);
  if (queued)
    syscall(SYS_rt_tgsigqueueinfo, process, tracee->focus, signal, &info);
  else
    syscall(SYS_tgkill, process, tracee->focus, signal);
}

/// Waits until a thread sleeps in the kernel.
void tracee_await_sleep(pid_t tid) {
  char path[64], text[256];
  snprintf(path, sizeof path, "/proc/%d/stat", tid);
  for (int i = 0; i < 50; i++) {
    FILE *stat = fopen(path, "re");
    bool sleeps = stat && fgets(text, sizeof text, stat) && strstr(text, ") S");
    if (stat)
      fclose(stat);
    if (sleeps)
      return;
    usleep(100);
  }
}

static bool is_known(const struct tracee *tracee, pid_t pid) {
  for (int i = 0; i < tracee->known_count; i++)
    if (tracee->known[i] == pid)
      return true;
  return false;
}

static void forget(struct tracee *tracee, pid_t pid) {
  for (int i = 0; i < tracee->known_count; i++)
    if (tracee->known[i] == pid)
      tracee->known[i] = tracee->known[--tracee->known_count];
}

/// Whether the first stop of a new thread is one that the stepper waits for.
static bool meet(struct tracee *tracee, pid_t pid) {
  if (tracee->known_count < 64)
    tracee->known[tracee->known_count++] = pid;
  if (!tracee->wants_child)
    return false;
  tracee->wants_child = false;
  tracee->focus = pid;
  return true;
}

/// What a trap of a thread means; -1 if nothing.
static int trapped(struct tracee *tracee, pid_t pid) {
  const struct shared *shared = tracee->shared;
  uint64_t rip = tracee_rip(pid);
  if (rip == shared->begin && pid != tracee->focus) {
    tracee->focus = pid;
    tracee->victim = shared->victim;
    return AT_BEGIN;
  }
  if (pid == tracee->victim && rip == shared->verdict)
    return AT_VERDICT;
  if (pid != tracee->focus)
    return -1;
  return rip == shared->end ? AT_END : STEPPED;
}

static int stopped(struct tracee *tracee, pid_t pid, int status) {
  int signal = WSTOPSIG(status);
  if (status >> 16) {
    // An exec takes the breakpoint away.
    if (status >> 16 == PTRACE_EVENT_EXEC && pid == tracee->focus && tracee->breakpoint)
      tracee_break(tracee, tracee->breakpoint);
    return tracee_continue(tracee, pid, 0), -1;
  }
  if (signal == SIGSTOP && !is_known(tracee, pid)) {
    if (meet(tracee, pid))
      return STEPPED;
    return tracee_continue(tracee, pid, 0), -1;
  }
  if (signal == SIGTRAP) {
    int event = trapped(tracee, pid);
    if (event < 0)
      tracee_continue(tracee, pid, 0);
    return event;
  }
  tracee_continue(tracee, pid, signal);
  return -1;
}

static int ended(struct tracee *tracee, pid_t pid, int status) {
  forget(tracee, pid);
  if (pid == tracee->victim || pid == tracee->root) {
    tracee->status = status;
    return VICTIM_GONE;
  }
  if (pid != tracee->focus)
    return -1;
  tracee->focus = 0;
  return FOCUS_GONE;
}

static volatile bool is_late;

static void on_alarm(int signal) {
  (void)signal;
  is_late = true;
}

/// Lets everything run until something happens to the focus; its resumption is the caller's.
enum event tracee_wait(struct tracee *tracee, unsigned seconds) {
  struct sigaction action = {.sa_handler = on_alarm};
  sigaction(SIGALRM, &action, NULL);
  is_late = false;
  alarm(seconds);
  for (;;) {
    int status;
    pid_t pid = waitpid(-1, &status, __WALL);
    // A victim that faults for ever does not let the tracer wait.
    if (is_late)
      return TIMED_OUT;
    if (pid < 0)
      return errno == EINTR ? TIMED_OUT : VICTIM_GONE;
    int event = WIFSTOPPED(status) ? stopped(tracee, pid, status) : ended(tracee, pid, status);
    if (event < 0)
      continue;
    alarm(0);
    return (enum event)event;
  }
}
