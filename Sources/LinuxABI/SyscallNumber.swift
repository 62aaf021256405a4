// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Numbers of the system calls that sysweir itself makes or treats specially.

/// A system call number of the x86-64 table.
///
/// - Source: `arch/x86/entry/syscalls/syscall_64.tbl`.
package struct SyscallNumber: RawRepresentable, Equatable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(_ rawValue: UInt64) { self.rawValue = rawValue }

  /// Whether the kernel this was written for (6.18) has a call of this number.
  package var isKnown: Bool { rawValue <= 334 || (424...469).contains(rawValue) }

  /// `read(2)`.
  package static var read: Self { Self(0) }
  /// `write(2)`.
  package static var write: Self { Self(1) }
  /// `open(2)`.
  package static var open: Self { Self(2) }
  /// `close(2)`.
  package static var close: Self { Self(3) }
  /// `stat(2)`.
  package static var stat: Self { Self(4) }
  /// `fstat(2)`.
  package static var fstat: Self { Self(5) }
  /// `lstat(2)`.
  package static var lstat: Self { Self(6) }
  /// `lseek(2)`.
  package static var lseek: Self { Self(8) }
  /// `mmap(2)`.
  package static var mmap: Self { Self(9) }
  /// `mprotect(2)`.
  package static var mprotect: Self { Self(10) }
  /// `munmap(2)`.
  package static var munmap: Self { Self(11) }
  /// `rt_sigaction(2)`.
  package static var signalAction: Self { Self(13) }
  /// `rt_sigprocmask(2)`.
  package static var signalMask: Self { Self(14) }
  /// `rt_sigreturn(2)`.
  package static var signalReturn: Self { Self(15) }
  /// `ioctl(2)`.
  package static var ioctl: Self { Self(16) }
  /// `pread64(2)`.
  package static var pread: Self { Self(17) }
  /// `pwrite64(2)`.
  package static var pwrite: Self { Self(18) }
  /// `access(2)`.
  package static var access: Self { Self(21) }
  /// `sched_yield(2)`.
  package static var yield: Self { Self(24) }
  /// `getpid(2)`.
  package static var getpid: Self { Self(39) }
  /// `clone(2)`.
  package static var clone: Self { Self(56) }
  /// `fork(2)`.
  package static var fork: Self { Self(57) }
  /// `vfork(2)`.
  package static var vfork: Self { Self(58) }
  /// `execve(2)`.
  package static var execve: Self { Self(59) }
  /// `exit(2)`.
  package static var exit: Self { Self(60) }
  /// `ftruncate(2)`.
  package static var ftruncate: Self { Self(77) }
  /// `kill(2)`.
  package static var kill: Self { Self(62) }
  /// `fcntl(2)`.
  package static var fcntl: Self { Self(72) }
  /// `readlink(2)`.
  package static var readlink: Self { Self(89) }
  /// `ptrace(2)`.
  package static var ptrace: Self { Self(101) }
  /// `geteuid(2)`.
  package static var geteuid: Self { Self(107) }
  /// `getegid(2)`.
  package static var getegid: Self { Self(108) }
  /// `rt_sigpending(2)`.
  package static var signalPending: Self { Self(127) }
  /// `rt_sigtimedwait(2)`.
  package static var signalTimedWait: Self { Self(128) }
  /// `rt_sigsuspend(2)`.
  package static var signalSuspend: Self { Self(130) }
  /// `sigaltstack(2)`.
  package static var alternateStack: Self { Self(131) }
  /// `personality(2)`.
  package static var personality: Self { Self(135) }
  /// `prctl(2)`.
  package static var prctl: Self { Self(157) }
  /// `arch_prctl(2)`.
  package static var archControl: Self { Self(158) }
  /// `setrlimit(2)`.
  package static var setResourceLimit: Self { Self(160) }
  /// `gettid(2)`.
  package static var gettid: Self { Self(186) }
  /// `getxattr(2)`.
  package static var getxattr: Self { Self(191) }
  /// `fgetxattr(2)`.
  package static var fgetxattr: Self { Self(193) }
  /// `futex(2)`.
  package static var futex: Self { Self(202) }
  /// `clock_gettime(2)`.
  package static var clockGetTime: Self { Self(228) }
  /// `exit_group(2)`.
  package static var exitGroup: Self { Self(231) }
  /// `tgkill(2)`.
  package static var tgkill: Self { Self(234) }
  /// `openat(2)`.
  package static var openat: Self { Self(257) }
  /// `newfstatat(2)`.
  package static var fstatat: Self { Self(262) }
  /// `readlinkat(2)`.
  package static var readlinkat: Self { Self(267) }
  /// `pselect6(2)`.
  package static var pselect6: Self { Self(270) }
  /// `ppoll(2)`.
  package static var ppoll: Self { Self(271) }
  /// `utimensat(2)`.
  package static var utimensat: Self { Self(280) }
  /// `epoll_pwait(2)`.
  package static var epollWait: Self { Self(281) }
  /// `rt_tgsigqueueinfo(2)`.
  package static var threadSignalQueue: Self { Self(297) }
  /// `prlimit64(2)`.
  package static var prlimit: Self { Self(302) }
  /// `seccomp(2)`.
  package static var seccomp: Self { Self(317) }
  /// `getrandom(2)`.
  package static var getrandom: Self { Self(318) }
  /// `memfd_create(2)`.
  package static var memfdCreate: Self { Self(319) }
  /// `execveat(2)`.
  package static var execveat: Self { Self(322) }
  /// `statx(2)`.
  package static var statx: Self { Self(332) }
  /// `io_pgetevents(2)`.
  package static var ioGetEvents: Self { Self(333) }
  /// `rseq(2)`.
  package static var rseq: Self { Self(334) }
  /// `io_uring_enter(2)`.
  package static var ioUringEnter: Self { Self(426) }
  /// `membarrier(2)`.
  package static var membarrier: Self { Self(324) }
  /// `clone3(2)`.
  package static var clone3: Self { Self(435) }
  /// `close_range(2)`.
  package static var closeRange: Self { Self(436) }
  /// `openat2(2)`.
  package static var openat2: Self { Self(437) }
  /// `faccessat2(2)`.
  package static var faccessat2: Self { Self(439) }
  /// `epoll_pwait2(2)`.
  package static var epollWait2: Self { Self(441) }
}
