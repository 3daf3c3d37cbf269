/* SPDX-License-Identifier: Apache-2.0
 *
 * The schools' SIECLE exports: what each kind of field gives as a row, in whatever encoding it comes, and
 * with which words a file that can't be read is refused.
 */
#include "check_suite.h"

#include <apr_file_io.h>
#include <unistd.h>

#include "siecle_sample.h"

#define TODAY "2026-11-30"

static const source_column_t columns[] = {
    {"ine", NULL, 1},
    {"ine_bea", NULL, 0},
    {"nom_naissance", NULL, 1},
    {"nom_usage", NULL, 0},
    {"prenom_1", NULL, 1},
    {"prenom_2", NULL, 0},
    {"prenom_3", NULL, 0},
    {"date_naissance", NULL, 1},
    {"sexe", NULL, 0},
    {"pays_naissance", NULL, 0},
    {"departement_naissance", NULL, 0},
    {"commune_naissance_code", NULL, 0},
    {"commune_naissance", NULL, 0},
    {"nationalite", NULL, 0},
    {"classe", NULL, 0},
    {"mef", NULL, 0},
    {"mef_rattachement", NULL, 0},
    {"mef_libelle", NULL, 0},
    {"adresse_1", NULL, 0},
    {"code_postal", NULL, 0},
    {"commune", NULL, 0},
    {"pays", NULL, 0},
    {"telephone_mobile", NULL, 0},
    {"telephone_fixe", NULL, 0},
    {"courriel", NULL, 0},
    {"date_sortie", NULL, 0},
    {"uai", NULL, 0},
    {"annee_scolaire", NULL, 0},
    {"inconnue", NULL, 0},
    {NULL, NULL, 0},
};

static int place_of(const char *name)
{
    int i;

    for (i = 0; columns[i].name != NULL; i++)
        if (strcmp(columns[i].name, name) == 0)
            return i;
    fail_msg("no column %s", name);
    return -1;
}

static const char *cell(const source_row_t *row, const char *name)
{
    return row->cells[place_of(name)];
}

static void cell_is(const source_row_t *row, const char *name, const char *expected)
{
    const char *found = cell(row, name);

    if (expected == NULL && found != NULL)
        fail_msg("%s: « %s » instead of nothing", name, found);
    if (expected != NULL && (found == NULL || strcmp(found, expected) != 0))
        fail_msg("%s: « %s » instead of « %s »", name, found != NULL ? found : "(none)", expected);
}

/* ---------------------------------------------------------------- opening */

static source_t *opened_bytes(const char *bytes, apr_size_t length)
{
    siecle_file_t file = {bytes, length, NULL};
    const char *error = NULL;
    source_t *source = siecle_open(pool, &file, NULL, columns, TODAY, &error);

    if (source == NULL)
        fail_msg("it is refused: %s", error);
    return source;
}

static source_t *opened(const char *document)
{
    apr_size_t length;
    const char *bytes = siecle_encoded(pool, document, "ISO-8859-15", &length);

    return opened_bytes(bytes, length);
}

static source_t *opened_data(const char *data)
{
    return opened(siecle_document(pool, data));
}

/* One pupil of these elements, with an address that he may cite as 7. */
static source_t *opened_pupil(const char *elements)
{
    return opened_data(apr_pstrcat(pool, "<ELEVES><ELEVE ELEVE_ID=\"1\">", elements, "</ELEVE></ELEVES>\n",
                                   "<ADRESSES>", siecle_address(pool, 7), "</ADRESSES>", NULL));
}

static source_row_t row_of(source_t *source)
{
    source_row_t row;

    assert_int_equal(source->next(source, pool, &row), 1);
    assert_null(row.wrong);
    return row;
}

static void no_row(source_t *source)
{
    source_row_t row;

    assert_int_equal(source->next(source, pool, &row), 0);
    assert_null(source->error);
}

/* The sentence with which a file is refused. */
static const char *refusal(const char *bytes, apr_size_t length)
{
    siecle_file_t file = {bytes, length, NULL};
    const char *error = NULL;

    assert_null(siecle_open(pool, &file, NULL, columns, TODAY, &error));
    assert_non_null(error);
    return error;
}

static void is_refused(const char *document, message_t message, const char *detail)
{
    assert_string_equal(refusal(document, strlen(document)), message_format(pool, message, detail, NULL));
}

static int warns(const source_t *source, message_t message, const char *count, const char *who)
{
    const char *sentence = message_format(pool, message, count, who, NULL);
    int i;

    for (i = 0; i < source->warnings->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(source->warnings, i, const char *), sentence) == 0)
            return 1;
    return 0;
}

static int warns_of(const source_t *source, message_t message)
{
    const char *text = message_text(message);
    apr_size_t length = strcspn(text, "{");
    int i;

    for (i = 0; i < source->warnings->nelts; i++)
        if (strncmp(APR_ARRAY_IDX(source->warnings, i, const char *), text, length) == 0)
            return 1;
    return 0;
}

/* ---------------------------------------------------------------- rows */

static void a_pupil_gives_all_his_fields(void **state)
{
    source_t *source = opened_data(apr_pstrcat(
        pool, "<ELEVES>\n", siecle_pupil(pool, 4), "</ELEVES>\n<STRUCTURES>\n", siecle_classes(pool, 4),
        "</STRUCTURES>\n<ADRESSES>\n", siecle_address(pool, 4), "</ADRESSES>\n", NULL));
    source_row_t row = row_of(source);

    (void)state;
    assert_int_equal(row.line, 6);
    cell_is(&row, "uai", "0590001A");
    cell_is(&row, "annee_scolaire", "2026");
    cell_is(&row, "ine", "000000004AB");
    cell_is(&row, "nom_naissance", "LEFÈVRE-ŒUVRARD");
    cell_is(&row, "nom_usage", NULL);
    cell_is(&row, "prenom_1", "Zoé");
    cell_is(&row, "prenom_2", "Camille");
    cell_is(&row, "prenom_3", NULL);
    cell_is(&row, "date_naissance", "2009-05-05");
    cell_is(&row, "sexe", "M");
    cell_is(&row, "pays_naissance", "100");
    cell_is(&row, "departement_naissance", "059");
    cell_is(&row, "commune_naissance_code", "59350");
    cell_is(&row, "nationalite", "100");
    cell_is(&row, "classe", "TMELEC0");
    cell_is(&row, "mef", "2472000233");
    cell_is(&row, "adresse_1", "5 rue de l'Hôtel-de-Ville");
    cell_is(&row, "code_postal", "59000");
    cell_is(&row, "commune", "LILLE");
    cell_is(&row, "pays", "FRANCE");
    cell_is(&row, "telephone_mobile", "06 12 00 04 00");
    cell_is(&row, "telephone_fixe", "03 20 00 04 00");
    cell_is(&row, "courriel", "eleve4@exemple.fr");
    cell_is(&row, "date_sortie", NULL);
    cell_is(&row, "inconnue", NULL);
    no_row(source);
    assert_int_equal(source->warnings->nelts, 0);
}

static void last_year_repeats_names_and_changes_nothing(void **state)
{
    source_row_t row =
        row_of(opened_pupil("<SCOLARITE_AN_DERNIER><CODE_MEF>20010018110</CODE_MEF><MEL>ce@exemple.fr</MEL>"
                            "<CODE_STRUCTURE>2GT1</CODE_STRUCTURE></SCOLARITE_AN_DERNIER>"
                            "<CODE_MEF>24722001310</CODE_MEF>"
                            "<SCOLARITE_AN_DERNIER><CODE_MEF>20010018110</CODE_MEF></SCOLARITE_AN_DERNIER>"));

    (void)state;
    cell_is(&row, "mef", "2472200131");
    cell_is(&row, "courriel", NULL);
    cell_is(&row, "classe", NULL);
}

static void facts_are_told(void **state)
{
    const siecle_facts_t *facts = siecle_facts(opened_pupil(""));

    (void)state;
    assert_string_equal(facts->establishment, "0590001A");
    assert_string_equal(facts->year, "2026");
    assert_string_equal(facts->exported, "2026-11-30");
    assert_int_equal(facts->pupils, 1);
    assert_int_equal(facts->departed, 0);
}

static void the_ine_has_had_other_names(void **state)
{
    source_row_t row = row_of(opened_pupil(SIECLE_OF("ID_NATIONAL", "071340028HH") SIECLE_OF(
        "INE_BEA", "1814023809K") SIECLE_OF("INE_RNIE", "999999999ZZ")));

    (void)state;
    cell_is(&row, "ine", "071340028HH");
    cell_is(&row, "ine_bea", "1814023809K");
    row = row_of(opened_pupil("<ID_NATIONAL/>" SIECLE_OF("INE_RNIE", "999999999ZZ")));
    cell_is(&row, "ine", "999999999ZZ");
    row = row_of(opened_pupil(SIECLE_OF("INE_BEA", "1814023809K")));
    cell_is(&row, "ine", NULL);
    cell_is(&row, "ine_bea", "1814023809K");
}

static void old_versions_have_another_name(void **state)
{
    source_row_t row = row_of(opened_pupil(SIECLE_OF("NOM", "DURAND") SIECLE_OF("NOM_USAGE", "  PETIT  ")));

    (void)state;
    cell_is(&row, "nom_naissance", "DURAND");
    cell_is(&row, "nom_usage", "PETIT");
    row = row_of(opened_pupil(SIECLE_OF("NOM", "AUTRE") SIECLE_OF("NOM_DE_FAMILLE", "DURAND")));
    cell_is(&row, "nom_naissance", "DURAND");
}

static void dates_are_iso_or_as_they_were_written(void **state)
{
    source_t *source =
        opened_pupil(SIECLE_OF("DATE_NAISS", "29/02/2008") SIECLE_OF("DATE_SORTIE", "31/12/9999"));
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "date_naissance", "2008-02-29");
    cell_is(&row, "date_sortie", NULL);
    row = row_of(opened_pupil(SIECLE_OF("DATE_NAISS", "31/02/2008")));
    cell_is(&row, "date_naissance", "31/02/2008");
    source = opened_pupil("<DATE_NAISS/>");
    row = row_of(source);
    cell_is(&row, "date_naissance", NULL);
    assert_true(warns_of(source, MSG_SIECLE_NO_DATE));
}

static void who_has_left_is_left_out_and_told(void **state)
{
    source_t *source =
        opened_data("<ELEVES>\n"
                    "<ELEVE ELEVE_ID=\"1\"><NOM_DE_FAMILLE>PARTI</NOM_DE_FAMILLE><PRENOM>Luc</PRENOM>"
                    "<DATE_SORTIE>29/11/2026</DATE_SORTIE></ELEVE>\n"
                    "<ELEVE ELEVE_ID=\"2\"><NOM_DE_FAMILLE>RESTE</NOM_DE_FAMILLE>"
                    "<DATE_SORTIE>30/11/2026</DATE_SORTIE></ELEVE>\n</ELEVES>");
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "nom_naissance", "RESTE");
    cell_is(&row, "date_sortie", "2026-11-30");
    no_row(source);
    assert_true(warns(source, MSG_SIECLE_LEFT, "1", "PARTI Luc (ligne 6)"));
    assert_int_equal(siecle_facts(source)->departed, 1);
    assert_int_equal(siecle_facts(source)->pupils, 1);
}

/* ---------------------------------------------------------------- classes */

#define IN(kind, code)                                                                                       \
    "<STRUCTURE><CODE_STRUCTURE>" code "</CODE_STRUCTURE><TYPE_STRUCTURE>" kind                              \
    "</TYPE_STRUCTURE></STRUCTURE>"
#define TWO_PUPILS "<ELEVES>\n<ELEVE ELEVE_ID=\"1\"/>\n<ELEVE ELEVE_ID=\"2\"/>\n</ELEVES>\n"

static void the_class_is_the_division(void **state)
{
    source_t *source = opened_data(TWO_PUPILS "<STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"2\">" IN(
        "G", "TANG2") IN("D", "T MELEC 1") IN("G", "TESP") "</STRUCTURES_ELEVE></STRUCTURES>");
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "classe", NULL);
    row = row_of(source);
    cell_is(&row, "classe", "T MELEC 1");
    assert_true(warns(source, MSG_SIECLE_NO_CLASS, "1", "(ligne 6)"));
    assert_false(warns_of(source, MSG_SIECLE_CLASSES));
}

static void classes_may_come_first(void **state)
{
    source_t *source = opened_data("<STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"2\">" IN(
        "D",
        "T1") "</STRUCTURES_ELEVE><STRUCTURES_ELEVE ELEVE_ID=\"9\">" IN("D",
                                                                        "T9") "</STRUCTURES_ELEVE></"
                                                                              "STRUCTURES>\n" TWO_PUPILS);
    source_row_t row = row_of(source), other = row_of(source);

    (void)state;
    no_row(source);
    cell_is(&row, "classe", "T1");
    cell_is(&other, "classe", NULL);
}

static void of_two_classes_the_first_counts(void **state)
{
    source_t *source = opened_data(TWO_PUPILS "<STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"1\">" IN(
        "D",
        "T1") "</STRUCTURES_ELEVE><STRUCTURES_ELEVE ELEVE_ID=\"1\">" IN("D",
                                                                        "T2") "</"
                                                                              "STRUCTURES_ELEVE><STRUCTURES_"
                                                                              "ELEVE ELEVE_ID=\"2\">" IN("D",
                                                                                                         "T1")
                                                                                  IN("D",
                                                                                     "T1") "</"
                                                                                           "STRUCTURES_ELEVE>"
                                                                                           "</STRUCTURES>");
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "classe", "T1");
    assert_true(warns(source, MSG_SIECLE_CLASSES, "1", "(ligne 6)"));
}

/* ---------------------------------------------------------------- INE, birth, sex */

#define BORN(id, name, ine, date)                                                                            \
    "<ELEVE ELEVE_ID=\"" id "\"><ID_NATIONAL>" ine "</ID_NATIONAL><NOM_DE_FAMILLE>" name                     \
    "</NOM_DE_FAMILLE><DATE_NAISS>" date "</DATE_NAISS></ELEVE>\n"

static void doubled_ines_are_told(void **state)
{
    source_t *source = opened_data("<ELEVES>\n" BORN("1", "UN", "111111111AA", "01/01/2009")
                                       BORN("2", "DEUX", "111111111AA", "02/01/2009")
                                           BORN("3", "TROIS", "111111111AA", "01/01/2009")
                                               BORN("4", "QUATRE", "", "01/01/2009") "</ELEVES>\n");
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "nom_naissance", "UN");
    row = row_of(source);
    cell_is(&row, "nom_naissance", "DEUX");
    row = row_of(source);
    cell_is(&row, "nom_naissance", "QUATRE");
    no_row(source);
    assert_true(warns(source, MSG_SIECLE_INE_SHARED, "1", "DEUX (ligne 7)"));
    assert_true(warns(source, MSG_SIECLE_INE_TWICE, "1", "TROIS (ligne 8)"));
    assert_true(warns(source, MSG_SIECLE_NO_INE, "1", "QUATRE (ligne 9)"));
}

static void births_abroad_have_a_town(void **state)
{
    source_t *source = opened_pupil(SIECLE_OF("CODE_PAYS", "352") SIECLE_OF("VILLE_NAISS", "ALGER"));
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "pays_naissance", "352");
    cell_is(&row, "commune_naissance", "ALGER");
    cell_is(&row, "departement_naissance", NULL);
    assert_false(warns_of(source, MSG_SIECLE_NO_TOWN));
    assert_false(warns_of(opened_pupil(SIECLE_OF("CODE_PAYS", "352")), MSG_SIECLE_NO_TOWN));
    row = row_of(opened_pupil(SIECLE_OF("CODE_DEPARTEMENT_NAISS", "02A")
                                  SIECLE_OF("CODE_COMMUNE_INSEE_NAISS", "2A004")));
    cell_is(&row, "departement_naissance", "02A");
    cell_is(&row, "commune_naissance_code", "2A004");
}

static void missing_town_and_sex_are_told(void **state)
{
    source_t *source = opened_pupil(SIECLE_OF("CODE_PAYS", "100"));
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "sexe", NULL);
    assert_true(warns(source, MSG_SIECLE_NO_TOWN, "1", "(ligne 5)"));
    assert_true(warns(source, MSG_SIECLE_NO_SEX, "1", "(ligne 5)"));
    row = row_of(opened_pupil(SIECLE_OF("CODE_SEXE", "2")));
    cell_is(&row, "sexe", "F");
}

static void many_are_told_by_some(void **state)
{
    const char *pupils = "<ELEVES>\n";
    source_t *source;
    int i;

    (void)state;
    for (i = 1; i <= 12; i++)
        pupils = apr_psprintf(pool, "%s<ELEVE ELEVE_ID=\"%d\"><PRENOM>P%d</PRENOM></ELEVE>\n", pupils, i, i);
    source = opened_data(apr_pstrcat(pool, pupils, "</ELEVES>", NULL));
    assert_true(warns(source, MSG_SIECLE_NO_SEX, "12",
                      "P1 (ligne 6), P2 (ligne 7), P3 (ligne 8), P4 (ligne 9), P5 (ligne 10), P6 (ligne 11), "
                      "P7 (ligne 12), P8 (ligne 13), P9 (ligne 14), P10 (ligne 15), …"));
}

/* ---------------------------------------------------------------- addresses, MEFs */

static void an_address_is_found_by_its_number(void **state)
{
    source_t *source = opened_pupil(SIECLE_OF("ADRESSE_ID", "7"));
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "adresse_1", "8 rue de l'Hôtel-de-Ville");
    assert_int_equal(source->has[place_of("adresse_1")], 1);
    row = row_of(opened_pupil(SIECLE_OF("ADRESSE_ID", "8")));
    cell_is(&row, "adresse_1", NULL);
    source = opened_data(TWO_PUPILS);
    assert_int_equal(source->has[place_of("adresse_1")], 0);
    assert_int_equal(source->has[place_of("ine")], 1);
    assert_int_equal(source->has[place_of("inconnue")], 0);
    assert_true(warns(source, MSG_SIECLE_NO_ADDRESSES, NULL, NULL));
    source = opened_data(TWO_PUPILS "<ADRESSES><ADRESSE ADRESSE_ID=\"1\"/></ADRESSES>");
    assert_false(warns_of(source, MSG_SIECLE_NO_ADDRESSES));
}

static void towns_abroad_have_another_name(void **state)
{
    source_row_t row = row_of(opened_data(
        "<ELEVES><ELEVE ELEVE_ID=\"1\"><ADRESSE_ID>2</ADRESSE_ID></ELEVE></ELEVES><ADRESSES><ADRESSE "
        "ADRESSE_ID=\"2\">"
        "<LL_PAYS>BELGIQUE</LL_PAYS><COMMUNE_ETRANGERE>TOURNAI</COMMUNE_ETRANGERE></ADRESSE></ADRESSES>"));

    (void)state;
    cell_is(&row, "commune", "TOURNAI");
    cell_is(&row, "pays", "BELGIQUE");
}

static const char nomenclature[] =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<BEE_NOMENCLATURES VERSION=\"3.1\">"
    "<DONNEES><MEFS><MEF CODE_MEF=\"24722001312\"><CODE_MEFSTAT>23830022001</CODE_MEFSTAT>"
    "<LIBELLE_LONG>TLEPRO MELEC LOCAL         </LIBELLE_LONG>"
    "<MEF_RATTACHEMENT>24725501310</MEF_RATTACHEMENT></MEF></MEFS></DONNEES>"
    "</BEE_NOMENCLATURES>";

static const char *programme_document(void)
{
    return siecle_document(pool,
                           "<ELEVES><ELEVE ELEVE_ID=\"1\"><CODE_MEF>24722001312</CODE_MEF></ELEVE></ELEVES>");
}

static void a_local_mef_has_a_national_one(void **state)
{
    const char *error, *document = programme_document();
    siecle_file_t file = {document, strlen(document), NULL},
                  other = {nomenclature, strlen(nomenclature), NULL};
    source_t *source = siecle_open(pool, &file, &other, columns, TODAY, &error);
    source_row_t row = row_of(source);

    (void)state;
    cell_is(&row, "mef", "2472200131");
    cell_is(&row, "mef_rattachement", "2472550131");
    cell_is(&row, "mef_libelle", "TLEPRO MELEC LOCAL");
    source = siecle_open(pool, &file, NULL, columns, TODAY, &error);
    row = row_of(source);
    cell_is(&row, "mef", "2472200131");
    cell_is(&row, "mef_libelle", NULL);
    assert_int_equal(source->has[place_of("mef_libelle")], 0);
    assert_null(siecle_open(pool, &file, &file, columns, TODAY, &error));
    assert_string_equal(
        error, message_format(pool, MSG_SIECLE_NO_NOMENCLATURE, message_text(MSG_SIECLE_IS_PUPILS), NULL));
}

/* ---------------------------------------------------------------- encodings */

#define NAMED(name) "<ELEVES><ELEVE ELEVE_ID=\"1\"><NOM_DE_FAMILLE>" name "</NOM_DE_FAMILLE></ELEVE></ELEVES>"

/* A document that declares an encoding, or nothing, and is in another. */
static const char *name_read(const char *declared, const char *mark, const char *encoding, const char *name)
{
    const char *document = strstr(siecle_document(pool, apr_psprintf(pool, NAMED("%s"), name)), "<BEE"),
               *bytes;
    const char *head =
        declared != NULL ? apr_psprintf(pool, "<?xml version=\"1.0\" encoding=\"%s\"?>\n", declared) : "";
    apr_size_t length;
    source_row_t row;

    bytes = siecle_encoded(pool, apr_pstrcat(pool, mark, head, document, NULL), encoding, &length);
    row = row_of(opened_bytes(bytes, length));
    return cell(&row, "nom_naissance");
}

static void letters_are_those_of_the_bytes(void **state)
{
    (void)state;
    assert_string_equal(name_read("ISO-8859-15", "", "ISO-8859-15", "DUBŒUF-ÉTÉ"), "DUBŒUF-ÉTÉ");
    assert_string_equal(name_read("iso-8859-15", "", "ISO-8859-15", "Ÿ"), "Ÿ");
    assert_string_equal(name_read("ISO-8859-1", "", "ISO-8859-1", "LEFÈVRE"), "LEFÈVRE");
    assert_string_equal(name_read("UTF-8", "", "UTF-8", "DUBŒUF"), "DUBŒUF");
    assert_string_equal(name_read(NULL, "", "UTF-8", "DUBŒUF"), "DUBŒUF");
    assert_string_equal(name_read("UTF-8", "\xef\xbb\xbf", "UTF-8", "DUBŒUF"), "DUBŒUF");
    assert_string_equal(name_read("UTF-16", "\xef\xbb\xbf", "UTF-16LE", "DUBŒUF"), "DUBŒUF");
    assert_string_equal(name_read("windows-1252", "", "windows-1252", "N’DUBŒUF"), "N’DUBŒUF");
}

static void what_a_file_declares_may_be_wrong(void **state)
{
    (void)state;
    assert_string_equal(name_read("ISO-8859-15", "", "UTF-8", "DUBŒUF-ÉTÉ"), "DUBŒUF-ÉTÉ");
    assert_string_equal(name_read("ISO-8859-15", "\xef\xbb\xbf", "UTF-8", "DUBŒUF-ÉTÉ"), "DUBŒUF-ÉTÉ");
    assert_string_equal(name_read("ISO-8859-1", "", "UTF-8", "ÉTÉ"), "ÉTÉ");
    assert_string_equal(name_read("windows-1252", "", "UTF-8", "ÉTÉ"), "ÉTÉ");
    assert_string_equal(name_read("ISO-8859-1", "", "windows-1252", "N’DUBŒUF"), "N’DUBŒUF");
    assert_string_equal(name_read("ISO-8859-15", "", "windows-1252", "N’DUBŒUF"), "N’DUBŒUF");
    assert_string_equal(name_read("UTF-8", "", "ISO-8859-15", "DUBŒUF"), "DUBŒUF");
    assert_string_equal(name_read(NULL, "", "windows-1252", "N’ÉTÉ"), "N’ÉTÉ");
}

/* The letter that decides may come after the first that is wrong, and after many chunks. */
static void all_of_the_bytes_decide(void **state)
{
    const char *many = NAMED("ÉTÉ"), *error;
    char *filler = apr_palloc(pool, 100001);
    siecle_file_t file;
    source_row_t row;

    (void)state;
    memset(filler, ' ', 100000);
    filler[100000] = '\0';
    many = apr_pstrcat(pool, many, filler, "<OPTIONS><X>\x92\xe9</X></OPTIONS>", NULL);
    many = siecle_document(pool, many);
    file = (siecle_file_t){many, strlen(many), NULL};
    row = row_of(siecle_open(pool, &file, NULL, columns, TODAY, &error));
    cell_is(&row, "nom_naissance", "Ã‰TÃ‰");
}

/* ---------------------------------------------------------------- texts of XML */

static void references_comments_and_sections_are_texts(void **state)
{
    source_row_t row =
        row_of(opened_pupil("<NOM_DE_FAMILLE>N&apos;D&#201;<!-- no -->SIR&amp;\n<![CDATA[<X>]]> "
                            "&lt;</NOM_DE_FAMILLE><PRENOM>e&#769;</PRENOM>"));

    (void)state;
    cell_is(&row, "nom_naissance", "N'DÉSIR& <X> <");
    cell_is(&row, "prenom_1", "é");
}

static void a_child_within_a_text_is_passed_over(void **state)
{
    source_row_t row = row_of(opened_pupil("<NOM_DE_FAMILLE>A<B>C</B>D</NOM_DE_FAMILLE>"));

    (void)state;
    cell_is(&row, "nom_naissance", "AD");
}

/* ---------------------------------------------------------------- zips */

static const char *plain(void)
{
    return siecle_document(pool, NAMED("MARTIN"));
}

static source_t *opened_zip(const siecle_member_t *members)
{
    siecle_file_t file = siecle_zip(pool, members);

    assert_true(siecle_begins(file.bytes, file.length));
    return opened_bytes(file.bytes, file.length);
}

static void zip_is_refused(const siecle_member_t *members, message_t message)
{
    siecle_file_t file = siecle_zip(pool, members);

    assert_string_equal(refusal(file.bytes, file.length), message_text(message));
}

static void a_zip_holds_one_file(void **state)
{
    const char *xml = plain();
    apr_size_t length = strlen(xml);
    const siecle_member_t one[] = {{"ElevesSansAdresses.XML", xml, length, NULL}, {NULL, NULL, 0, NULL}};
    const siecle_member_t shadow[] = {{"__MACOSX/._Eleves.xml", "x", 1, NULL},
                                      {"Eleves.xml", xml, length, NULL},
                                      {"._Eleves.xml", "x", 1, NULL},
                                      {"lisez-moi.txt", "x", 1, NULL},
                                      {NULL, NULL, 0, NULL}};
    const siecle_member_t two[] = {
        {"a.xml", xml, length, NULL}, {"b.xml", xml, length, NULL}, {NULL, NULL, 0, NULL}};
    const siecle_member_t none[] = {{"a.txt", xml, length, NULL}, {NULL, NULL, 0, NULL}};
    const siecle_member_t locked[] = {{"a.xml", xml, length, "secret"}, {NULL, NULL, 0, NULL}};
    const siecle_member_t workbook[] = {{"[Content_Types].xml", "<x/>", 4, NULL},
                                        {"xl/workbook.xml", "<x/>", 4, NULL},
                                        {NULL, NULL, 0, NULL}};
    source_row_t row = row_of(opened_zip(one));

    (void)state;
    cell_is(&row, "nom_naissance", "MARTIN");
    row = row_of(opened_zip(shadow));
    cell_is(&row, "nom_naissance", "MARTIN");
    zip_is_refused(two, MSG_SIECLE_ZIP_MANY);
    zip_is_refused(none, MSG_SIECLE_ZIP_NONE);
    zip_is_refused(locked, MSG_SIECLE_ZIP_LOCKED);
    zip_is_refused(workbook, MSG_SIECLE_SPREADSHEET);
}

static void a_broken_zip_is_refused(void **state)
{
    const char *xml = plain();
    const siecle_member_t one[] = {{"a.xml", xml, strlen(xml), NULL}, {NULL, NULL, 0, NULL}};
    siecle_file_t file = siecle_zip(pool, one);
    char *spoilt = apr_pmemdup(pool, file.bytes, file.length);

    (void)state;
    assert_string_equal(refusal(file.bytes, file.length / 2), message_text(MSG_SIECLE_ZIP_BROKEN));
    spoilt[file.length / 3] ^= 0x55;
    assert_string_equal(refusal(spoilt, file.length), message_text(MSG_SIECLE_ZIP_BROKEN));
}

/* Nothing grows beyond bounds, whatever size the zip itself tells. */
static void a_zip_that_grows_too_much_is_refused(void **state)
{
    apr_size_t length = 40 << 20;
    char *blanks = malloc(length);
    const char *xml = plain();
    siecle_member_t bomb[] = {{"a.xml", blanks, length, NULL}, {NULL, NULL, 0, NULL}};
    siecle_file_t file;
    char *lies, *at;

    (void)state;
    memset(blanks, ' ', length);
    memcpy(blanks, xml, strlen(xml));
    zip_is_refused(bomb, MSG_SIECLE_TOO_BIG);
    file = siecle_zip(pool, bomb);
    lies = apr_pmemdup(pool, file.bytes, file.length);
    at = memmem(lies, file.length, "PK\x01\x02", 4);
    memcpy(at + 24, "\0\x10\0\0", 4);
    memcpy(lies + 22, "\0\x10\0\0", 4);
    assert_int_not_equal(refusal(lies, file.length)[0], '\0');
    free(blanks);
}

/* ---------------------------------------------------------------- what is refused */

static void other_exports_are_named(void **state)
{
    static const struct {
        const char *root;
        message_t kind;
    } others[] = {{"STS_EDT", MSG_SIECLE_IS_STS},
                  {"BEE_NOMENCLATURES", MSG_SIECLE_IS_NOMENCLATURE},
                  {"BEE_STRUCTURES", MSG_SIECLE_IS_STRUCTURES},
                  {"BEE_RESPONSABLES", MSG_SIECLE_IS_GUARDIANS},
                  {"BEE_COMMUN", MSG_SIECLE_IS_COMMON},
                  {"BEE_ETABLISSEMENT", MSG_SIECLE_IS_SCHOOL},
                  {"BEE_GEOGRAPHIQUE", MSG_SIECLE_IS_PLACES}};
    int i;

    (void)state;
    for (i = 0; i < COUNT(others); i++)
        is_refused(apr_psprintf(pool, SIECLE_HEAD "<%s><DONNEES/></%s>", others[i].root, others[i].root),
                   MSG_SIECLE_SISTER, message_text(others[i].kind));
    assert_string_equal(
        refusal("<STS_EDT/>", 10),
        "C’est un export STS, il faut ElevesAvecAdresses\u00a0: dans SIECLE, menu Exploitation, Exports "
        "standard, Exports XML génériques.");
    is_refused("<html><body/></html>", MSG_SIECLE_ROOT, "html");
}

static void other_kinds_of_files_are_named(void **state)
{
    (void)state;
    is_refused("", MSG_SOURCE_EMPTY, NULL);
    is_refused("NOM;PRENOM\n", MSG_SIECLE_OTHER, NULL);
    is_refused("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on", MSG_SIECLE_SPREADSHEET, NULL);
    assert_false(siecle_begins("NOM;PRENOM\n", 11));
    assert_false(siecle_begins("", 0));
    assert_true(siecle_begins("\xef\xbb\xbf <?xml", 9));
}

static void files_without_all_their_bytes_are_refused(void **state)
{
    const char *document =
        siecle_document(pool, apr_pstrcat(pool, "<ELEVES>\n", siecle_pupil(pool, 1), "</ELEVES>\n", NULL));
    apr_size_t length = strlen(document), cut;

    (void)state;
    for (cut = 1; cut < length - 1; cut++) {
        const char *error = refusal(document, cut);

        if (cut > 60 && strncmp(error, "Le fichier est tronqué", 22) != 0)
            fail_msg("%d bytes: %s", (int)cut, error);
    }
    assert_non_null(strstr(refusal(document, length - 30), "ligne 42"));
}

static void controls_are_refused_with_their_line(void **state)
{
    (void)state;
    is_refused(
        siecle_document(pool, "\n<ELEVES><ELEVE ELEVE_ID=\"1\"><PRENOM>a\x01</PRENOM></ELEVE></ELEVES>"),
        MSG_SIECLE_CONTROL, "6");
    is_refused(
        siecle_document(pool, "\n<ELEVES><ELEVE ELEVE_ID=\"1\"><PRENOM>a&#1;</PRENOM></ELEVE></ELEVES>"),
        MSG_SIECLE_CONTROL, "6");
}

static void a_nul_is_refused_with_its_line(void **state)
{
    const char *document =
        siecle_document(pool, "<ELEVES>\n<ELEVE ELEVE_ID=\"1\"><PRENOM>a@</PRENOM></ELEVE></ELEVES>");
    char *bytes = apr_pstrdup(pool, document);

    (void)state;
    *strchr(bytes, '@') = '\0';
    assert_string_equal(refusal(bytes, strlen(document)),
                        message_format(pool, MSG_SIECLE_CONTROL, "6", NULL));
}

/* Whatever it declares, used or not, here or elsewhere. */
static void a_doctype_is_refused_at_once(void **state)
{
    static const char *const doctypes[] = {
        "<!DOCTYPE BEE_ELEVES>", "<!DOCTYPE BEE_ELEVES SYSTEM \"file:///etc/hostname\">",
        "<!DOCTYPE BEE_ELEVES [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE BEE_ELEVES [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>"};
    int i;

    (void)state;
    for (i = 0; i < COUNT(doctypes); i++)
        is_refused(apr_pstrcat(pool, SIECLE_HEAD "\n", doctypes[i],
                               "<BEE_ELEVES><DONNEES>" NAMED("&a;&b;") "</DONNEES></BEE_ELEVES>", NULL),
                   MSG_SIECLE_DOCTYPE, "3");
}

static void what_is_no_xml_is_refused_with_its_line(void **state)
{
    (void)state;
    is_refused(siecle_document(pool, "\n" NAMED("&nbsp;")), MSG_SIECLE_MALFORMED, "6");
    is_refused(siecle_document(pool, "\n<ELEVES></ELEVE>"), MSG_SIECLE_MALFORMED, "6");
    is_refused(siecle_document(pool, "\n<ELEVES a=b></ELEVES>"), MSG_SIECLE_MALFORMED, "6");
    is_refused("\n" SIECLE_HEAD "<BEE_ELEVES/>", MSG_SIECLE_MALFORMED, "2");
    is_refused("<?xml version=\"1.0\" encoding=\"KLINGON-1\"?><BEE_ELEVES/>", MSG_SIECLE_ENCODING, "1");
}

static void numbers_stand_for_one_pupil(void **state)
{
    (void)state;
    is_refused(siecle_document(pool, "<ELEVES>\n<ELEVE ELEVE_ID=\"1\"/>\n<ELEVE ELEVE_ID=\"1\"/></ELEVES>"),
               MSG_SIECLE_ID, "7");
    is_refused(siecle_document(pool, "<ELEVES>\n<ELEVE ELENOET=\"1\"/></ELEVES>"), MSG_SIECLE_ID, "6");
    is_refused(siecle_document(pool, "<STRUCTURES>\n<STRUCTURES_ELEVE/></STRUCTURES>"), MSG_SIECLE_ID, "6");
}

static void depth_and_texts_have_bounds(void **state)
{
    const char *deep = "", *text = "";
    int i;

    (void)state;
    for (i = 0; i < 40; i++)
        deep = apr_pstrcat(pool, deep, "<A>", NULL);
    is_refused(siecle_document(pool, deep), MSG_SIECLE_DEEP, "5");
    for (i = 0; i < 101; i++)
        text = apr_pstrcat(pool, text, "0123456789", NULL);
    is_refused(siecle_document(pool, apr_psprintf(pool, NAMED("%s"), text)), MSG_SIECLE_TEXT, "5");
    text = "";
    for (i = 0; i < 20; i++)
        text = apr_pstrcat(pool, text, "<PRENOM>", apr_psprintf(pool, "%0990d", i), "</PRENOM>", NULL);
    is_refused(siecle_document(pool, apr_pstrcat(pool, "<ELEVES><ELEVE ELEVE_ID=\"1\">", text, NULL)),
               MSG_SIECLE_TEXT, "5");
}

static void what_a_load_needs_must_be_there(void **state)
{
    static const source_column_t wants[] = {{"mef_libelle", NULL, 1}, {NULL, NULL, 0}};
    const char *document = plain(), *error;
    siecle_file_t file = {document, strlen(document), NULL};

    (void)state;
    assert_null(siecle_open(pool, &file, NULL, wants, TODAY, &error));
    assert_string_equal(error, message_format(pool, MSG_SIECLE_COLUMN, "mef_libelle", NULL));
    file = (siecle_file_t){NULL, 0, "/nowhere/at/all.xml"};
    assert_null(siecle_open(pool, &file, NULL, columns, TODAY, &error));
    assert_string_equal(error, message_text(MSG_SOURCE_UNREADABLE));
}

/* ---------------------------------------------------------------- a whole school, by its path */

static void a_school_of_900_comes_whole(void **state)
{
    apr_array_header_t *parts = apr_array_make(pool, 4096, sizeof(const char *));
    const char *document, *error, *path = apr_psprintf(pool, "/tmp/inscrinet-siecle-%d.zip", (int)getpid());
    siecle_file_t file = {NULL, 0, path}, zip;
    apr_size_t length;
    source_t *source;
    apr_file_t *out;
    int i, rows = 0;
    source_row_t row;

    (void)state;
    APR_ARRAY_PUSH(parts, const char *) = "<ELEVES>\n";
    for (i = 1; i <= 900; i++)
        APR_ARRAY_PUSH(parts, const char *) = siecle_pupil(pool, i);
    APR_ARRAY_PUSH(parts, const char *) = "</ELEVES>\n<STRUCTURES>\n";
    for (i = 900; i >= 1; i--)
        APR_ARRAY_PUSH(parts, const char *) = siecle_classes(pool, i);
    APR_ARRAY_PUSH(parts, const char *) = "</STRUCTURES>\n<ADRESSES>\n";
    for (i = 450; i <= 1350; i++)
        APR_ARRAY_PUSH(parts, const char *) = siecle_address(pool, i);
    APR_ARRAY_PUSH(parts, const char *) = "</ADRESSES>\n";
    document = siecle_encoded(pool, siecle_document(pool, apr_array_pstrcat(pool, parts, 0)), "ISO-8859-15",
                              &length);
    zip =
        siecle_zip(pool, (siecle_member_t[]){{"Eleves.xml", document, length, NULL}, {NULL, NULL, 0, NULL}});
    assert_int_equal(
        apr_file_open(&out, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE, APR_FPROT_OS_DEFAULT, pool), 0);
    apr_file_write_full(out, zip.bytes, zip.length, NULL);
    apr_file_close(out);
    source = siecle_open(pool, &file, NULL, columns, TODAY, &error);
    apr_file_remove(path, pool);
    for (; source->next(source, pool, &row); rows++) {
        cell_is(&row, "ine", apr_psprintf(pool, "%09dAB", rows + 1));
        cell_is(&row, "classe", apr_psprintf(pool, "TMELEC%d", (rows + 1) / 30 % 40));
        cell_is(&row, "commune", rows + 1 < 450 ? NULL : "LILLE");
    }
    assert_int_equal(rows, 900);
    assert_int_equal(siecle_facts(source)->pupils, 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pupil_gives_all_his_fields),
        cmocka_unit_test(last_year_repeats_names_and_changes_nothing),
        cmocka_unit_test(facts_are_told),
        cmocka_unit_test(the_ine_has_had_other_names),
        cmocka_unit_test(old_versions_have_another_name),
        cmocka_unit_test(dates_are_iso_or_as_they_were_written),
        cmocka_unit_test(who_has_left_is_left_out_and_told),
        cmocka_unit_test(the_class_is_the_division),
        cmocka_unit_test(classes_may_come_first),
        cmocka_unit_test(of_two_classes_the_first_counts),
        cmocka_unit_test(doubled_ines_are_told),
        cmocka_unit_test(births_abroad_have_a_town),
        cmocka_unit_test(missing_town_and_sex_are_told),
        cmocka_unit_test(many_are_told_by_some),
        cmocka_unit_test(an_address_is_found_by_its_number),
        cmocka_unit_test(towns_abroad_have_another_name),
        cmocka_unit_test(a_local_mef_has_a_national_one),
        cmocka_unit_test(letters_are_those_of_the_bytes),
        cmocka_unit_test(what_a_file_declares_may_be_wrong),
        cmocka_unit_test(all_of_the_bytes_decide),
        cmocka_unit_test(references_comments_and_sections_are_texts),
        cmocka_unit_test(a_child_within_a_text_is_passed_over),
        cmocka_unit_test(a_zip_holds_one_file),
        cmocka_unit_test(a_broken_zip_is_refused),
        cmocka_unit_test(a_zip_that_grows_too_much_is_refused),
        cmocka_unit_test(other_exports_are_named),
        cmocka_unit_test(other_kinds_of_files_are_named),
        cmocka_unit_test(files_without_all_their_bytes_are_refused),
        cmocka_unit_test(controls_are_refused_with_their_line),
        cmocka_unit_test(a_nul_is_refused_with_its_line),
        cmocka_unit_test(a_doctype_is_refused_at_once),
        cmocka_unit_test(what_is_no_xml_is_refused_with_its_line),
        cmocka_unit_test(numbers_stand_for_one_pupil),
        cmocka_unit_test(depth_and_texts_have_bounds),
        cmocka_unit_test(what_a_load_needs_must_be_there),
        cmocka_unit_test(a_school_of_900_comes_whole),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, setup, teardown);
}
