// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// How families of ways look in charts.

extension Way.Family {
  /// Colours that also differ in grey and for most who see few colours.
  ///
  /// - Source: Okabe and Ito, Color Universal Design, 2008.
  var color: String {
    switch self {
    case .native: "#777777"
    case .kernel: "#56b4e9"
    case .library: "#f0e442"
    case .tracer: "#e69f00"
    case .sysweir: "#009e73"
    }
  }

  var title: String {
    switch self {
    case .native: "native"
    case .kernel: "the kernel's own means"
    case .library: "in a library"
    case .tracer: "a second process"
    case .sysweir: "sysweir"
    }
  }
}
