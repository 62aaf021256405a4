// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The whole of what `sysweir bench` found.

/// What was measured, and where.
package struct Report: Sendable {
  package let machine: Machine
  package let reference: Way
  package let rounds: Int
  package let groups: [Group]

  package init(machine: Machine, reference: Way, rounds: Int, groups: [Group]) {
    self.machine = machine
    self.reference = reference
    self.rounds = rounds
    self.groups = groups
  }

  /// Ways left out for one reason everywhere are named once; those of one subject, with it.
  var omissions: [String] {
    var subjects: [(omission: Omission, names: [String])] = []
    for group in groups {
      for omission in group.omissions {
        if let index = subjects.firstIndex(where: { $0.omission == omission }) {
          subjects[index].names.append(group.subject.name)
        } else {
          subjects.append((omission, [group.subject.name]))
        }
      }
    }
    return subjects.map { omission, names in
      let place = names.count == groups.count ? "" : " for \(names.joined(separator: ", "))"
      return "\(omission.way)\(place): \(omission.reason)"
    }
  }
}
