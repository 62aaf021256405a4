// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The sites of the target that have trapped, and the slots that rewritten ones jump to.
//
//   target's code                        slot (in the monitor's image, read and execute only)
//   +--------------------+               +---------------------------+
//   | mov $nr, %eax      |  becomes      | mov $nr, %eax             |
//   |   jmp slot         | ------------> | syscall                   |  the kernel lets it pass
//   | syscall            |               | movabs $behind, %rcx      |  as the kernel leaves rcx
//   | ...                | <------------ | jmp *%rcx                 |
//   +--------------------+               +---------------------------+
//
// Site and slot have one number. A slot needs no stack, no thread and no register that `syscall`
// does not destroy by itself.

#ifndef SYSWEIR_SITES_H
#define SYSWEIR_SITES_H

#define SW_SITES 4096
#define SW_SLOT_SIZE 64
/// Buckets of the index over the sites, a power of two.
#define SW_SITE_BUCKETS 8192
#define SW_SITE_SIZE 40
#define SW_REGIONS 64
#define SW_STUB_PAGES 64

/// Threads that find their record from a slot.
#define SW_THREAD_NUMBERS 8192
/// The descriptor of the GDT whose limit is the thread's number, and its selector.
#define SW_NUMBER_ENTRY 14
#define SW_NUMBER_SELECTOR 0x73

/// Values of `sw_site.state`.
#define SW_SITE_TRAPPING 0
#define SW_SITE_PATCHING 1
#define SW_SITE_REWRITTEN 2
/// Left to the trap.
#define SW_SITE_REFUSED 3
/// To be rewritten next.
#define SW_SITE_CHOSEN 4

#ifndef __ASSEMBLER__
#include <stdint.h>

struct sw_site {
  /// Of the instruction that calls the kernel; 0 if the code is gone.
  uint64_t address;
  /// Bytes of the target's from `start` on, before they were changed.
  uint64_t original;
  /// Address of its stub, for code that is far from the slots; else 0.
  uint64_t stub;
  uint32_t state;
  uint32_t traps;
  /// Distance of the first changed byte before `address`.
  uint8_t before;
  /// Offset behind the slot's own `syscall`.
  uint8_t answered;
  /// Which code its slot has.
  uint8_t kind;
  /// Rights of its mapping, as `mprotect` takes them.
  uint8_t rights;
  uint32_t number;
};

/// A range of executable memory that the kernel was asked about.
struct sw_region {
  uint64_t start, end;
  /// Its rights, if it is private and not writable, so that its copy may be changed; else 0.
  uint64_t rights;
};

/// A page of stubs near code that is far from the slots, and how many of them are in use.
struct sw_stubs {
  uint64_t address, used;
};

_Static_assert(sizeof(struct sw_site) == SW_SITE_SIZE, "enter.S finds sites by number");

struct sw_sites {
  /// Futex lock over everything but the index and the counts of traps.
  uint32_t lock;
  /// How many sites have numbers.
  uint32_t count;
  /// Traps of sites that may be rewritten, since that was done last. Threads may lose some.
  uint32_t traps;
  /// 1 once other threads run in this memory, or other processes share its descriptors.
  uint32_t isShared;
  /// 1 once the kernel knows that code is changed here.
  uint32_t isRegistered;
  /// 1 once a filter of the target's may be in force: nothing is rewritten, and no file opened.
  uint32_t isStopped, unused;
  uint32_t regionCount, nextRegion;
  /// 1 while the assistant lives, which rewrites the chosen sites or restores a range.
  uint32_t assistant;
  /// 1 once slots can be executed.
  uint32_t isOpen;
  uint64_t taskStart, taskEnd;
  struct sw_region regions[SW_REGIONS];
  uint32_t stubPages, padding;
  struct sw_stubs stubs[SW_STUB_PAGES];
  /// Numbers of sites by address; 0 for an empty bucket. Site 0 is never used.
  uint32_t buckets[SW_SITE_BUCKETS];
};

/// Exists because it needs `int $0x80`: makes a number the running thread's; see Numbers.swift.
long sw_set_number(uint64_t descriptor);
/// Cell with the record of the thread of a number.
uint64_t sw_numbered(uint32_t number);

/// Code of a slot before its numbers are filled in: address, and offsets of what is filled in and
/// of the place behind `syscall`.
struct sw_slot_code {
  uint64_t code;
  /// Offsets of the address of a cell that holds the counter's (0: there is none), of the call's
  /// number, and of the address behind the site.
  uint8_t cell, number, behind;
  /// Offset behind the slot's `syscall`.
  uint8_t answered;
  /// Offsets behind: flags are in ax, the call is counted, the overflow flag is back, all are.
  /// 0 where there is no counting.
  uint8_t saved, counted, overflow, restored;
  /// Offset behind the jump to the entry; 0 for a slot that makes the call itself.
  uint8_t entered;
};

/// The codes that a slot may have.
enum { SW_SLOT_PLAIN, SW_SLOT_COUNTING, SW_SLOT_ENTERING };

/// Exist because Swift cannot name labels that assembly defines.
struct sw_slot_code sw_slot_code(int kind);

/// Exists because the thread starts in the middle of it: runs `sw_assistant` in a thread of the
/// monitor's, whose end clears and wakes `word`; 0, or a negative error.
long sw_assist(uint64_t argument, uint64_t stack, uint64_t word);
/// Stack of that thread.
uint64_t sw_assistant_stack(void);

/// Exists because a C global has a fixed place and needs no initializer call.
struct sw_sites *sw_sites_state(void);
/// Exist because Swift takes large arrays of C for nothing at all. Indexes wrap.
struct sw_site *sw_site_at(uint32_t number);
struct sw_region *sw_region_at(uint32_t index);
struct sw_stubs *sw_stubs_at(uint32_t index);
uint64_t sw_bucket(uint32_t index);
/// A page to read text into, under the lock.
uint64_t sw_maps_text(void);
/// Address of the first slot.
uint64_t sw_slots(void);
#endif
#endif
