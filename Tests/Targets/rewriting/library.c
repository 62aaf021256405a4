// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A library with a site, for libraries.c.
// flags: -shared -fPIC
#ifndef NUMBER
#define NUMBER 39
#endif
#define TEXT_(value) #value
#define TEXT(value) TEXT_(value)

__asm__(".globl library_call\n"
        ".type library_call, @function\n"
        "library_call: mov $" TEXT(NUMBER) ", %eax\n"
                                           "  syscall\n"
                                           "  ret\n"
                                           ".size library_call, . - library_call\n");
