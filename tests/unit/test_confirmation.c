/* SPDX-License-Identifier: Apache-2.0
 *
 * Confirmations: fonts that load or are refused with one line, documents that are the same bytes each time
 * and from each thread, errors that come back. What the pages show is checked by tests/pdf.
 */
#include "../pdf/samples.h"
#include "document/haru_internal.h"
#include "document/letters.h"
#include "document/qr.h"
#include "document_suite.h"

#include <apr_file_io.h>
#include <apr_thread_proc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS 4
#define REPEATS 20
#define MOST_BYTES 40000

static bytes_t draw(const confirmation_t *confirmation, apr_pool_t *parent)
{
    const char *error = "not set";
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    apr_pool_t *sub;

    apr_pool_create(&sub, parent);
    assert_int_equal(confirmation_write(confirmation, fonts, keep, &bytes, sub, &error), APR_SUCCESS);
    assert_null(error);
    apr_pool_destroy(sub);
    return bytes;
}

static int one_line(const char *text)
{
    return text && *text && !strchr(text, '\n');
}

/* ---------------------------------------------------------------- documents */

static void the_same_model_gives_the_same_bytes(void **state)
{
    bytes_t a = draw(sample_letters(pool), pool), b = draw(sample_letters(pool), pool);

    (void)state;
    assert_same(a, b);
    assert_memory_equal(a.at, "%PDF-1.4", 8);
    assert_false(contains(a, "CreationDate"));
    free(a.at);
    free(b.at);
}

static void documents_are_tagged_and_small(void **state)
{
    bytes_t bytes = draw(sample_candidate(pool), pool);

    (void)state;
    assert_null(document_library_error(pool));
    assert_true(contains(bytes, "/StructTreeRoot"));
    assert_true(contains(bytes, "/Lang (fr-FR)"));
    assert_in_range(bytes.length, 1000, MOST_BYTES);
    free(bytes.at);
}

static void only_other_letters_need_a_second_font(void **state)
{
    bytes_t common = draw(sample_candidate(pool), pool), other = draw(sample_letters(pool), pool);

    (void)state;
    assert_false(contains(common, "/Type0"));
    assert_true(contains(other, "/Type0"));
    assert_in_range(other.length, 1000, MOST_BYTES);
    free(common.at);
    free(other.at);
}

static void units_and_long_answers_make_a_second_page(void **state)
{
    bytes_t usual = draw(sample_candidate(pool), pool), units = draw(sample_bac(pool), pool),
            many = draw(sample_long(pool), pool);

    (void)state;
    assert_true(contains(usual, "/Count 1\n"));
    assert_true(contains(units, "/Count 2\n"));
    assert_true(contains(many, "/Count 2\n"));
    assert_in_range(units.length, 1000, MOST_BYTES);
    assert_in_range(many.length, 1000, MOST_BYTES);
    free(usual.at);
    free(units.at);
    free(many.at);
}

static void units_without_end_go_on(void **state)
{
    confirmation_t *c = sample_bac(pool);
    bytes_t bytes;
    int i;

    (void)state;
    for (i = 0; i < 300; i++)
        APR_ARRAY_PUSH(c->units, confirmation_unit_t) = APR_ARRAY_IDX(c->units, i % 18, confirmation_unit_t);
    bytes = draw(c, pool);
    assert_true(contains(bytes, "/Count 9\n"));
    free(bytes.at);
}

static void codes_hold_what_they_can(void **state)
{
    char endless[4001];
    confirmation_t *c = sample_candidate(pool);
    bytes_t bytes;
    qr_t qr;

    (void)state;
    assert_true(qr_encode(pool, "BCP 11-0", &qr));
    assert_int_equal(qr.side, 21);
    assert_int_equal(qr.black[0], 1); /* a corner of the finder pattern, and the white in it */
    assert_int_equal(qr.black[22], 0);
    assert_false(qr_encode(pool, "", &qr));
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_false(qr_encode(pool, endless, &qr));
    c->scan = endless;
    bytes = draw(c, pool);
    assert_true(contains(bytes, "/Count 1\n"));
    free(bytes.at);
}

static void a_value_of_pages_goes_on(void **state)
{
    confirmation_t *c = sample_candidate(pool);
    char *endless = apr_palloc(pool, 20001), *label = apr_palloc(pool, 1001);
    bytes_t bytes;

    (void)state;
    memset(endless, 'W', 20000);
    endless[20000] = '\0';
    memset(label, 'L', 1000);
    label[1000] = '\0';
    sample_field(c, 0, 0)->value = endless;
    sample_field(c, 0, 1)->label = label;
    c->engagement = c->privacy = endless;
    bytes = draw(c, pool);
    assert_false(contains(bytes, "/Count 1\n"));
    free(bytes.at);
}

static void little_is_enough(void **state)
{
    confirmation_t c = {.authority = "",
                        .exam = "",
                        .session = "",
                        .specialty = "",
                        .number = "",
                        .code = "",
                        .validated = "",
                        .candidate = "",
                        .engagement = "",
                        .privacy = ""};
    bytes_t bytes;

    (void)state;
    c.blocks = apr_array_make(pool, 1, sizeof(confirmation_block_t));
    bytes = draw(&c, pool);
    assert_true(contains(bytes, "/Count 1\n"));
    free(bytes.at);
}

static void wrong_bytes_and_unknown_letters_are_drawn_as_boxes(void **state)
{
    confirmation_t *c = sample_candidate(pool);
    bytes_t bytes;

    (void)state;
    c->candidate = "\xC3( \xF0\x9F\x8E\x93 \xE4\xB8\xAD \xFF";
    sample_field(c, 0, 1)->value = "tab\there\x01, \xED\xA0\x80 (parens) \\";
    bytes = draw(c, pool);
    assert_true(contains(bytes, "/Type0"));
    free(bytes.at);
}

/* ---------------------------------------------------------------- threads */

typedef struct job_t {
    const confirmation_t *confirmation;
    apr_pool_t *pool;
    bytes_t bytes;
    int failed;
} job_t;

static void *APR_THREAD_FUNC draw_repeatedly(apr_thread_t *thread, void *data)
{
    job_t *job = data;
    const char *error;
    int i;

    (void)thread;
    for (i = 0; i < REPEATS; i++) {
        apr_pool_t *sub;

        apr_pool_create(&sub, job->pool);
        job->bytes.length = 0;
        job->failed |=
            confirmation_write(job->confirmation, fonts, keep, &job->bytes, sub, &error) != APR_SUCCESS;
        apr_pool_destroy(sub);
    }
    return NULL;
}

static void threads_share_the_fonts(void **state)
{
    apr_thread_t *threads[THREADS];
    job_t jobs[THREADS] = {{0}};
    const confirmation_t *confirmation = sample_letters(pool);
    bytes_t expected = draw(confirmation, pool);
    apr_status_t status;
    int i;

    (void)state;
    for (i = 0; i < THREADS; i++) {
        jobs[i].confirmation = confirmation;
        apr_pool_create_unmanaged(&jobs[i].pool); /* a pool isn't to be shared */
        assert_int_equal(apr_thread_create(&threads[i], NULL, draw_repeatedly, &jobs[i], pool), APR_SUCCESS);
    }
    for (i = 0; i < THREADS; i++) {
        apr_thread_join(&status, threads[i]);
        assert_false(jobs[i].failed);
        assert_same(jobs[i].bytes, expected);
        free(jobs[i].bytes.at);
        apr_pool_destroy(jobs[i].pool);
    }
    free(expected.at);
}

/* ---------------------------------------------------------------- fonts */

static void missing_fonts_are_one_line(void **state)
{
    const char *error = NULL;

    (void)state;
    assert_null(document_fonts_load(pool, "/nowhere/fonts", &error));
    assert_true(one_line(error));
    assert_non_null(strstr(error, "/nowhere/fonts/inscrinet-regular.ttf"));
}

static const char *scratch_folder(void)
{
    char *path = apr_pstrdup(pool, "/tmp/inscrinet-fonts-XXXXXX");

    assert_non_null(mkdtemp(path));
    return path;
}

static void put_file(const char *path, const char *bytes, apr_size_t length)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, bytes, length, NULL), APR_SUCCESS);
    apr_file_close(file);
}

static void wrong_font_files_are_one_line(void **state)
{
    const char *where = scratch_folder(), *path = apr_pstrcat(pool, where, "/inscrinet-regular.ttf", NULL);
    static const char *const contents[] = {"", "short", "%PDF-1.7 is not a font, however long it goes on"};
    const char *error = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < sizeof contents / sizeof *contents; i++) {
        put_file(path, contents[i], strlen(contents[i]));
        assert_null(document_fonts_load(pool, where, &error));
        assert_true(one_line(error));
        assert_non_null(strstr(error, path));
    }
    apr_file_remove(path, pool);
    rmdir(where);
}

static bytes_t read_font(void)
{
    const char *path = apr_pstrcat(pool, fonts_folder(), "/inscrinet-regular.ttf", NULL);
    bytes_t bytes = {NULL, 0, 0, 0, 0};
    char piece[8192];
    apr_size_t length = sizeof piece;
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_READ, 0, pool), APR_SUCCESS);
    while (apr_file_read(file, piece, &length) == APR_SUCCESS) {
        keep(&bytes, piece, length);
        length = sizeof piece;
    }
    apr_file_close(file);
    return bytes;
}

static void a_font_that_was_cut_or_changed_is_refused(void **state)
{
    bytes_t font = read_font();
    unsigned char *bytes = (unsigned char *)font.at;
    unsigned random = 1;
    apr_size_t cut, at;
    int i;

    (void)state;
    assert_true(haru_font_is_whole(bytes, font.length));
    for (cut = 0; cut < font.length; cut += 97)
        assert_false(haru_font_is_whole(bytes, cut));
    for (i = 0; i < 2000; i++) {
        random = random * 1103515245u + 12345u;
        at = (random >> 8) % font.length;
        bytes[at] ^= (unsigned char)(1u << i % 8);
        assert_false(haru_font_is_whole(bytes, font.length));
        bytes[at] ^= (unsigned char)(1u << i % 8);
    }
    free(font.at);
}

/* ---------------------------------------------------------------- letters */

static unsigned first_letter(const char *text)
{
    return letter_next(&text, text + strlen(text));
}

static void letters_are_read(void **state)
{
    (void)state;
    assert_int_equal(first_letter(""), 0);
    assert_int_equal(first_letter("é"), 0xE9);
    assert_int_equal(first_letter("ễ"), 0x1EC5);
    assert_int_equal(first_letter("🎓"), 0x1F393);
    assert_int_equal(first_letter("\u202F"), 0xA0);
    assert_int_equal(first_letter("\u2011"), '-');
    assert_int_equal(first_letter("\xC0\x80"), LETTER_WRONG);
    assert_int_equal(first_letter("\xED\xA0\x80"), LETTER_WRONG);
    assert_int_equal(first_letter("\xE2\x82"), LETTER_WRONG);
}

static void common_letters_have_a_byte(void **state)
{
    unsigned byte;

    (void)state;
    assert_int_equal(letter_byte('A'), 'A');
    assert_int_equal(letter_byte(0x153), 0x9C);
    assert_int_equal(letter_byte(0x2019), 0x92);
    assert_int_equal(letter_byte(0x141), 0);
    assert_int_equal(letter_byte(0), 0);
    for (byte = 0; byte < 256; byte++)
        if (letter_of_byte(byte))
            assert_int_equal(letter_byte(letter_of_byte(byte)), byte);
}

static void widths_add_up(void **state)
{
    double a = haru_width(fonts, HARU_REGULAR, 10, "Łé", strlen("Łé"));

    (void)state;
    assert_true(a > 5 && a < 20);
    assert_true(haru_width(fonts, HARU_REGULAR, 20, "Łé", strlen("Łé")) > 1.99 * a);
    assert_true(haru_width(fonts, HARU_BOLD, 10, "Łé", strlen("Łé")) > a);
}

static int both_faces_have(const char *text)
{
    const char *end = text + strlen(text);
    unsigned letter;
    int face;

    while ((letter = letter_next(&text, end)))
        for (face = 0; face < HARU_FACES; face++)
            if (letter >= HARU_LETTERS || !fonts->faces[face].glyphs[letter])
                return 0;
    return 1;
}

static void both_faces_have_the_letters_of_names(void **state)
{
    (void)state;
    assert_true(both_faces_have(""));
    assert_true(both_faces_have("Łęcka-Nguyễn d’Œuvré ʻOkina Çiğdem Ștefan ẞ"));
    assert_false(both_faces_have("中村"));
    assert_false(both_faces_have("e\u0301"));
    assert_false(both_faces_have("\xFF"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_model_gives_the_same_bytes),
        cmocka_unit_test(documents_are_tagged_and_small),
        cmocka_unit_test(only_other_letters_need_a_second_font),
        cmocka_unit_test(units_and_long_answers_make_a_second_page),
        cmocka_unit_test(units_without_end_go_on),
        cmocka_unit_test(codes_hold_what_they_can),
        cmocka_unit_test(a_value_of_pages_goes_on),
        cmocka_unit_test(little_is_enough),
        cmocka_unit_test(wrong_bytes_and_unknown_letters_are_drawn_as_boxes),
        cmocka_unit_test(threads_share_the_fonts),
        cmocka_unit_test(missing_fonts_are_one_line),
        cmocka_unit_test(wrong_font_files_are_one_line),
        cmocka_unit_test(a_font_that_was_cut_or_changed_is_refused),
        cmocka_unit_test(letters_are_read),
        cmocka_unit_test(common_letters_have_a_byte),
        cmocka_unit_test(widths_add_up),
        cmocka_unit_test(both_faces_have_the_letters_of_names),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
