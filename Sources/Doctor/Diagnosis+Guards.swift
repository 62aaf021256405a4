// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The verdicts on the tiers of memory protection that policies will stand on.

extension Diagnosis {
  /// No tier is built yet: what is told is whether this kernel will carry it.
  static func guards(on kernel: Kernel) -> [Part] {
    [
      tier("guard-inline", "guard inline", [.memoryFiles], kernel),
      tier("guard-pkey", "guard pkey", [.memoryFiles, .protectionKeys], kernel),
      tier(
        "guard-sealed", "guard sealed",
        [.memoryFiles, .writeSeal, .memorySeal, .seccompTrap, .seccompNotify, .landlock], kernel),
    ]
  }

  private static func tier(
    _ name: String, _ title: String, _ needs: [Feature], _ kernel: Kernel
  ) -> Part {
    let lacks = needs.filter { !kernel.has($0) }.map { "\($0.title.trimmed)" }
    let ground =
      lacks.isEmpty
      ? "this kernel has all it needs" : "this kernel lacks \(lacks.joined(separator: ", "))"
    return Part(
      name, title, needs: needs, .missing, "comes with policies, not in this version; \(ground)")
  }
}
