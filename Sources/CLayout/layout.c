// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Compiles the shared layouts once, so that their asserts are checked.

#include "CLayout.h"
