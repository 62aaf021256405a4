// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A program whose code and data are one writable segment, at no page boundary in the file.
// flags: -static -nostdlib -no-pie -ffreestanding -fno-stack-protector -fno-pie -Wl,--omagic -Wl,--no-warn-rwx-segments
#include "bare-segments.h"
