// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Syscall User Dispatch: is a blocked call really turned into a signal?

#define _GNU_SOURCE
#include "trial.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { SET_USER_DISPATCH = 59, EXCLUSIVE = 1, INCLUSIVE = 2 };
enum { ALLOW = 0, BLOCK = 1, CODE_USER_DISPATCH = 2 };

static volatile char selector;
static volatile struct probe_caught caught;

static void on_sigsys(int signal, siginfo_t *info, void *context) {
  (void)signal, (void)context;
  caught.code = info->si_code;
  caught.error = info->si_errno;
  selector = ALLOW;
}

void probe_catch(void) {
  caught.code = caught.error = 0;
  struct sigaction action = {.sa_sigaction = on_sigsys, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  sigaction(SIGSYS, &action, 0);
}

struct probe_caught probe_caught(void) {
  return (struct probe_caught){caught.code, caught.error};
}

// One call whose place in memory is known: getppid.
extern const char probe_site[], probe_site_end[];
__asm__(".pushsection .text\n"
        "probe_site:\n"
        "  mov $110, %eax\n"
        "  syscall\n"
        "  ret\n"
        "  nop\n"
        "probe_site_end:\n"
        ".popsection\n");

static void call_site(void) {
  __asm__ volatile("call probe_site" : : : "rax", "rcx", "r11", "memory", "cc");
}

static int try_with(int mode, unsigned long start, unsigned long length) {
  probe_catch();
  selector = ALLOW;
  if (prctl(SET_USER_DISPATCH, mode, start, length, &selector))
    return errno;
  selector = BLOCK;
  call_site();
  selector = ALLOW;
  return probe_caught().code == CODE_USER_DISPATCH ? 0 : PROBE_SILENT;
}

int probe_user_dispatch(void) { return try_with(EXCLUSIVE, 0, 0); }

int probe_user_dispatch_inclusive(void) {
  unsigned long start = (unsigned long)probe_site;
  return try_with(INCLUSIVE, start, (unsigned long)probe_site_end - start);
}
