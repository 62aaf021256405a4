// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A monitor that monitors nothing: it takes the ticket as the real one does and executes the
// program natively, so that the supervisor can be tested alone.

#define _GNU_SOURCE
#include "CLayout.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  _exit(125);
}

static struct sw_session *map(int file) {
  struct sw_session *session =
      mmap(NULL, SW_IMAGE_OFFSET, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (session == MAP_FAILED || session->magic != SW_SESSION_MAGIC)
    fail("session");
  return session;
}

/// Leaves a child that has the session mapped for so many milliseconds, as a target would.
static void hold(const char *milliseconds) {
  if (fork() == 0) {
    usleep((useconds_t)atoi(milliseconds) * 1000);
    _exit(0);
  }
}

/// Leaves a child that makes a file when the kernel says that the supervisor has died.
static void await_orphanage(const struct sw_session *session, const char *path) {
  const uint32_t owner_died = 0x40000000;
  if (fork() != 0)
    return;
  for (int i = 0; i < 1000; i++) {
    if (__atomic_load_n(&session->owner, __ATOMIC_ACQUIRE) & owner_died)
      _exit(close(creat(path, 0600)));
    usleep(10 * 1000);
  }
  _exit(1);
}

/// Does as the environment says: a monitor's crash, or counters to be shown.
static void pretend(struct sw_session *session, const struct sw_ticket_head *ticket) {
  struct sw_process *row =
      (struct sw_process *)((char *)session + SW_PROCESSES_OFFSET) + ticket->process;
  row->pid = (uint32_t)getpid();
  memcpy(row->name, "standin", 8);
  if (getenv("STANDIN_COUNTS"))
    for (unsigned i = 0; i < SW_COUNTERS; i++)
      row->calls[i] = i + 1;
  if (getenv("STANDIN_HOLD"))
    hold(getenv("STANDIN_HOLD"));
  if (getenv("STANDIN_ORPHAN"))
    await_orphanage(session, getenv("STANDIN_ORPHAN"));
  if (getenv("STANDIN_FAULT")) {
    session->fault = (struct sw_fault){.pid = row->pid, .tid = row->pid, .signal = SIGSEGV};
    session->fault.offset = strtoull(getenv("STANDIN_FAULT"), NULL, 16);
    session->fault.filled = 1;
    _exit(125);
  }
}

int main(int argc, char **argv, char **environment) {
  (void)argc;
  const char *name = (const char *)getauxval(AT_EXECFN);
  int image = atoi(strrchr(name, '/') + 1);
  int file = (int)lseek(image, 0, SEEK_CUR);
  struct sw_ticket ticket;
  if (pread(file, &ticket, sizeof ticket, 0) < (ssize_t)sizeof ticket.head ||
      ticket.head.magic != SW_TICKET_MAGIC)
    fail("ticket");
  pretend(map(ticket.head.session), &ticket.head);
  close(image);
  close(file);
  close(ticket.head.session);
  close(ticket.head.interpreter);
  if (ticket.head.executable > 2)
    fcntl(ticket.head.executable, F_SETFD, FD_CLOEXEC);
  syscall(SYS_execveat, ticket.head.executable, "", argv, environment, AT_EMPTY_PATH);
  fail(ticket.name);
}
