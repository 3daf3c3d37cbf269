/* SPDX-License-Identifier: Apache-2.0
 *
 * The two faces, read and checked at start-up, and the widths of texts in them.
 */
#include "haru_internal.h"
#include "letters.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <math.h>

#define MAX_FONT_FILE (4 * 1024 * 1024)
#define CAPITALS 0.72 /* their height in a size of 1 */

static const struct {
    const char *file, *name;
    int stem; /* thickness of upright strokes, for viewers that imitate a font */
} files[HARU_FACES] = {
    {"inscrinet-regular.ttf", "INSCRG+InscrinetSans", 88},
    {"inscrinet-bold.ttf", "INSCBD+InscrinetSans-Bold", 140},
};

/* ---------------------------------------------------------------- at start-up */

static const char *read_file(apr_pool_t *pool, const char *path, unsigned char **bytes, apr_size_t *length)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t status =
        apr_file_open(&file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, APR_FPROT_OS_DEFAULT, pool);
    char reason[120];

    if (status == APR_SUCCESS) {
        status = apr_file_info_get(&info, APR_FINFO_SIZE | APR_FINFO_TYPE, file);
        if (status == APR_SUCCESS && (info.filetype != APR_REG || info.size > MAX_FONT_FILE))
            status = APR_EINVAL;
        if (status == APR_SUCCESS) {
            *bytes = apr_palloc(pool, (apr_size_t)info.size + 1);
            status = apr_file_read_full(file, *bytes, (apr_size_t)info.size, length);
        }
        apr_file_close(file);
    }
    if (status == APR_SUCCESS)
        return NULL;
    return apr_psprintf(pool, "font %s cannot be read: %s", path,
                        apr_strerror(status, reason, sizeof reason));
}

static const char *load_face(apr_pool_t *pool, const char *folder, haru_face_t which, face_t *face)
{
    unsigned char *bytes = NULL;
    apr_size_t length = 0;
    const char *error;
    unsigned byte;

    face->path = apr_pstrcat(pool, folder, "/", files[which].file, NULL);
    face->name = files[which].name;
    face->stem = files[which].stem;
    error = read_file(pool, face->path, &bytes, &length);
    if (error)
        return error;
    face->font = truetype_open(pool, bytes, length, &error);
    if (!face->font)
        return apr_pstrcat(pool, "font ", face->path, " ", error, NULL);
    for (byte = 0; byte < 256; byte++) {
        unsigned letter = letter_of_byte(byte);

        if (letter && !truetype_has(face->font, letter))
            return apr_psprintf(pool, "font %s lacks U+%04X, which documents need", face->path, letter);
        face->widths[byte] = letter ? (short)truetype_width(face->font, letter) : 0;
    }
    return NULL;
}

const document_fonts_t *document_fonts_load(apr_pool_t *pool, const char *folder, const char **error)
{
    document_fonts_t *fonts = apr_pcalloc(pool, sizeof *fonts);
    int face;

    *error = NULL;
    for (face = 0; face < HARU_FACES && !*error; face++)
        *error = load_face(pool, folder, (haru_face_t)face, &fonts->faces[face]);
    if (!*error)
        *error = haru_prepare(pool, fonts);
    return *error ? NULL : fonts;
}

int document_tagging(void)
{
    return HARU_OBJECTS;
}

int haru_letter_width(const document_fonts_t *fonts, haru_face_t face, unsigned letter)
{
    unsigned byte = letter_byte(letter);

    return byte ? fonts->faces[face].widths[byte] : truetype_width(fonts->faces[face].font, letter);
}

double haru_width(const document_fonts_t *fonts, haru_face_t face, double size, const char *text,
                  apr_size_t length)
{
    const char *end = text + length;
    unsigned letter;
    long width = 0;

    while ((letter = letter_next(&text, end)))
        width += haru_letter_width(fonts, face, letter);
    return (double)width * size / 1000;
}

void haru_turn(double matrix[6], double width, double size, double x, double y, double angle)
{
    double turn = angle * M_PI / 180, c = cos(turn), s = sin(turn);
    double back = width / 2, down = size * CAPITALS / 2;

    matrix[0] = matrix[3] = c;
    matrix[1] = s;
    matrix[2] = -s;
    matrix[4] = x - back * c + down * s;
    matrix[5] = y - back * s - down * c;
}

static int row_is_left(const haru_squares_t *squares, int row, int column, int width)
{
    int i;

    for (i = column; i < column + width; i++)
        if (!squares->left[row * squares->side + i])
            return 0;
    return 1;
}

int haru_next_rectangle(haru_squares_t *squares, haru_rectangle_t *r)
{
    int side = squares->side, at = 0, i;

    while (at < side * side && !squares->left[at])
        at++;
    if (at == side * side)
        return 0;
    *r = (haru_rectangle_t){at % side, at / side, 1, 1};
    while (r->column + r->width < side && squares->left[at + r->width])
        r->width++;
    while (r->row + r->height < side && row_is_left(squares, r->row + r->height, r->column, r->width))
        r->height++;
    for (i = 0; i < r->height; i++)
        memset(squares->left + at + i * side, 0, (apr_size_t)r->width);
    return 1;
}

const char *haru_error_line(apr_pool_t *pool, const char *what, HPDF_STATUS error, HPDF_STATUS detail)
{
    if (!error)
        return apr_psprintf(pool, "%s: out of memory", what);
    return apr_psprintf(pool, "%s: libharu error 0x%04lX (detail %lu)", what, (unsigned long)error,
                        (unsigned long)detail);
}
