/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confirmation costs, against the same page drawn by libharu's public functions with Helvetica not
 * embedded: the same layout code, so the same texts and rules at (nearly) the same places.
 *
 * bench_confirmation fonts-folder [rounds]: draws both in turn, so that a busy machine slows both, and prints a
 * row of a Markdown table for common letters and one for letters of all Europe.
 */
#include "../pdf/samples.h"

#include <apr_general.h>
#include <apr_time.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- the peer: our layout, libharu's drawing */

#define haru_t peer_t
#define haru_begin peer_begin
#define haru_end peer_end
#define haru_add_page peer_add_page
#define haru_pages peer_pages
#define haru_turn_to peer_turn_to
#define haru_open peer_open
#define haru_close peer_close
#define haru_decoration peer_decoration
#define haru_grey peer_grey
#define haru_text peer_text
#define haru_turned_text peer_turned_text
#define haru_line peer_line
#define haru_box peer_box
#define haru_width peer_width
#define confirmation_write peer_write
#define sheet_begin peer_sheet_begin
#define sheet_wrap peer_sheet_wrap
#define sheet_fit peer_sheet_fit
#define sheet_lines peer_sheet_lines
#define sheet_left peer_sheet_left
#define sheet_right peer_sheet_right
#define sheet_need peer_sheet_need
#define sheet_flow peer_sheet_flow
#define sheet_heading peer_sheet_heading
#define sheet_heading_height peer_sheet_heading_height
#define grid_compose peer_grid_compose
#define grid_height peer_grid_height
#define grid_first_row peer_grid_first_row
#define grid_draw peer_grid_draw

/* each source's constants are its own */
#define label_font grid_label_font
#include "document/grid.c"
#undef label_font
#undef HALF
#include "document/sheet.c"
#include "document/confirmation.c"
#include "document/letters.h"
