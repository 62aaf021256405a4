// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// A clone3 whose child goes on in a function.
#pragma once
#include "../target.h"
#include <linux/sched.h>

/// Gives the child's number, or the error as a negative number.
long clone3_call(struct clone_args *arguments, size_t size, int (*function)(void *),
                 void *argument);

__asm__(".globl clone3_call\n"
        "clone3_call:\n"
        "  mov %rcx, %r8\n"
        "  mov $435, %eax\n"
        "  syscall\n"
        "  test %rax, %rax\n"
        "  je 1f\n"
        "  ret\n"
        "1:\n"
        "  xor %ebp, %ebp\n"
        "  and $-16, %rsp\n"
        "  mov %r8, %rdi\n"
        "  call *%rdx\n"
        "  mov %eax, %edi\n"
        "  mov $60, %eax\n"
        "  syscall\n"
        "  ud2\n");
