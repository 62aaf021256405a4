// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Explaining a crash of the monitor.

import CLayout

extension MonitorFile {
  /// Says where in the monitor's code it happened.
  func explain(_ fault: sw_fault) -> SessionError {
    // What is loaded has no symbols any more; without the file there is still the offset.
    let sections = ElfSections((try? Descriptor.contents(of: path)) ?? [])
    let function = SymbolTable(sections).place(of: fault.offset)
    let line = LineTable(sections).place(of: fault.offset)
    let place = line.map { "\(function) (\($0))" } ?? function
    return .monitorFault(
      signal: Int32(bitPattern: fault.signal), process: fault.pid, place: place,
      path: path, offset: fault.offset, address: fault.address)
  }
}
