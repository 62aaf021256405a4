// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The diagnosis as people read it.

extension Diagnosis {
  /// Tables of the kernel's features, its settings and sysweir's parts, and one closing line.
  package var text: String {
    let sections = [
      [heading],
      ["", "What this kernel offers"],
      Table(Feature.allCases.map(row)).lines,
      ["", "Settings"],
      Table(kernel.settings.rows.map { [$0.title, $0.text] }).lines,
      ["", "What will work"],
      Table(parts.map { [$0.state.rawValue, $0.title, $0.reason] }).lines,
      ["", conclusion],
    ]
    return sections.joined().map { $0 + "\n" }.joined()
  }

  private var heading: String {
    let settings = kernel.settings
    let user = settings.userID == 0 ? "root" : "user \(settings.userID), not root"
    return "Linux \(settings.release), \(settings.machine), tried as \(user)"
  }

  private func row(_ feature: Feature) -> [String] {
    let outcome = kernel[feature]
    return [outcome.isWorking ? "yes" : "no", feature.title, outcome.detail]
  }

  private var conclusion: String {
    engineRuns
      ? "sysweir will run here."
      : "sysweir will not run here: neither trap works. Linux 5.11 or newer has what is needed;"
        + "\na container or sandbox around this shell may refuse it: try outside."
  }
}

extension Settings {
  /// One setting, for the table and for programs.
  struct Row {
    let name: String
    let title: String
    let value: JSON
    let text: String
  }

  var rows: [Row] {
    [
      Row("vsyscall", "vsyscall page", vsyscall?.rawValue),
      Row("mmapMinAddr", "vm.mmap_min_addr", lowestAddress),
      Row("maxMapCount", "vm.max_map_count", mapLimit),
      Row("memfdNoexec", "vm.memfd_noexec", memoryFileMode),
      Row("descriptorsSoft", "descriptors, soft limit", descriptors?.soft),
      Row("descriptorsHard", "descriptors, hard limit", descriptors?.hard),
      Row("minSignalStack", "AT_MINSIGSTKSZ", signalStack),
    ]
  }
}

extension Settings.Row {
  private static var unknown: String { "not known" }

  fileprivate init(_ name: String, _ title: String, _ number: UInt64?) {
    self.init(
      name: name, title: title, value: number.map(JSON.number) ?? .null,
      text: number.map { "\($0)" } ?? Self.unknown)
  }

  fileprivate init(_ name: String, _ title: String, _ word: String?) {
    self.init(
      name: name, title: title, value: word.map(JSON.string) ?? .null, text: word ?? Self.unknown)
  }
}
