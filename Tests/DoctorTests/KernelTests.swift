// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Trials on the kernel that the tests run on, and what the vsyscall page's line says.

import Glibc
import Testing

@testable import Doctor

@Suite struct KernelTests {
  /// What every kernel that sysweir claims to run on must give to anybody.
  @Test(arguments: [
    Feature.userDispatch, .seccompTrap, .proc, .memoryFiles, .clone3, .closeRange, .openAt2,
  ])
  func `this kernel offers`(feature: Feature) {
    let outcome = Trial.outcome(of: feature)
    #expect(outcome.isWorking, "\(outcome.detail)")
  }

  @Test func `every trial is made and leaves no child and no descriptor`() async {
    // In a process of its own, where no other test opens anything meanwhile; the test library may
    // open some, but not one for each round.
    await #expect(processExitsWith: .success) {
      let rounds = 20
      let before = openDescriptors()
      for _ in 0..<rounds {
        let kernel = Kernel.examined()
        #expect(Feature.allCases.allSatisfy { kernel[$0] != .untried })
      }
      #expect(openDescriptors() < before + rounds)
      #expect(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD)
    }
  }

  @Test func `settings are those of this system`() {
    let settings = Settings.read()
    #expect(settings.release.first?.isNumber == true)
    #expect(settings.machine == "x86_64")
    #expect(settings.userID == getuid())
    #expect(settings.descriptors != nil)
    #expect(settings.vsyscall != nil)
    #expect(settings.lowestAddress != nil)
  }

  @Test(arguments: [
    ("", VsyscallMode.absent),
    ("ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]", .executeOnly),
    ("ffffffffff600000-ffffffffff601000 r-xp 00000000 00:00 0          [vsyscall]", .emulate),
    ("7ffc1000-7ffc3000 r-xp 00000000 00:00 0                          [vdso]", .absent),
  ])
  func `the vsyscall mode is read off the maps`(maps: String, mode: VsyscallMode) {
    #expect(VsyscallMode(maps: "00400000-00401000 r-xp 0 0:0 0 /bin/true\n" + maps) == mode)
  }
}

private func openDescriptors() -> Int { (0..<256).filter { fcntl($0, F_GETFD) >= 0 }.count }
