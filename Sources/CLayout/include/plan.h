// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A plan: where a file makes system calls, and how each place can be rewritten. It is a file of
// its own, without a pointer in it, so that either ring can map it and search it.
//
//   +---------------+ 0
//   | sw_plan_head  |
//   +---------------+ 128
//   | sw_plan_site  |  siteCount rows, sorted by the file offset of the site
//   | ...           |
//   +---------------+ 128 + 64 * siteCount
//
// What a row says of the bytes around a site, for each way:
//
//   prefix    [ mov $number, %eax ][ syscall ]       before = length of the mov, after = 0
//   padding   [ syscall ] ... [ dead padding ]       padding = distance from site to padding
//   window    [ moved ][ syscall ][ moved ]          before, after = lengths of what is moved
//
// original[] holds the file's bytes from offset - before on: before + site length + after of them.

#ifndef SYSWEIR_PLAN_H
#define SYSWEIR_PLAN_H

#include <stddef.h>
#include <stdint.h>

#define SW_PLAN_MAGIC 0x4e4c5057u // "WPLN"
/// Changes whenever the layout or the rules by which ways are chosen change.
#define SW_PLAN_VERSION 1u
/// Bytes around a site that may be moved, its own included.
#define SW_PLAN_WINDOW 24

/// `sw_plan_site.kind`
enum { SW_SITE_SYSCALL, SW_SITE_SYSENTER, SW_SITE_INT80, SW_SITE_KINDS };

/// `sw_plan_site.way`
enum {
  SW_REWRITE_NONE,
  SW_REWRITE_PREFIX,
  SW_REWRITE_PADDING,
  SW_REWRITE_BEFORE,
  SW_REWRITE_AFTER,
  SW_REWRITE_AROUND,
  SW_REWRITE_WAYS
};

/// Bits of `sw_plan_site.flags`: what a store to running code has to care for.
enum {
  /// The bytes to change lie on two cache lines of 64 bytes.
  SW_SITE_CROSSES_LINE = 1 << 0,
  /// The bytes to change lie on two pages of 4096 bytes.
  SW_SITE_CROSSES_PAGE = 1 << 1,
};

struct sw_plan_head {
  uint32_t magic;
  uint32_t version;
  /// Bytes of the file that the plan is for.
  uint64_t fileSize;
  /// Bytes of `identity` that count; the rest is 0.
  uint32_t identityLength;
  uint32_t siteCount;
  /// The build-id, or the SHA-256 of the file's bytes.
  uint8_t identity[32];
  /// FNV-1a (64 bits) of the whole plan, with 0 in place of this field.
  uint64_t checksum;
  /// Pairs of bytes that look like a site of a kind and are none.
  uint64_t strays[SW_SITE_KINDS];
  uint64_t reserved[5];
};

struct sw_plan_site {
  /// Of the site's first byte: in the file, and in memory before relocation.
  uint64_t offset, address;
  uint8_t kind, way;
  /// Bytes of instructions before and after the site that are replaced or moved.
  uint8_t before, after;
  /// From the site's first byte to the padding.
  int16_t padding;
  uint8_t paddingLength;
  uint8_t originalLength;
  /// The call's number if the instruction before is a mov of it, else all ones.
  uint32_t number;
  /// Bit n: an instruction starts at byte n of `original`.
  uint32_t boundaries;
  uint8_t original[SW_PLAN_WINDOW];
  uint8_t flags;
  /// Why there is no way; 0 if there is one.
  uint8_t reason;
  uint8_t reserved[6];
};

_Static_assert(sizeof(struct sw_plan_head) == 128, "the head fills two cache lines");
_Static_assert(offsetof(struct sw_plan_head, identity) == 24, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_head, checksum) == 56, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_head, strays) == 64, "the plan's writer relies on it");
_Static_assert(sizeof(struct sw_plan_site) == 64, "a row fills a cache line");
_Static_assert(offsetof(struct sw_plan_site, kind) == 16, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_site, padding) == 20, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_site, number) == 24, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_site, original) == 32, "the plan's writer relies on it");
_Static_assert(offsetof(struct sw_plan_site, flags) == 56, "the plan's writer relies on it");

#endif
