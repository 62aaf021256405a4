// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Format errors in words, for people: what was expected, what was found, what to do.

#if !hasFeature(Embedded)
  extension FormatError: CustomStringConvertible {
    /// Where, what was expected, what was found, and what the user can do.
    package var description: String {
      "offset 0x\(String(offset, radix: 16)): \(difference); \(advice)"
    }

    private var difference: String {
      switch reason {
      case .truncated:
        "expected \(expected) bytes, found \(found)"
      case .notELF:
        "expected the bytes \(Self.bytes(expected)) (ELF), found \(Self.bytes(found))"
      case .wrongClass, .wrongEndian, .wrongMachine:
        "expected machine \(Self.machine(expected)), found \(Self.machine(found))"
          + (reason == .wrongEndian ? ", big-endian" : "")
      case .wrongType:
        "expected type 2 or 3 (an executable), found \(found)\(Self.typeName(found))"
      case .x32, .programHeaderSize:
        "expected program headers of \(expected) bytes, found \(found)"
      case .programHeaderCount:
        "expected 1 to 1170 program headers, found \(found)"
      case .noLoadSegment:
        "expected a segment to load, found none"
      case .segmentSize:
        "expected at most \(expected) bytes of the file in the segment, found \(found)"
      case .segmentAlignment:
        "expected \(Self.hex(expected)) within the page as in the address, found \(Self.hex(found))"
      case .segmentOffset:
        "expected a file offset of at most \(Self.hex(expected)), found \(Self.hex(found))"
      case .segmentBeyondFile, .interpreterBeyondFile:
        "expected an end within \(Self.hex(expected)), found \(Self.hex(found))"
      case .addressOverflow, .entryAddress:
        "expected less than \(Self.hex(expected)), found \(Self.hex(found))"
      case .interpreterSize:
        "expected 2 to 4096 bytes of interpreter path, found \(found)"
      case .interpreterUnterminated:
        "expected NUL after the interpreter path, found \(Self.hex(found))"
      case .interpreterEmpty:
        "expected an interpreter path, found none"
      case .scriptNoInterpreter:
        "expected a path after #!, found none"
      case .scriptTooLong:
        "expected the interpreter path to end within the first \(expected) bytes, found no end"
      }
    }

    private var advice: String {
      switch reason {
      case .truncated, .segmentBeyondFile, .interpreterBeyondFile:
        "the file is cut short: copy it or build it again"
      case .notELF:
        "neither a program nor a script with #!: name its interpreter in front of it"
      case .wrongClass:
        "a 32-bit x86 program: support for the ia32 ABI is missing, use its x86-64 build"
      case .x32:
        "an x32 program: support for the x32 ABI is missing, use its x86-64 build"
      case .wrongEndian, .wrongMachine:
        "a program for another machine: an emulator of \(Self.machineName(found)) is missing, "
          + "use its x86-64 build or name the emulator in front of it"
      case .wrongType:
        "not linked to an executable: link it first"
      case .interpreterSize, .interpreterUnterminated:
        "correct the path of its ELF interpreter: link it again or use patchelf(1)"
      case .interpreterEmpty, .scriptNoInterpreter:
        "name an interpreter, in a script on its first line"
      case .scriptTooLong:
        "give the interpreter a shorter path, such as a symbolic link"
      case .programHeaderSize, .programHeaderCount, .noLoadSegment, .segmentSize,
        .segmentAlignment, .segmentOffset, .addressOverflow, .entryAddress:
        "the file is damaged, and would not run natively either: build it again"
      }
    }

    private static func machine(_ number: UInt64) -> String {
      "\(number) (\(machineName(number)))"
    }

    private static func machineName(_ number: UInt64) -> String {
      UInt16(exactly: number).flatMap { Machine.names[$0] } ?? "machine \(number)"
    }

    private static func typeName(_ number: UInt64) -> String {
      switch number {
      case 1: " (an object file)"
      case 4: " (a core dump)"
      default: ""
      }
    }

    private static func hex(_ value: UInt64) -> String {
      "0x" + String(value, radix: 16)
    }

    /// Four bytes in the order of the file.
    private static func bytes(_ value: UInt64) -> String {
      (0..<4).map { index in
        let byte = UInt8(truncatingIfNeeded: value >> (8 * index))
        return (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined(separator: " ")
    }
  }
#endif
