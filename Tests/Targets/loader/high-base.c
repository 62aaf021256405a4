// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program linked to a high fixed address.
// flags: -static -nostdlib -no-pie -ffreestanding -fno-stack-protector -fPIC -Wl,-Ttext-segment=0x123456789000
#include "bare-segments.h"
