// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A command, found and looked into, ready to be started.

/// What the first process of a session will run.
struct Program: ~Copyable {
  /// The file that is loaded, which for a script is its interpreter.
  let executable: Descriptor
  /// The file of its dynamic linker.
  let interpreter: Descriptor?
  /// The path that execve would have been given; the target finds it as AT_EXECFN.
  let name: NativeString
  /// The arguments, the zeroth included.
  let arguments: [NativeString]
  /// Natively it would get another user or group id, which a monitored program never does.
  let changesIdentity: Bool

  /// Number of the dynamic linker's descriptor, -1 if there is none.
  var interpreterNumber: Int32 {
    switch interpreter {
    case .some(let file): file.rawNumber
    case .none: -1
    }
  }
}
