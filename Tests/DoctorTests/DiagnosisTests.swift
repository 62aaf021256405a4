// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Verdicts on made-up kernels.

import LinuxABIHosted
import Testing

@testable import Doctor

@Suite struct DiagnosisTests {
  /// A kernel on which every feature works, without a vsyscall page.
  static var perfect: Kernel {
    var settings = Settings()
    settings.vsyscall = .absent
    settings.mapLimit = 65_530
    settings.signalStack = 3632
    settings.descriptors = (1024, 4096)
    let all = Feature.allCases.map { ($0, Outcome.works("seen")) }
    return Kernel(settings: settings, outcomes: Dictionary(uniqueKeysWithValues: all))
  }

  static func without(_ features: Feature...) -> Diagnosis {
    var kernel = perfect
    for feature in features { kernel[feature] = .refused(.invalid) }
    return Diagnosis(of: kernel)
  }

  func state(_ name: String, _ diagnosis: Diagnosis) -> State? {
    diagnosis.parts.first { $0.name == name }?.state
  }

  @Test func `the engine runs by either trap`() {
    #expect(Self.without().engineRuns)
    #expect(Self.without(.userDispatch).engineRuns)
    #expect(Self.without(.seccompTrap).engineRuns)
  }

  @Test(arguments: [[Feature.userDispatch, .seccompTrap], [.proc], [.memoryFiles]])
  func `the engine does not run without`(features: [Feature]) {
    var kernel = Self.perfect
    for feature in features { kernel[feature] = .silent }
    #expect(!Diagnosis(of: kernel).engineRuns)
  }

  @Test(arguments: [
    ("engine-sud", Feature.userDispatch, State.missing),
    ("engine-seccomp", .seccompTrap, .missing),
    ("proc-exe", .executableLink, .degraded),
    ("proc-auxv", .memoryMap, .degraded),
    ("exec-unattended", .executableMemoryFiles, .degraded),
    ("exec-errors", .executeCheck, .degraded),
    ("int80", .legacyCalls, .ok),
  ])
  func `a part depends on its feature`(name: String, feature: Feature, without: State) {
    #expect(state(name, Self.without()) == .ok)
    #expect(state(name, Self.without(feature)) == without)
  }

  @Test(arguments: ["guard-inline", "guard-pkey", "guard-sealed", "programs-32bit"])
  func `what is not built yet is missing on the best of kernels`(name: String) {
    #expect(state(name, Self.without()) == .missing)
  }

  @Test func `a vsyscall page makes calls pass unseen`() {
    var kernel = Self.perfect
    kernel.settings.vsyscall = .executeOnly
    #expect(state("vsyscall", Self.without()) == .ok)
    #expect(state("vsyscall", Diagnosis(of: kernel)) == .degraded)
  }

  @Test func `a large signal frame is told of`() {
    var kernel = Self.perfect
    kernel.settings.signalStack = 20_000
    #expect(state("signals", Diagnosis(of: kernel)) == .degraded)
  }

  @Test func `names of parts and features are unique`() {
    let names = Self.without().parts.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(Feature.allCases.map(\.title)).count == Feature.allCases.count)
  }
}
