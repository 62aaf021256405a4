// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What can go wrong in a measurement, with what the user can do.

package import Session

/// An error of `sysweir bench`, with exit status 125.
package enum BenchError: Error, Equatable {
  case probeMissing(searched: [NativeString])
  case wayFailed(String, subject: String, String)
  case commandFailed(String, way: String, ending: String)
  case notStarted(String, String)
  case unreadable(String, String)
  case unwritable(String, String)
  case badJSON(String, offset: Int, expected: String)
  case badBaseline(String, String)
  case nothingInCommon(String)
}

extension BenchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .probeMissing(let searched):
      "no sysweir-probe at \(searched.map(\.description).joined(separator: " or "));"
        + " install it beside sysweir"
    case .wayFailed(let way, let subject, let reason):
      "\(way) cannot be measured on \(subject) (\(reason)); run sysweir doctor, or choose others"
        + " by --ways, --calls and --reference"
    case .commandFailed(let command, let way, let ending):
      "\(command): \(ending) in the way \(way), expected exit status 0; correct the command, or"
        + " give --ignore-failure"
    case .notStarted(let command, let reason):
      "\(command): cannot be started (\(reason)); give the name or path of a program"
    case .unreadable(let path, let reason):
      "\(path): cannot be read (\(reason)); give a file that --export-json wrote"
    case .unwritable(let path, let reason):
      "\(path): cannot be written (\(reason)); give another file"
    case .badJSON(let path, let offset, let expected):
      "\(path): offset \(offset): expected \(expected); give a file that --export-json wrote"
    case .badBaseline(let path, let lacking):
      "\(path): \(lacking); give a file that sysweir bench --export-json wrote"
    case .nothingInCommon(let path):
      "\(path): no call and way in it was measured now, against the same reference; give the same"
        + " --calls, --ways and --reference as for the baseline"
    }
  }
}
