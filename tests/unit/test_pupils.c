/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils whom schools expect, loaded from their files: who is taken, how he is known again, what a second
 * file changes and what it never does. On both bases.
 */
#include "demo_run.h"

#include <apr_file_io.h>

#include "exchange/load_pupils.h"
#include "siecle_sample.h"
#include "sql.h"
#include "store/pupil.h"
#include "store/registration.h"

#define LAST_YEAR "24720002330"
#define MEF "<CODE_MEF>" LAST_YEAR "</CODE_MEF>"

static run_t academy;
static const establishment_t *school, *other;
static load_run_t run;
static const char *findings, *summary;

static int make_academy(const char *driver)
{
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return 1;
    make_run_on(&academy, driver);
    if (demo(&academy, "60", "1") != CTL_DONE)
        return 1;
    school = school_of(&academy, 3);
    other = school_of(&academy, 4);
    return 0;
}

static int make_on_sqlite(void **state)
{
    (void)state;
    return make_academy("sqlite3");
}

static int make_on_pgsql(void **state)
{
    (void)state;
    return make_academy("pgsql");
}

static int end_academy(void **state)
{
    (void)state;
    end_run(&academy);
    return 0;
}

static void forget(const char *code)
{
    apr_array_header_t *keys;
    int i;

    assert_int_equal(pupil_keys(academy.db, pool, code, SESSION, &keys), DB_OK);
    for (i = 0; i < keys->nelts; i++)
        assert_int_equal(sql_pupil_remove(academy.db, code, SESSION, APR_ARRAY_IDX(keys, i, const char *)),
                         DB_OK);
}

static int forget_pupils(void **state)
{
    (void)state;
    forget(school->code);
    forget(other->code);
    return 0;
}

/* ---------------------------------------------------------------- loading */

static void told(void *baton, const load_finding_t *finding)
{
    static const char *const words[] = {"new", "changed", "gone", "refused"};

    (void)baton;
    findings =
        apr_psprintf(pool, "%s%s %s%s%s%s%s\n", findings, words[finding->outcome], finding->label,
                     finding->column != NULL ? " " : "", finding->column != NULL ? finding->column : "",
                     finding->reason != NULL ? ": " : "", finding->reason != NULL ? finding->reason : "");
}

static void load_file(const char *path, load_pupils_of_t *of)
{
    load_t load = {
        .pool = pool, .db = academy.db, .kind = &load_pupils, .run = &run, .told = told, .state = of};
    const char *error = NULL;

    run = (load_run_t){
        .kind = "pupils", .at = NOW, .actor = "test", .file = "f", .sha256 = "", .undone = DB_NULL};
    findings = "";
    load.source = load_pupils_open(pool, path, NOW, &error);
    if (load.source == NULL)
        fail_msg("%s", error);
    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(load_all_rows(&load), DB_OK);
    assert_int_equal(db_commit(academy.db), DB_OK);
    summary = load.summary;
}

static void load_bytes(const char *bytes, load_pupils_of_t *of)
{
    const char *path = apr_psprintf(pool, "/tmp/inscrinet-pupils-%d", (int)getpid());
    apr_file_t *file;

    apr_file_open(&file, path, APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE, APR_FPROT_OS_DEFAULT,
                  pool);
    apr_file_write_full(file, bytes, strlen(bytes), NULL);
    apr_file_close(file);
    load_file(path, of);
    apr_file_remove(path, pool);
}

static void load_export(const char *data)
{
    load_bytes(apr_pstrcat(pool, "<BEE_ELEVES><PARAMETRES><UAJ>", school->code,
                           "</UAJ><ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE>", "</PARAMETRES><DONNEES>", data,
                           "</DONNEES></BEE_ELEVES>", NULL),
               NULL);
}

static void counts_are(int added, int changed, int gone, int same, int left_out, int refused)
{
    const load_counts_t *counts = &run.counts;

    if (counts->added != added || counts->changed != changed || counts->gone != gone ||
        counts->same != same || counts->left_out != left_out || counts->refused != refused)
        fail_msg("%d new, %d changed, %d gone, %d same, %d left out, %d refused:\n%s%s", (int)counts->added,
                 (int)counts->changed, (int)counts->gone, (int)counts->same, (int)counts->left_out,
                 (int)counts->refused, findings, summary != NULL ? summary : "");
}

/* A pupil by number: "1". */
#define PUPIL(number, ine, name, forename, birth, more)                                                      \
    "<ELEVE ELEVE_ID=\"" number "\"><ID_NATIONAL>" ine "</ID_NATIONAL><NOM_DE_FAMILLE>" name                 \
    "</NOM_DE_FAMILLE><PRENOM>" forename "</PRENOM><DATE_NAISS>" birth "</DATE_NAISS>" MEF more "</ELEVE>\n"
#define LEA PUPIL("1", "120000001AB", "Martin", "Léa", "07/07/2009", "")
#define NOE PUPIL("2", "", "Le Goff", "Noé", "08/08/2009", "")

static const char *field_of(const char *key, const record_table_t *table, int field)
{
    record_t row = record_empty(table);
    int there;

    row.values[0].text = school->code;
    row.values[1].integer = SESSION;
    row.values[2].text = key;
    assert_int_equal(record_get(academy.db, pool, table, &row, &row, &there), DB_OK);
    return there ? row.values[field].text : NULL;
}

#define LEAS_KEY "120000001AB|2009-07-07"
#define NOES_KEY "LE GOFF|NOE|2009-08-08"
enum {
    LISTED = 4,
    CLASS = 11,
    PROGRAMME = 12,
    SPECIALTY = 13,
    INE = 3,
    SEX = 5,
    COUNTRY = 6,
    BIRTH_DEPARTMENT = 7,
    EXTRA = 11,
    STREET = 12,
    POSTAL_CODE = 14,
    MOBILE = 17,
    EMAIL = 19
};

/* ---------------------------------------------------------------- who is taken */

static void pupils_are_taken_and_known_again(void **state)
{
    (void)state;
    load_export(
        "<ELEVES>" LEA NOE
        "</ELEVES><STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"1\"><STRUCTURE><CODE_STRUCTURE>T1"
        "</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE></STRUCTURES>");
    counts_are(2, 0, 0, 0, 0, 0);
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, LISTED), "MARTIN - LÉA");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, CLASS), "T1");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, PROGRAMME), "2472000233");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, SPECIALTY), "40020002");
    assert_string_equal(field_of(NOES_KEY, &record_pupil, LISTED), "LE GOFF - NOÉ");
    load_export(
        "<ELEVES>" NOE LEA
        "</ELEVES><STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"1\"><STRUCTURE><CODE_STRUCTURE>T1"
        "</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE></STRUCTURES_ELEVE></STRUCTURES>");
    counts_are(0, 0, 0, 2, 0, 0);
    assert_string_equal(findings, "");
}

static void changes_are_told_and_who_is_gone_goes(void **state)
{
    (void)state;
    load_export("<ELEVES>" LEA NOE "</ELEVES>");
    load_export("<ELEVES>" PUPIL("9", "120000001AB", "Martin", "Lea", "07/07/2009",
                                 "<NOM_USAGE>Petit</NOM_USAGE>") "</ELEVES>");
    counts_are(0, 1, 1, 0, 0, 0);
    assert_string_equal(
        findings, "changed MARTIN - LEA nom\nchanged MARTIN - LEA nom_usage\nchanged MARTIN - LEA prenom_1\n"
                  "gone LE GOFF - NOÉ\n");
    assert_null(field_of(NOES_KEY, &record_pupil, LISTED));
    assert_null(field_of(NOES_KEY, &record_pupil_private, 2));
}

/* He keeps the key under which he came, whatever his file says of him later. */
static void an_ine_comes_and_never_goes(void **state)
{
    (void)state;
    load_export("<ELEVES>" NOE "</ELEVES>");
    load_export("<ELEVES>" PUPIL("2", "120000002AB", "Le Goff", "Noé", "08/08/2009", "") "</ELEVES>");
    counts_are(0, 1, 0, 0, 0, 0);
    assert_string_equal(field_of(NOES_KEY, &record_pupil_private, INE), "120000002AB");
    load_export("<ELEVES>" NOE "</ELEVES>");
    counts_are(0, 0, 0, 1, 0, 0);
    load_export("<ELEVES>" PUPIL("2", "120000002AB", "Legoff", "Noë", "08/08/2009", "") "</ELEVES>");
    counts_are(0, 1, 0, 0, 0, 0);
    assert_string_equal(field_of(NOES_KEY, &record_pupil, LISTED), "LEGOFF - NOË");
}

static void who_sits_no_exam_this_year_is_left_out(void **state)
{
    (void)state;
    load_export("<ELEVES>" LEA "<ELEVE ELEVE_ID=\"3\"><CODE_MEF>24121305210</CODE_MEF></ELEVE>"
                "<ELEVE ELEVE_ID=\"4\"><CODE_MEF>20010018110</CODE_MEF></ELEVE>"
                "<ELEVE ELEVE_ID=\"5\"><CODE_MEF>20010018110</CODE_MEF></ELEVE>"
                "<ELEVE ELEVE_ID=\"6\"><NOM_DE_FAMILLE>SANS</NOM_DE_FAMILLE><PRENOM>Date</PRENOM>" MEF
                "</ELEVE>" PUPIL("7", "120000001AB", "Martin", "Léa", "07/07/2009", "")
                    PUPIL("8", "12X", "Faux", "Ine", "01/01/2009", "") "</ELEVES>");
    counts_are(2, 0, 0, 0, 4, 0);
    assert_non_null(strstr(summary, message_format(pool, MSG_PUPILS_PROGRAMME, "2", "2001001811", NULL)));
    assert_non_null(strstr(summary, message_format(pool, MSG_PUPILS_NOT_LAST, "1", NULL)));
    assert_non_null(strstr(summary, message_format(pool, MSG_PUPILS_NO_BIRTH, "1", "SANS", NULL)));
    assert_non_null(strstr(summary, message_format(pool, MSG_PUPILS_INE, "1", "FAUX - INE", NULL)));
}

static void what_is_wrong_is_refused_with_its_column(void **state)
{
    (void)state;
    load_export("<ELEVES>" PUPIL("1", "", "Mart1n", "Léa", "07/07/2009", "")
                    PUPIL("2", "", "Le Goff", "Noé", "31/02/2009", "")
                        PUPIL("3", "", "Durand", "", "01/01/2009", "") "</ELEVES>");
    counts_are(0, 0, 0, 0, 0, 3);
    assert_string_equal(findings,
                        apr_pstrcat(pool, "refused  nom_naissance: ", message_text(MSG_NAME_DIGIT),
                                    "\nrefused  date_naissance: ", message_text(MSG_DATE_UNREAL),
                                    "\nrefused  prenom_1: ", message_text(MSG_LOAD_EMPTY), "\n", NULL));
}

static void homonyms_without_ine_are_taken_once(void **state)
{
    (void)state;
    load_export("<ELEVES>" NOE PUPIL("3", "", "LE-GOFF", "Noe", "08/08/2009", "") "</ELEVES>");
    counts_are(1, 0, 0, 0, 1, 0);
    assert_non_null(strstr(summary, message_format(pool, MSG_PUPILS_TWICE, "1", "LE-GOFF - NOE", NULL)));
}

/* The rows of a file are looked up together: what one of them changes, the next ones find changed. */
static void whom_a_row_has_changed_the_next_ones_find_so(void **state)
{
    load_pupils_of_t of = {school->code, SESSION};

    (void)state;
    load_bytes("ine;nom;prenom;date de naissance;classe\n"
               "120000001AB;Martin;Léa;07/07/2009;T1\n" /* of a school that has nobody yet */
               ";Martin;Léa;07/07/2009;T2\n"
               "120000001AB;Autrement;Léa;07/07/2009;T3\n"
               ";Martin;Léo;07/07/2009;T1\n",
               &of);
    counts_are(2, 0, 0, 0, 2, 0);
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, CLASS), "T1");
    load_bytes("ine;nom;prenom;date de naissance;classe\n"
               "120000001AB;Durand;Léa;07/07/2009;T1\n" /* was Martin */
               ";Durand;Léa;07/07/2009;T2\n"
               ";Martin;Léa;07/07/2009;T3\n"            /* whom nobody has been since */
               "120000002AB;Martin;Léo;07/07/2009;T1\n" /* had no INE */
               "120000002AB;Encore;Léo;07/07/2009;T2\n",
               &of);
    counts_are(1, 2, 0, 0, 2, 0);
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, LISTED), "DURAND - LÉA");
    assert_string_equal(field_of("MARTIN|LEA|2009-07-07", &record_pupil, CLASS), "T3");
    assert_string_equal(field_of("MARTIN|LEO|2009-07-07", &record_pupil_private, INE), "120000002AB");
}

static void more_rows_than_go_together_are_all_taken(void **state)
{
    const char *file = "nom;prenom;date de naissance;classe\n", *again;
    load_pupils_of_t of = {school->code, SESSION};
    int i, rows = 3 * LOAD_AHEAD + 1;

    (void)state;
    for (i = 0; i < rows; i++)
        file = apr_psprintf(pool, "%sNom%c%c%c;Léa;07/07/2009;T1\n", file, 'a' + i / 400, 'a' + i / 20 % 20,
                            'a' + i % 20);
    again = apr_pstrcat(pool, file, "Nomaaa;Léa;07/07/2009;T2\n", NULL); /* as the first */
    load_bytes(again, &of);
    counts_are(rows, 0, 0, 0, 1, 0);
    load_bytes(again, &of);
    counts_are(0, 0, 0, rows, 1, 0);
}

/* ---------------------------------------------------------------- what is private */

static void what_is_known_of_him_is_kept_apart(void **state)
{
    static const char more[] =
        "<CODE_PAYS>100</CODE_PAYS><CODE_DEPARTEMENT_NAISS>059</CODE_DEPARTEMENT_NAISS><CODE_SEXE>2"
        "</CODE_SEXE><TEL_PORTABLE>06.12.34.56.78</TEL_PORTABLE><MEL>lea@</MEL>"
        "<ADRESSE_ID>4</ADRESSE_ID></ELEVE></ELEVES><ADRESSES><ADRESSE ADRESSE_ID=\"4\">"
        "<LIGNE1_ADRESSE>Résidence du Parc</LIGNE1_ADRESSE><LIGNE2_ADRESSE>12 rue Haute</LIGNE2_ADRESSE>"
        "<CODE_POSTAL>59000</CODE_POSTAL></ADRESSE></ADRESSES>";
    const char *lea = LEA, *pupil = apr_pstrmemdup(pool, lea, (apr_size_t)(strstr(lea, "</ELEVE>") - lea));

    (void)state;
    load_export(apr_pstrcat(pool, "<ELEVES>", pupil, more, NULL));
    counts_are(1, 0, 0, 0, 0, 0);
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, INE), "120000001AB");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, SEX), "F");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, COUNTRY), "99100");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, BIRTH_DEPARTMENT), "059");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, STREET), "12 rue Haute");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, EXTRA), "Résidence du Parc");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, POSTAL_CODE), "59000");
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, MOBILE), "+33612345678");
    assert_null(field_of(LEAS_KEY, &record_pupil_private, EMAIL));
    load_export(apr_pstrcat(pool, "<ELEVES>", pupil,
                            "<CODE_DEPARTEMENT_NAISS>02A</CODE_DEPARTEMENT_NAISS></ELEVE></ELEVES>", NULL));
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, BIRTH_DEPARTMENT), "620");
    load_export("<ELEVES>" LEA "</ELEVES>"); /* without addresses */
    assert_string_equal(field_of(LEAS_KEY, &record_pupil_private, STREET), "12 rue Haute");
    assert_null(field_of(LEAS_KEY, &record_pupil_private, MOBILE));
}

/* ---------------------------------------------------------------- who has registered */

static void enter(const char *name, const char *forename, const char *birth, const char *ine)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);
    const exam_session_t *bcp = main_session(academy.db, EXAM_BCP);
    registration_t made = {.exam = EXAM_BCP,
                           .exam_session = bcp->id,
                           .service = "inscription-etablissement",
                           .establishment = school->id,
                           .category = "10",
                           .answers = answers,
                           .created = NOW};
    school_offers_t found;

    assert_int_equal(establishment_offers(academy.db, pool, school->id, bcp->id, &found), DB_OK);
    answers->value[Q_CATEGORY] = "SCO";
    answers->value[Q_SPECIALTY] = APR_ARRAY_IDX(found.specialties, 0, choice_t).value;
    answers->value[Q_BIRTH_NAME] = name;
    answers->value[Q_FORENAME_1] = forename;
    answers->value[Q_BIRTH_DATE] = birth;
    answers->value[Q_INE] = ine;
    answers->value[Q_FORM] = "G";
    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(registration_create(academy.db, pool, &made), DB_OK);
    assert_int_equal(db_commit(academy.db), DB_OK);
}

static void who_has_registered_is_never_overwritten(void **state)
{
    (void)state;
    load_export("<ELEVES>" PUPIL("1", "120000011AB", "Inscrite", "Zoé", "07/07/2009", "")
                    PUPIL("2", "", "Inscrit", "Luc", "08/08/2009", "") "</ELEVES>");
    enter("INSCRITE-AUTREMENT", "ZOE", "2009-07-07", "120000011AB");
    enter("Inscrit", "Luc", "2009-08-08", NULL);
    load_export("<ELEVES>" PUPIL("1", "120000011AB", "Autre", "Nom", "07/07/2009", "")
                    PUPIL("2", "", "Inscrit", "Luc", "08/08/2009", "<CODE_SEXE>1</CODE_SEXE>") "</ELEVES>");
    counts_are(0, 0, 0, 2, 0, 0);
    assert_string_equal(field_of("120000011AB|2009-07-07", &record_pupil, LISTED), "INSCRITE - ZOÉ");
    load_export("<ELEVES>" LEA "</ELEVES>");
    counts_are(1, 0, 0, 0, 0, 0);
    assert_string_equal(field_of("120000011AB|2009-07-07", &record_pupil, LISTED), "INSCRITE - ZOÉ");
}

/* ---------------------------------------------------------------- other files */

static void a_list_by_division_is_read_too(void **state)
{
    load_pupils_of_t of = {school->code, SESSION};

    (void)state;
    load_bytes("NOM;PRENOM;SEXE;NE(E) LE;MEF;DIV.;REG.;OPT1;DIV. PREC.;Doublant\n"
               "Martin;Léa;F;07/07/2009;TLEPRO ETUD.DEFINITION PRDTS INDUSTRIELS;T1;2;ANG;1;N\n"
               "Le Goff;Noé;M;08/08/2009;AUTRE;T2;2;ANG;1;N\n",
               &of);
    counts_are(2, 0, 0, 0, 0, 0);
    assert_string_equal(field_of("MARTIN|LEA|2009-07-07", &record_pupil, SPECIALTY), "40020002");
    assert_null(field_of(NOES_KEY, &record_pupil, SPECIALTY));
    assert_string_equal(field_of(NOES_KEY, &record_pupil, CLASS), "T2");
    load_bytes("NOM;PRENOM;NE(E) LE;DIV.\nDurand;Ali;01/02/2009;T3\n", &of);
    counts_are(1, 0, 0, 0, 0, 0); /* one class: the others stay */
    load_export("<ELEVES>" LEA "</ELEVES>");
    counts_are(0, 1, 2, 0, 0, 0);
}

static void another_schools_file_is_refused(void **state)
{
    load_pupils_of_t of = {other->code, SESSION}, late = {school->code, SESSION + 1};
    const char *file =
        apr_pstrcat(pool, "<BEE_ELEVES><PARAMETRES><UAJ>", school->code,
                    "</UAJ><ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE></PARAMETRES><DONNEES><ELEVES>" LEA
                    "</ELEVES></DONNEES></BEE_ELEVES>",
                    NULL);

    (void)state;
    load_bytes(file, &of);
    counts_are(0, 0, 0, 0, 0, 1);
    assert_non_null(strstr(findings, message_text(MSG_PUPILS_OTHER_SCHOOL)));
    load_bytes(file, &late);
    counts_are(0, 0, 0, 0, 0, 1);
    assert_non_null(strstr(findings, message_text(MSG_PUPILS_OTHER_YEAR)));
    load_bytes("uai;nom;prenom;date de naissance\n0599999Z;A;B;01/01/2009\n", NULL);
    counts_are(0, 0, 0, 0, 0, 1);
}

/* ---------------------------------------------------------------- undone */

static void a_load_of_pupils_can_be_undone(void **state)
{
    load_undo_t undo;
    load_run_t *found;

    (void)state;
    load_export("<ELEVES>" LEA NOE "</ELEVES>");
    load_export("<ELEVES>" PUPIL("1", "120000001AB", "Martin", "Lea", "07/07/2009", "") "</ELEVES>");
    assert_int_equal(load_run_get(academy.db, pool, run.id, &found), DB_OK);
    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(load_run_undo(academy.db, pool, found, NOW, "test", &undo), DB_OK);
    assert_int_equal(undo.changed, 0);
    assert_int_equal(db_commit(academy.db), DB_OK);
    assert_string_equal(field_of(LEAS_KEY, &record_pupil, LISTED), "MARTIN - LÉA");
    assert_string_equal(field_of(NOES_KEY, &record_pupil, LISTED), "LE GOFF - NOÉ");
    assert_string_equal(field_of(NOES_KEY, &record_pupil_private, 2), NOES_KEY);
}

/* As schema 20 kept it, and as its migration has turned it. */
static void what_former_versions_have_loaded_can_be_undone(void **state)
{
    const char *rows = apr_psprintf(
        pool, "[[\"pupil\",\"MARTIN - LÉA\",null,[\"%s\",%d,\"" LEAS_KEY "\",%s]]]", school->code, SESSION,
        "\"MARTIN|LEA|2009-07-07\",\"MARTIN - LÉA\",\"Martin\",null,\"Léa\",null,"
        "null,\"2009-07-07\",null,\"2472000233\",\"40020002\"");
    load_undo_t undo;
    load_run_t *found;

    (void)state;
    load_export("<ELEVES>" LEA "</ELEVES>");
    assert_int_equal(sql_load_change_forget(academy.db, "pupils", run.id + 1), DB_OK);
    assert_int_equal(
        sql_load_change_add(academy.db, &(sql_load_change_add_in_t){run.id, 1, SESSION, NULL, rows}), DB_OK);
    assert_int_equal(load_run_get(academy.db, pool, run.id, &found), DB_OK);
    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(load_run_undo(academy.db, pool, found, NOW, "test", &undo), DB_OK);
    assert_int_equal(undo.rows, 1);
    assert_int_equal(undo.changed, 0);
    assert_int_equal(db_commit(academy.db), DB_OK);
    assert_null(field_of(LEAS_KEY, &record_pupil, LISTED));
}

static void who_was_changed_since_keeps_a_load_from_being_undone(void **state)
{
    load_undo_t undo;
    load_run_t *found;
    apr_int64_t first;

    (void)state;
    load_export("<ELEVES>" LEA NOE "</ELEVES>");
    first = run.id;
    assert_int_equal(sql_pupil_private_set(academy.db, &(sql_pupil_private_set_in_t){.code = school->code,
                                                                                     .year = SESSION,
                                                                                     .key = LEAS_KEY,
                                                                                     .ine = "120000001AB",
                                                                                     .town = ""}),
                     DB_OK);
    assert_int_equal(load_run_get(academy.db, pool, first, &found), DB_OK);
    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(load_run_undo(academy.db, pool, found, NOW, "test", &undo), DB_OK);
    assert_int_equal(undo.changed, 1); /* an empty text is not none */
    assert_string_equal(APR_ARRAY_IDX(undo.labels, 0, const char *), "MARTIN - LÉA");
    db_rollback(academy.db);
}

#define PUPILS_TEST(test) cmocka_unit_test_setup(test, forget_pupils)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PUPILS_TEST(pupils_are_taken_and_known_again),
        PUPILS_TEST(changes_are_told_and_who_is_gone_goes),
        PUPILS_TEST(an_ine_comes_and_never_goes),
        PUPILS_TEST(who_sits_no_exam_this_year_is_left_out),
        PUPILS_TEST(what_is_wrong_is_refused_with_its_column),
        PUPILS_TEST(homonyms_without_ine_are_taken_once),
        PUPILS_TEST(what_is_known_of_him_is_kept_apart),
        PUPILS_TEST(who_has_registered_is_never_overwritten),
        PUPILS_TEST(a_list_by_division_is_read_too),
        PUPILS_TEST(another_schools_file_is_refused),
        PUPILS_TEST(a_load_of_pupils_can_be_undone),
        PUPILS_TEST(what_former_versions_have_loaded_can_be_undone),
        PUPILS_TEST(who_was_changed_since_keeps_a_load_from_being_undone),
        PUPILS_TEST(whom_a_row_has_changed_the_next_ones_find_so),
        PUPILS_TEST(more_rows_than_go_together_are_all_taken),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("pupils on sqlite3", tests, make_on_sqlite, end_academy) +
           (base_pgsql("pupils") == NULL
                ? 0
                : cmocka_run_group_tests_name("pupils on pgsql", tests, make_on_pgsql, end_academy));
}
