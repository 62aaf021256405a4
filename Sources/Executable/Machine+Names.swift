// SPDX-License-Identifier: Apache-2.0 WITH Swift-exception
// The names of machines that people have executables for.

#if !hasFeature(Embedded)
  extension Machine {
    /// Names by the value of `e_machine`.
    ///
    /// - Source: `include/uapi/linux/elf-em.h`; the ELF registry of `e_machine` values.
    static let names: [UInt16: String] = [
      0: "none",
      2: "SPARC",
      3: "Intel 80386",
      4: "Motorola 68000",
      6: "Intel 80486",
      7: "Intel 80860",
      8: "MIPS",
      10: "MIPS, little-endian",
      15: "HP PA-RISC",
      18: "SPARC V8+",
      20: "PowerPC",
      21: "PowerPC 64",
      22: "IBM S/390",
      40: "Arm, 32-bit",
      42: "SuperH",
      43: "SPARC V9",
      50: "Intel Itanium",
      62: "x86-64",
      76: "Axis CRIS",
      83: "Atmel AVR",
      92: "OpenRISC",
      93: "ARC",
      94: "Tensilica Xtensa",
      106: "Analog Devices Blackfin",
      113: "Altera Nios II",
      164: "Qualcomm Hexagon",
      183: "AArch64",
      189: "Xilinx MicroBlaze",
      190: "NVIDIA CUDA",
      195: "ARC V2",
      224: "AMD GPU",
      243: "RISC-V",
      247: "BPF",
      252: "C-SKY",
      258: "LoongArch",
      0x9026: "Alpha",
    ]
  }
#endif
