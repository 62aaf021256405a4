// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The same library with another number at the same place.
// flags: -shared -fPIC
#define NUMBER 110
#include "library.c"
