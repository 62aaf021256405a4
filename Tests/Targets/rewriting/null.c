// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Calls and reads through null pointers, and other faults, are as they are before any site is hot.
#include "site.h"
#include <setjmp.h>

SHORT_SITE(pid, 39)
static sigjmp_buf back;
static siginfo_t seen;
static greg_t rip;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  seen = *info;
  rip = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
  siglongjmp(back, 1);
}

static void call_it(uint64_t address) { ((void (*)(void))address)(); }
static void read_it(uint64_t address) { (void)*(volatile char *)address; }
static void halt(uint64_t unused) {
  (void)unused;
  __asm__ volatile("hlt");
}

static void fault(const char *what, void (*how)(uint64_t), uint64_t address) {
  memset(&seen, 0, sizeof seen);
  if (sigsetjmp(back, 1) == 0) {
    how(address);
    printf("%s: nothing\n", what);
  } else {
    printf("%s: signal %d, code %d, address %lx, rip there %d\n", what, seen.si_signo, seen.si_code,
           (unsigned long)seen.si_addr, (uint64_t)rip == address);
  }
}

static void all(void) {
  fault("call of null", call_it, 0);
  fault("read of null", read_it, 0);
  fault("call of 39", call_it, 39);
  fault("call of 0xfff0", call_it, 0xfff0);
  fault("read of 0xfff0", read_it, 0xfff0);
  fault("read of a crooked address", read_it, 0x8000000000000000);
  fault("halt", halt, 0);
}

int main(void) {
  start();
  on(SIGSEGV, handler, 0);
  on(SIGBUS, handler, 0);
  all();
  fact(all_give(pid, 20, getpid()), "a site");
  all();
  // `hlt` where a move stood before a site.
  uint8_t *page = pages(4096, PROT_READ | PROT_WRITE);
  for (int is_long = 0; is_long < 2; is_long++) {
    site_function *site = put_site(page + 64, SYS_getpid, is_long);
    seal(page, 4096);
    fact(all_give(site, 20, getpid()), "a site in a page");
    unseal(page, 4096);
    page[64 + SITE_MOVE] = 0xf4;
    seal(page, 4096);
    fault("halt before a call", call_it, (uint64_t)(page + 64));
    printf("at the move: %d\n", rip == (greg_t)(page + 64 + SITE_MOVE));
    unseal(page, 4096);
  }
  return finish();
}
