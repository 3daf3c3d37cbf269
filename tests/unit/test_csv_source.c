/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV files as academies have them, read as rows: encodings told by their bytes, separators, titles before
 * the header, columns by name, and what is wrong with a row or a file in French, with its line.
 */
#include "check_suite.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <stdlib.h>

#include "exchange/csv_source.h"
#include "exchange/lines.h"

static const source_column_t columns[] = {{"code", "CODE_ÉTABLISSEMENT|N_UAI.LIBELLE", 1},
                                          {"nom", "Dénomination", 1},
                                          {"ville", NULL, 0},
                                          {NULL, NULL, 0}};

static source_t *opened(const char *bytes, apr_size_t length, const char **error)
{
    const char *folder = getenv("TMPDIR");
    char *path = apr_psprintf(pool, "%s/rows.XXXXXX", folder != NULL ? folder : "/tmp");
    apr_file_t *file;
    source_t *source;

    assert_int_equal(apr_file_mktemp(&file, path, APR_FOPEN_CREATE | APR_FOPEN_WRITE | APR_FOPEN_EXCL, pool),
                     0);
    assert_int_equal(apr_file_write_full(file, bytes, length, NULL), 0);
    apr_file_close(file);
    source = csv_source_open(pool, path, columns, error);
    apr_file_remove(path, pool);
    return source;
}

static source_t *of(const char *text)
{
    const char *error;
    source_t *source = opened(text, strlen(text), &error);

    assert_null(error);
    return source;
}

/* The rows as « line code|nom|ville », one after the other; what is wrong with one in its place. */
static const char *rows_of(source_t *source)
{
    const char *rows = "";
    source_row_t row;

    while (source->next(source, pool, &row))
        rows =
            row.wrong != NULL
                ? apr_psprintf(pool, "%s%d %s\n", rows, (int)row.line, row.wrong)
                : apr_psprintf(pool, "%s%d %s|%s|%s\n", rows, (int)row.line, row.cells[0] ? row.cells[0] : "",
                               row.cells[1] ? row.cells[1] : "", row.cells[2] ? row.cells[2] : "");
    return rows;
}

static void says(const char *text, const char *rows)
{
    source_t *source = of(text);

    assert_string_equal(rows_of(source), rows);
    assert_null(source->error);
}

static void refused(const char *bytes, apr_size_t length, const char *sentence)
{
    const char *error;

    assert_null(opened(bytes, length, &error));
    assert_string_equal(error, sentence);
}

static void every_separator_is_found(void **state)
{
    (void)state;
    says("code;nom;ville\n1;A, B;C\n", "2 1|A, B|C\n");
    says("code,nom,ville\n1,A;B,C\n", "2 1|A;B|C\n");
    says("code\tnom\tville\n1\tA;B\tC\n", "2 1|A;B|C\n");
    says("code|nom|ville\n1|A;B|C\n", "2 1|A;B|C\n");
}

static void columns_are_found_by_name_in_any_order(void **state)
{
    (void)state;
    says("VILLE ;Dénomination;Code établissement\nC;A;1\n", "2 1|A|C\n");
    says("denomination;Code-Établissement*\nA;1\n", "2 1|A|\n");
    says("n_uai.libelle;NOM\n1;A\n", "2 1|A|\n");
    says("code;nom;nom;ville\n1;A;B;C\n", "2 1|A|C\n"); /* of two that are called the same, the first */
}

static void other_columns_are_ignored_with_a_word(void **state)
{
    source_t *source = of("code;nature;nom;N_SISE.LIBELLE\n1;x;A;y\n");

    (void)state;
    assert_int_equal(source->warnings->nelts, 1);
    assert_string_equal(APR_ARRAY_IDX(source->warnings, 0, const char *),
                        "Colonnes ignorées\u00a0: nature, N_SISE.LIBELLE.");
    assert_true(source->has[0] && source->has[1] && !source->has[2]);
    assert_string_equal(rows_of(source), "2 1|A|\n");
}

static void titles_before_the_header_are_passed_over(void **state)
{
    (void)state;
    says("Session 2027\n\nLYCÉE BREL (0590001A)\nle 3/11;à 8 h\ncode;nom;ville\n1;A;C\n", "6 1|A|C\n");
}

static void encoding_is_told_by_the_bytes(void **state)
{
    (void)state;
    says("\xef\xbb\xbf"
         "code;nom\n1;Œuvre d’été\n",
         "2 1|Œuvre d’été|\n");
    says("code;nom\n1;L\x92\xe9t\xe9 \x85 \x9cuvre\n", "2 1|L’été … œuvre|\n"); /* Windows-1252 */
    says("code;nom\n1;\xc9t\xe9, c\xbdur\n", "2 1|Été, cœur|\n");               /* ISO-8859-15 */
    says("code;nom\n1;\xc9t\xe9, 3 \xbd\n", "2 1|Été, 3 ½|\n");                 /* ISO-8859-1 */
    says("code;nom\n1;e\xcc\x81t\xc3\xa9\n", "2 1|été|\n");                     /* composed */
}

static void line_ends_and_quotes_are_as_they_come(void **state)
{
    (void)state;
    says("code;nom\r\n1;A\r\n2;B\r\n", "2 1|A|\n3 2|B|\n");
    says("code;nom\r1;A\r2;B", "2 1|A|\n3 2|B|\n");
    says("code;nom\n1;\"A \"\"x\"\"\nb;c\"\n\n2;  B  \n", "2 1|A \"x\" b;c|\n5 2|B|\n");
    says("code;nom\n1;A \"x\" B\"\n2;B\n", "2 1|A \"x\" B\"|\n3 2|B|\n"); /* as the BCN writes */
    says("code;nom\n\n\"\n\n1\";A\n2;B\n", "3 1|A|\n6 2|B|\n");
    says("code;nom;ville\n;A;\n1;B;C;;\n", "2 |A|\n3 1|B|C\n");
}

static void a_wrong_row_is_told_with_its_line(void **state)
{
    source_t *source = of("code;nom\n1\n2;B\n3;C;D\n4;\x01\n5;E\n");

    (void)state;
    assert_string_equal(rows_of(source),
                        "2 La ligne a 1 cellules au lieu de 2.\n3 2|B|\n"
                        "4 La ligne a 3 cellules au lieu de 2.\n"
                        "5 La colonne «\u00a0nom\u00a0» contient un octet ou un signe illisible.\n6 5|E|\n");
    says("code;nom\n1;A\x81\n2;B\n",
         "2 La colonne «\u00a0nom\u00a0» contient un octet ou un signe illisible.\n3 2|B|\n");
}

static void embedded_nul_is_refused(void **state)
{
    static const char bytes[] = "code;nom\n1;A\0B\n2;C\n";
    const char *error;

    (void)state;
    assert_string_equal(rows_of(opened(bytes, sizeof bytes - 1, &error)),
                        "2 La colonne «\u00a0nom\u00a0» contient un octet ou un signe illisible.\n3 2|C|\n");
}

static void a_file_cut_in_a_cell_is_told(void **state)
{
    source_t *source = of("code;nom\n1;A\n2;\"B\n3;C\n");

    (void)state;
    assert_string_equal(rows_of(source), "2 1|A|\n");
    assert_string_equal(
        source->error,
        "La ligne 3 n’a pas de fin\u00a0: un guillemet n’est pas fermé, ou la fin du fichier manque.");
}

static void a_line_without_end_is_refused(void **state)
{
    char *text = apr_pcalloc(pool, LINE_MOST + 200000);
    source_t *source;

    (void)state;
    apr_cpystrn(text, "code;nom\n1;A\n2;", 32);
    memset(text + strlen(text), 'x', LINE_MOST + 100000);
    source = of(text);
    assert_string_equal(rows_of(source), "2 1|A|\n");
    assert_true(strncmp(source->error, "La ligne 3 dépasse 1 Mo", 24) == 0);
}

static void rows_over_pieces_of_the_file_are_whole(void **state)
{
    char *text = apr_palloc(pool, 3 << 20), *at = text;
    int i, lines = 60000;
    source_t *source;
    source_row_t row;

    (void)state;
    at += sprintf(at, "code;nom;ville\r\n");
    for (i = 0; i < lines; i++)
        at += sprintf(at, "%d;\"N°\r\n%d\";Été %d\r\n", i, i, i % 7);
    source = of(text);
    for (i = 0; source->next(source, pool, &row); i++) {
        assert_string_equal(row.cells[0], apr_itoa(pool, i));
        assert_string_equal(row.cells[1], apr_psprintf(pool, "N° %d", i));
        assert_string_equal(row.cells[2], apr_psprintf(pool, "Été %d", i % 7));
        assert_int_equal(row.line, 2 * i + 2);
    }
    assert_null(source->error);
    assert_int_equal(i, lines);
}

static void what_is_no_csv_is_named(void **state)
{
    (void)state;
    refused("", 0, "Le fichier est vide.");
    refused(
        "PK\3\4xx", 6,
        "C’est un classeur ou une archive, non un fichier CSV\u00a0: enregistrez la feuille au format CSV.");
    refused("\xff\xfe"
            "c\0",
            4, "Le fichier est en UTF-16\u00a0: enregistrez-le au format «\u00a0CSV UTF-8\u00a0».");
    refused("%PDF-1.4", 8, "Ce n’est pas un fichier CSV.");
    refused("a;b\n1;2\n", 8,
            "Aucune ligne d’en-tête n’a été trouvée au début du fichier\u00a0: il faut au moins la colonne "
            "«\u00a0code\u00a0».");
    refused("code;ville\n1;2\n", 15, "Il manque dans l’en-tête\u00a0: nom.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_separator_is_found),
        cmocka_unit_test(columns_are_found_by_name_in_any_order),
        cmocka_unit_test(other_columns_are_ignored_with_a_word),
        cmocka_unit_test(titles_before_the_header_are_passed_over),
        cmocka_unit_test(encoding_is_told_by_the_bytes),
        cmocka_unit_test(line_ends_and_quotes_are_as_they_come),
        cmocka_unit_test(a_wrong_row_is_told_with_its_line),
        cmocka_unit_test(embedded_nul_is_refused),
        cmocka_unit_test(a_file_cut_in_a_cell_is_told),
        cmocka_unit_test(a_line_without_end_is_refused),
        cmocka_unit_test(rows_over_pieces_of_the_file_are_whole),
        cmocka_unit_test(what_is_no_csv_is_named),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, setup, teardown);
}
