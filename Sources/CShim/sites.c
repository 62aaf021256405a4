// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Where sites are remembered and slots stand.

#include "CShim.h"

/// Zero pages of the image, made executable and never writable before the target runs.
__attribute__((aligned(4096), used)) char sw_slot_area[SW_SITES * SW_SLOT_SIZE];
__attribute__((used)) struct sw_site sw_site_table[SW_SITES];
__attribute__((used)) uint64_t sw_numbers[SW_THREAD_NUMBERS];
static struct sw_sites state;

extern const char sw_slot_entering[], sw_slot_entering_number[], sw_slot_entering_saved[],
    sw_slot_entering_entered[];
extern const char sw_slot_counting_saved[], sw_slot_counting_counted[], sw_slot_counting_overflow[],
    sw_slot_counting_restored[];
extern const char sw_slot_counting[], sw_slot_counting_cell[], sw_slot_counting_number[],
    sw_slot_counting_answered[], sw_slot_counting_behind[], sw_slot_plain[], sw_slot_plain_number[],
    sw_slot_plain_answered[], sw_slot_plain_behind[];

/// Labels stand behind the numbers.
struct sw_slot_code sw_slot_code(int kind) {
  if (kind == SW_SLOT_ENTERING)
    return (struct sw_slot_code){
        .code = (uint64_t)sw_slot_entering,
        .number = (uint8_t)(sw_slot_entering_number - sw_slot_entering - 8),
        .saved = (uint8_t)(sw_slot_entering_saved - sw_slot_entering),
        .entered = (uint8_t)(sw_slot_entering_entered - sw_slot_entering),
    };
  if (kind == SW_SLOT_COUNTING)
    return (struct sw_slot_code){
        .code = (uint64_t)sw_slot_counting,
        .cell = (uint8_t)(sw_slot_counting_cell - sw_slot_counting - 8),
        .number = (uint8_t)(sw_slot_counting_number - sw_slot_counting - 4),
        .answered = (uint8_t)(sw_slot_counting_answered - sw_slot_counting),
        .behind = (uint8_t)(sw_slot_counting_behind - sw_slot_counting - 8),
        .saved = (uint8_t)(sw_slot_counting_saved - sw_slot_counting),
        .counted = (uint8_t)(sw_slot_counting_counted - sw_slot_counting),
        .overflow = (uint8_t)(sw_slot_counting_overflow - sw_slot_counting),
        .restored = (uint8_t)(sw_slot_counting_restored - sw_slot_counting),
    };
  return (struct sw_slot_code){
      .code = (uint64_t)sw_slot_plain,
      .number = (uint8_t)(sw_slot_plain_number - sw_slot_plain - 4),
      .answered = (uint8_t)(sw_slot_plain_answered - sw_slot_plain),
      .behind = (uint8_t)(sw_slot_plain_behind - sw_slot_plain - 8),
  };
}

struct sw_sites *sw_sites_state(void) {
  return &state;
}
struct sw_site *sw_site_at(uint32_t number) {
  return &sw_site_table[number % SW_SITES];
}
struct sw_region *sw_region_at(uint32_t index) {
  return &state.regions[index % SW_REGIONS];
}
struct sw_stubs *sw_stubs_at(uint32_t index) {
  return &state.stubs[index % SW_STUB_PAGES];
}
uint64_t sw_bucket(uint32_t index) { return (uint64_t)&state.buckets[index % SW_SITE_BUCKETS]; }
uint64_t sw_slots(void) { return (uint64_t)sw_slot_area; }

uint64_t sw_assistant_stack(void) {
  static char stack[16384] __attribute__((aligned(16)));
  return (uint64_t)(stack + sizeof stack);
}

uint64_t sw_maps_text(void) {
  static char text[4096];
  return (uint64_t)text;
}

uint64_t sw_numbered(uint32_t number) { return (uint64_t)&sw_numbers[number % SW_THREAD_NUMBERS]; }
