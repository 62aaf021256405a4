// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What is told of the machine, and the shape of batches.

import Testing

@testable import Bench

@Suite struct MachineTests {
  @Test func `reads lists of cores`() {
    #expect(Machine.cores(list: "0-2,5") == [0, 1, 2, 5])
    #expect(Machine.cores(list: "3-1,x,") == [])
    #expect(!Machine.allowedCores().isEmpty)
  }

  @Test func `knows a virtual machine by its bit or its name`() {
    #expect(Machine.hypervisor(flags: ["fpu", "hypervisor"], product: nil) == "unnamed")
    #expect(Machine.hypervisor(flags: ["fpu"], product: "QEMU Standard PC") == "QEMU Standard PC")
    #expect(Machine.hypervisor(flags: ["fpu"], product: "LENOVO 20XW") == nil)
  }

  @Test func `warns of all that disturbs, and of nothing else`() {
    var machine = Machine()
    machine.governor = "performance"
    #expect(machine.warnings.isEmpty)
    machine.governor = "powersave"
    machine.hypervisor = "KVM"
    machine.load = 2
    machine.hasSteadyCounter = false
    #expect(machine.warnings.count == 4)
  }

  @Test(arguments: [0.1, 100, 2500, 70_000, 500_000, 1e9])
  func `a round takes about the time it is given, in at least five batches`(estimate: Double) {
    let plan = Plan(
      subjects: [], ways: [], reference: .native, rounds: 1, time: 20e6, ignoresFailure: false)
    let shape = plan.shape(estimate: estimate)
    let total = max(estimate, 1) * Double(shape.size * shape.count)
    #expect(shape.count >= 5 && shape.count <= Plan.mostBatches)
    #expect(total <= 20.1e6 || shape.count == 5)
    #expect(total >= 15e6 || estimate < 1)
  }

  @Test func `the reference and its control stand at the two ends of a round`() {
    #expect(Track.withControlLast([0, 1, 2, 3]) == [0, 2, 3, 1])
    #expect(Track.withControlLast([3, 2, 1, 0]) == [1, 3, 2, 0])
  }

  @Test func `no two ways have one name, and each has a title`() {
    #expect(Set(Way.all.map(\.name)).count == Way.all.count)
    #expect(Way.all.allSatisfy { !$0.title.isEmpty })
  }
}
