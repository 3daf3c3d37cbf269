/* SPDX-License-Identifier: Apache-2.0
 *
 * The assembler takes the file in; it looks for it where the compiler was told by -I.
 */
#include "seed_parameters.h"

__asm__(".pushsection .rodata\n"
        ".hidden seed_parameters_start\n"
        ".globl seed_parameters_start, seed_parameters_end\n"
        ".hidden seed_parameters_end\n"
        "seed_parameters_start:\n"
        ".incbin \"parameters.csv\"\n"
        "seed_parameters_end:\n"
        ".popsection\n");
