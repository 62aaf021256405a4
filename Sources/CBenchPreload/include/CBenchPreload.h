// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// Nothing: the library is used by LD_PRELOAD only.
