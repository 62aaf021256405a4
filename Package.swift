// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception

import PackageDescription

/// Flags of the C and assembly that run inside the target.
let innerC: [CSetting] = [
  .unsafeFlags([
    "-O2", "-ffreestanding", "-fno-stack-protector", "-mgeneral-regs-only",
    "-fvisibility=hidden", "-fPIE", "-fcf-protection=none", "-fno-builtin", "-mno-red-zone",
    "-fno-asynchronous-unwind-tables", "-Wall", "-Wextra", "-Werror",
  ])
]

/// Flags of the Swift that runs inside the target: no runtime, no allocation, no TLS, no SSE.
let innerSwift: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableExperimentalFeature("Embedded"),
  .enableExperimentalFeature("Lifetimes"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .unsafeFlags([
    "-O", "-wmo", "-parse-as-library", "-no-allocations", "-no-static-stdlib",
    "-Xfrontend", "-disable-stack-protector",
    "-Xcc", "-mno-sse", "-Xcc", "-mno-red-zone", "-Xcc", "-fvisibility=hidden",
  ]),
]

/// Flags of the C that measures, the same in every build.
let probeC: [CSetting] = [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])]

let outerSwift: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// The scripts build the command without any shared library, for a start in half the time; this
/// goes together with `--static-swift-stdlib`.
let isStatic = Context.environment["SYSWEIR_STATIC"] != nil

/// The same sources as an inner module, built for the outer ring (the folder is a link to it).
func hosted(_ name: String, _ inner: [String] = []) -> Target {
  let aliases = inner.flatMap { ["-module-alias", "\($0)=\($0)Hosted"] }
  return .target(
    name: "\(name)Hosted",
    dependencies: ["CLayout"] + inner.map { .target(name: "\($0)Hosted") },
    swiftSettings: outerSwift + [
      .enableExperimentalFeature("Lifetimes")
    ] + (aliases.isEmpty ? [] : [.unsafeFlags(aliases)]))
}

func inner(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: innerSwift)
}

let package = Package(
  name: "sysweir",
  products: [
    .executable(name: "sysweir", targets: ["sysweir"]),
    .executable(name: "sysweir-monitor", targets: ["Monitor"]),
    .executable(name: "sysweir-probe", targets: ["CBenchProbe"]),
    .library(name: "sysweir-preload", type: .dynamic, targets: ["CBenchPreload"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Both rings: C layouts, then the leaf modules and their hosted twins.
    .target(name: "CLayout"),
    inner("LinuxABI", ["CLayout"]),
    inner("Executable", ["LinuxABI"]),
    inner("Decision", ["LinuxABI"]),
    inner("EventLog", ["CLayout", "LinuxABI"]),
    hosted("LinuxABI"),
    hosted("Executable", ["LinuxABI"]),
    hosted("Decision", ["LinuxABI"]),
    hosted("EventLog", ["LinuxABI"]),

    // The inner ring.
    .target(name: "CShim", dependencies: ["CLayout"], cSettings: innerC),
    inner("Dispatcher", ["CShim", "CLayout", "LinuxABI", "Executable", "Decision", "EventLog"]),
    inner("Loader", ["CShim", "CLayout", "LinuxABI", "Executable", "EventLog", "Dispatcher"]),
    .executableTarget(
      name: "Monitor",
      dependencies: ["CShim", "LinuxABI", "Loader", "Dispatcher"],
      swiftSettings: innerSwift,
      linkerSettings: [
        .unsafeFlags([
          "-nostartfiles", "-use-ld=lld", "-Xclang-linker", "-nostdlib",
          "-Xclang-linker", "-static-pie", "-Xlinker", "-e", "-Xlinker", "sw_start",
          "-Xlinker", "-z", "-Xlinker", "norelro",
          "-Xlinker", "--no-dynamic-linker", "-Xlinker", "--gc-sections",
          "-Xlinker", "--no-export-dynamic",
        ])
      ]),

    // The outer ring.
    .target(name: "CSession", dependencies: ["CLayout"]),
    .target(
      name: "Session",
      dependencies: [
        "CLayout", "CSession", "LinuxABIHosted", "ExecutableHosted", "EventLogHosted",
      ],
      swiftSettings: outerSwift),
    .target(name: "CProbe"),
    .target(name: "Doctor", dependencies: ["CProbe", "LinuxABIHosted"], swiftSettings: outerSwift),
    .systemLibrary(name: "CLibelf", pkgConfig: "libelf", providers: [.apt(["libelf-dev"])]),
    .systemLibrary(
      name: "CCapstone", pkgConfig: "capstone", providers: [.apt(["libcapstone-dev"])]),
    .target(
      name: "Sites",
      dependencies: ["CLayout", "CLibelf", "CCapstone", "LinuxABIHosted", "ExecutableHosted"],
      swiftSettings: outerSwift),
    .target(name: "CBenchCalls", cSettings: probeC),
    .executableTarget(
      name: "CBenchProbe", dependencies: ["CBenchCalls"], cSettings: probeC,
      linkerSettings: [
        .unsafeFlags(["-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static"])
      ]),
    .target(
      name: "CBenchPreload", dependencies: ["CBenchCalls"], cSettings: probeC,
      linkerSettings: [.unsafeFlags(["-nostartfiles"])]),
    .target(
      name: "Bench", dependencies: ["Doctor", "Session", "LinuxABIHosted"],
      swiftSettings: outerSwift),
    .executableTarget(
      name: "sysweir",
      dependencies: [
        "Bench", "Session", "Doctor", "Sites",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: outerSwift,
      linkerSettings: isStatic ? [.unsafeFlags(["-static-executable"])] : []),
    .testTarget(
      name: "LinuxABITests", dependencies: ["LinuxABIHosted"], swiftSettings: outerSwift),
    .testTarget(
      name: "DecisionTests", dependencies: ["DecisionHosted", "LinuxABIHosted"],
      swiftSettings: outerSwift),
    .testTarget(
      name: "EventLogTests", dependencies: ["CLayout", "EventLogHosted"],
      swiftSettings: outerSwift),
    .testTarget(
      name: "DoctorTests", dependencies: ["Doctor", "LinuxABIHosted"], swiftSettings: outerSwift),
    .testTarget(
      name: "BenchTests", dependencies: ["Bench", "Doctor", "Session", "sysweir", "CBenchProbe"],
      exclude: ["Golden"],
      swiftSettings: outerSwift),
    .testTarget(
      name: "SessionTests",
      dependencies: [
        "Session", "CLayout", "EventLogHosted", "ExecutableHosted", "LinuxABIHosted", "sysweir",
      ],
      exclude: ["Standin"], swiftSettings: outerSwift),
    .target(
      name: "FuzzExecutable", dependencies: ["ExecutableHosted", "LinuxABIHosted"],
      swiftSettings: outerSwift),
    .testTarget(
      name: "ExecutableTests",
      dependencies: ["ExecutableHosted", "LinuxABIHosted", "FuzzExecutable"],
      swiftSettings: outerSwift),
    .target(name: "FuzzSites", dependencies: ["Sites"], swiftSettings: outerSwift),
    .testTarget(
      name: "SitesTests", dependencies: ["Sites", "FuzzSites", "CLayout"],
      swiftSettings: outerSwift),
  ],
  cLanguageStandard: .gnu17
)
