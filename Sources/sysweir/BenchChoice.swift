// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What `sysweir bench` is to measure.

import ArgumentParser
internal import Bench

struct BenchChoice: ParsableArguments {
  @Option(help: ArgumentHelp("Calls, with commas between.", valueName: "call,..."))
  var calls: String?

  @Option(help: ArgumentHelp("Ways, with commas between.", valueName: "way,..."))
  var ways: String?

  @Option(help: ArgumentHelp("What ratios are against.", valueName: "way"))
  var reference = "native"

  func validate() throws {
    for word in words(calls) ?? [] where Call(rawValue: word) == nil {
      throw unknown("--calls", word, Call.allCases.map(\.rawValue))
    }
    for word in (words(ways) ?? []) + [reference] where Way.named(word) == nil {
      throw unknown(word == reference ? "--reference" : "--ways", word, Way.all.map(\.name))
    }
    if words(calls)?.isEmpty == true || words(ways)?.isEmpty == true {
      throw ValidationError("A list is empty: name at least one, or leave the option out.")
    }
  }

  /// In the order of the table, whatever that of the option.
  var chosenCalls: [Call] {
    guard let words = words(calls) else { return Call.allCases }
    return Call.allCases.filter { words.contains($0.rawValue) }
  }

  var chosenWays: [Way] {
    guard let words = words(ways) else { return Way.all }
    return Way.all.filter { words.contains($0.name) }
  }

  var chosenReference: Way { Way.named(reference) ?? .native }

  private func words(_ list: String?) -> [String]? {
    list?.split(separator: ",").map(String.init)
  }

  private func unknown(_ option: String, _ word: String, _ known: [String]) -> ValidationError {
    ValidationError("\(option) does not know '\(word)': use \(known.joined(separator: ", ")).")
  }
}
