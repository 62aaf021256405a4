// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// From a command line to the file that is loaded, over any scripts between.

import ExecutableHosted
import LinuxABIHosted

/// A command line on its way through the scripts that it names.
private struct CommandLineInProgress {
  /// The file that is looked at.
  var path: NativeString
  /// The file that the user named, which may be a script.
  let original: NativeString
  var arguments: [NativeString]
}

extension Program {
  private static let shell: NativeString = "/bin/sh"
  /// The kernel's limit on scripts that interpret scripts.
  ///
  /// - Source: `exec_binprm` of the kernel's fs/exec.c.
  private static let deepestScript = 5

  /// Finds a command and follows its `#!` lines as the kernel does.
  ///
  /// - Throws: what makes it impossible to start, before any process is made.
  static func find(
    _ command: [NativeString], path: NativeString?
  ) throws(SessionError) -> Program {
    guard let first = command.first else { throw .commandNotFound("") }
    let name = try CommandSearch(command: first, path: path).find()
    return try resolve(
      CommandLineInProgress(path: name, original: name, arguments: command), name: name)
  }

  private static func resolve(
    _ start: CommandLineInProgress, name: NativeString
  ) throws(SessionError) -> Program {
    var line = start
    for _ in 0...deepestScript {
      let file = try open(line)
      let head = try read(file, line.path)
      if try advance(&line, head) { continue }
      if isProgram(head) {
        return try load(file, line, name: name)
      }
      // The kernel refuses a text, and execvp then gives it to the shell.
      guard line.path == name else {
        throw .badInterpreter(program: line.original, interpreter: line.path, .noExec)
      }
      let arguments = [shell, line.path] + start.arguments.dropFirst()
      return try resolve(
        CommandLineInProgress(path: shell, original: name, arguments: arguments), name: shell)
    }
    throw .interpreterLoop(line.original)
  }

  /// Whether it is for the loader to take or to refuse, and not for a shell.
  private static func isProgram(_ head: [UInt8]) -> Bool {
    let kind = head.withRawSpan { FileKind.of($0) }
    if kind == .script { return false }
    return kind != .unknown || head.prefix { $0 != UInt8(ascii: "\n") }.contains(0)
  }

  /// Takes one step if the file is a script whose first line can be used.
  private static func advance(
    _ line: inout CommandLineInProgress, _ head: [UInt8]
  ) throws(SessionError) -> Bool {
    let script = head.withRawSpan { bytes in try? ScriptLine(bytes) }
    guard let script else { return false }
    let interpreter = NativeString(head[script.interpreter])
    let argument = script.argument.map { [NativeString(head[$0])] } ?? []
    line.arguments.replaceSubrange(0..<1, with: [interpreter] + argument + [line.path])
    line.path = interpreter
    return true
  }

  private static func open(_ line: CommandLineInProgress) throws(SessionError) -> Descriptor {
    if line.path != line.original {
      return try openInterpreter(line.path, of: line.original)
    }
    do {
      return try Descriptor.open(line.path)
    } catch {
      throw error == .access ? .unreadable(line.path) : .unusable(line.path, error)
    }
  }

  private static func read(
    _ file: borrowing Descriptor, _ path: NativeString
  ) throws(SessionError) -> [UInt8] {
    do { return try file.read(ScriptLine.size) } catch { throw .unusable(path, error) }
  }

  private static func load(
    _ file: consuming Descriptor, _ line: CommandLineInProgress, name: NativeString
  ) throws(SessionError) -> Program {
    let wanted = try ImageCheck(file, line.path, role: .program).interpreter
    let linker: Descriptor? =
      if let wanted { try openLinker(wanted, of: line.path) } else { nil }
    let changesIdentity = file.changesIdentity
    return Program(
      executable: file, interpreter: linker, name: name, arguments: line.arguments,
      changesIdentity: changesIdentity)
  }

  private static func openLinker(
    _ path: NativeString, of program: NativeString
  ) throws(SessionError) -> Descriptor {
    let file = try openInterpreter(path, of: program)
    _ = try ImageCheck(file, path, role: .interpreter)
    return file
  }

  private static func openInterpreter(
    _ path: NativeString, of program: NativeString
  ) throws(SessionError) -> Descriptor {
    do throws(Errno) {
      if let error = path.executeError { throw error }
      return try Descriptor.open(path)
    } catch {
      throw .badInterpreter(program: program, interpreter: path, error)
    }
  }
}
