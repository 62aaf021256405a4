// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Starting processes and reading what they print.

internal import Glibc
internal import LinuxABIHosted
internal import Session

extension ProcessRun {
  /// Runs it to its end, with nothing to read on standard input.
  func end() throws(BenchError) -> ProcessEnd {
    var pipes: [Int32] = [-1, -1]
    // SAFETY: the array has room for the two numbers that pipe(2) writes.
    if keepsOutput, unsafe pipe(&pipes) != 0 { throw failure(errno) }
    defer { pipes.forEach { if $0 >= 0 { close($0) } } }
    pipes.forEach { if $0 >= 0 { _ = fcntl($0, F_SETFD, FD_CLOEXEC) } }
    let beginning = ProcessRun.now()
    let child = try spawn(output: pipes[1])
    if pipes[1] >= 0 { close(pipes[1]) }
    pipes[1] = -1
    let output = pipes[0] >= 0 ? ProcessRun.drain(pipes[0]) : []
    var status: Int32 = 0
    var usage = rusage()
    // SAFETY: both structures are ours and live over the call, which fills them.
    while unsafe wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw failure(errno) }
    }
    return ProcessEnd(
      status: status, output: output, wall: ProcessRun.now() - beginning,
      processor: ProcessorTime(user: usage.ru_utime.nanoseconds, system: usage.ru_stime.nanoseconds)
    )
  }

  private func failure(_ error: Int32) -> BenchError {
    .notStarted(command.first?.description ?? "", Errno(rawValue: error).message)
  }

  private func spawn(output: Int32) throws(BenchError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    // SAFETY: initialized here, before any other use, and destroyed at the end.
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for stream: Int32 in [1, 2] {
      if output >= 0 {
        unsafe posix_spawn_file_actions_adddup2(&actions, output, stream)
      } else {
        unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
      }
    }
    // SAFETY: strdup copies each word, which withCString ends in NUL; all are freed below.
    var words = unsafe command.map { unsafe $0.withCString { unsafe strdup($0) } } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    // SAFETY: the vector ends in nil and lives over the call; nobody changes the environment.
    let error = unsafe command[0].withCString { name in
      unsafe posix_spawnp(&child, name, &actions, nil, &words, environ)
    }
    guard error == 0 else { throw failure(error) }
    return child
  }

  /// All that is written until nobody can write any more.
  private static func drain(_ file: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 16384)
    while true {
      // SAFETY: the kernel writes at most the count that the array itself names.
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += piece[..<count]
    }
  }

  /// Nanoseconds of the monotonic clock.
  private static func now() -> Double {
    var time = timespec()
    // SAFETY: the structure is ours and is filled before it is read.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

extension timeval {
  fileprivate var nanoseconds: Double { Double(tv_sec) * 1e9 + Double(tv_usec) * 1e3 }
}
