// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Reading what /proc and /sys tell of this machine.

internal import Doctor

extension Machine {
  /// This machine, as it is now.
  package static func examined(core: Int?) -> Machine {
    var machine = Machine()
    let processors = text(of: "/proc/cpuinfo") ?? ""
    machine.kernel = word(of: "/proc/sys/kernel/osrelease") ?? "of unknown release"
    machine.processor = field("model name", of: processors) ?? "unknown processor"
    machine.cores = allowedCores().count
    machine.core = core
    machine.load = word(of: "/proc/loadavg").flatMap(Double.init) ?? 0
    machine.governor = word(
      of: "/sys/devices/system/cpu/cpu\(core ?? 0)/cpufreq/scaling_governor")
    let flags = (field("flags", of: processors) ?? "").split(separator: " ")
    machine.hasSteadyCounter = flags.contains("constant_tsc")
    machine.hypervisor = hypervisor(flags: flags, product: product())
    return machine
  }

  /// The bit that virtual machines set in cpuid, or the names that they give themselves.
  static func hypervisor(flags: [Substring], product: String?) -> String? {
    let known = ["kvm", "qemu", "virtual", "vmware", "xen", "bochs", "amazon", "google compute"]
    let name = product?.lowercased() ?? ""
    let isNamed = known.contains { name.contains($0) }
    guard flags.contains("hypervisor") || isNamed else { return nil }
    return isNamed ? product : "unnamed"
  }

  private static func product() -> String? {
    let parts = ["sys_vendor", "product_name"].compactMap { line(of: "/sys/class/dmi/id/\($0)") }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// The cores that this process may run on.
  package static func allowedCores() -> [Int] {
    let status = text(of: "/proc/self/status") ?? ""
    return cores(list: field("Cpus_allowed_list", of: status) ?? "")
  }

  /// The numbers in a list such as "0-3,8".
  static func cores(list: String) -> [Int] {
    list.split(separator: ",").flatMap { part in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last, last < 1 << 16 else {
        return [Int]()
      }
      return Array(first...last)
    }
  }

  /// The value behind a name and a colon, in the first line that has that name.
  private static func field(_ name: String, of text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix(name) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      return line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    return nil
  }

  private static func line(of path: String) -> String? {
    text(of: path)?.split(separator: "\n").first.map(String.init)
  }

  private static func word(of path: String) -> String? {
    text(of: path)?.split(whereSeparator: \.isWhitespace).first.map(String.init)
  }
}
