// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// What of Capstone is used: its decoder of x86.

#include <capstone/capstone.h>
