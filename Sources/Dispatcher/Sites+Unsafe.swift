// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The C globals behind sites and slots.

package import CShim
internal import LinuxABI

/// What is known of one site; see sites.h.
package typealias Site = sw_site

/// The sites of this memory, by number.
package enum Sites {
  /// Works on the shared state.
  static func with<R>(_ body: (inout sw_sites) -> R) -> R {
    // SAFETY: the state is a C global, which lives as long as the program.
    unsafe body(&sw_sites_state().pointee)
  }

  /// Works on a site.
  static func at<R>(_ number: UInt32, _ body: (inout Site) -> R) -> R {
    // SAFETY: as above; C keeps the number in bounds.
    unsafe body(&sw_site_at(number).pointee)
  }

  /// Works on a region.
  static func region<R>(_ index: UInt32, _ body: (inout sw_region) -> R) -> R {
    // SAFETY: as above.
    unsafe body(&sw_region_at(index).pointee)
  }

  /// Works on a page of stubs.
  static func stubPage<R>(_ index: UInt32, _ body: (inout sw_stubs) -> R) -> R {
    // SAFETY: as above.
    unsafe body(&sw_stubs_at(index).pointee)
  }

  /// Address of a bucket of the index.
  static func bucket(_ index: UInt32) -> TargetAddress { TargetAddress(sw_bucket(index)) }
}
