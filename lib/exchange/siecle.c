/* SPDX-License-Identifier: Apache-2.0
 *
 * A SIECLE export as rows: a pupil's own fields, his address, his class and his MEF brought together, and
 * what is doubtful of the file told in sentences; none of that refuses the file.
 */
#include "siecle_internal.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../text/text.h"

enum { PROGRAMME_LENGTH = 10, CITED_MOST = 10 };

/* What goes into a column. */
typedef enum recipe_t {
    PLAIN,
    DATE,
    SEX,      /* 1, 2: M, F */
    CLASS,    /* of STRUCTURES */
    PROGRAMME /* its first ten signs: those behind are a school's own */
} recipe_t;

/* Where it comes from: of what files not all of them are. */
typedef enum origin_t { OF_PUPIL, OF_ADDRESS, OF_NOMENCLATURE, OF_FILE } origin_t;

typedef struct output_t {
    const char *name;
    unsigned char recipe, origin, field, instead; /* instead: where field is empty */
} output_t;

static const output_t outputs[] = {
    {"uai", PLAIN, OF_FILE, FIELD_SCHOOL, 0},
    {"annee_scolaire", PLAIN, OF_FILE, FIELD_YEAR, 0},
    {"ine", PLAIN, OF_PUPIL, FIELD_INE, FIELD_INE_RNIE},
    {"ine_bea", PLAIN, OF_PUPIL, FIELD_INE_BEA, 0},
    {"nom_naissance", PLAIN, OF_PUPIL, FIELD_BIRTH_NAME, FIELD_NAME},
    {"nom_usage", PLAIN, OF_PUPIL, FIELD_USUAL_NAME, 0},
    {"prenom_1", PLAIN, OF_PUPIL, FIELD_FORENAME_1, 0},
    {"prenom_2", PLAIN, OF_PUPIL, FIELD_FORENAME_2, 0},
    {"prenom_3", PLAIN, OF_PUPIL, FIELD_FORENAME_3, 0},
    {"date_naissance", DATE, OF_PUPIL, FIELD_BIRTH_DATE, 0},
    {"sexe", SEX, OF_PUPIL, FIELD_SEX, 0},
    {"pays_naissance", PLAIN, OF_PUPIL, FIELD_BIRTH_COUNTRY, 0},
    {"departement_naissance", PLAIN, OF_PUPIL, FIELD_BIRTH_DEPARTMENT, 0},
    {"commune_naissance_code", PLAIN, OF_PUPIL, FIELD_BIRTH_TOWN_CODE, 0},
    {"commune_naissance", PLAIN, OF_PUPIL, FIELD_BIRTH_TOWN, 0},
    {"nationalite", PLAIN, OF_PUPIL, FIELD_NATIONALITY, 0},
    {"classe", CLASS, OF_PUPIL, 0, 0},
    {"mef", PROGRAMME, OF_PUPIL, FIELD_PROGRAMME, 0},
    {"mef_rattachement", PROGRAMME, OF_NOMENCLATURE, FIELD_PROGRAMME_PARENT, 0},
    {"mef_libelle", PLAIN, OF_NOMENCLATURE, FIELD_PROGRAMME_LABEL, 0},
    {"adresse_1", PLAIN, OF_ADDRESS, FIELD_LINE_1, 0},
    {"adresse_2", PLAIN, OF_ADDRESS, FIELD_LINE_2, 0},
    {"adresse_3", PLAIN, OF_ADDRESS, FIELD_LINE_3, 0},
    {"adresse_4", PLAIN, OF_ADDRESS, FIELD_LINE_4, 0},
    {"code_postal", PLAIN, OF_ADDRESS, FIELD_POSTAL_CODE, 0},
    {"commune", PLAIN, OF_ADDRESS, FIELD_TOWN, FIELD_FOREIGN_TOWN},
    {"pays", PLAIN, OF_ADDRESS, FIELD_COUNTRY, 0},
    {"telephone_mobile", PLAIN, OF_PUPIL, FIELD_MOBILE, 0},
    {"telephone_fixe", PLAIN, OF_PUPIL, FIELD_PHONE, 0},
    {"courriel", PLAIN, OF_PUPIL, FIELD_EMAIL, 0},
    {"date_sortie", DATE, OF_PUPIL, FIELD_LEAVES, 0},
};

enum { OUTPUTS = sizeof outputs / sizeof *outputs };

/* Fields that are looked at whatever is wanted. */
static const unsigned char needed[] = {
    FIELD_INE,        FIELD_INE_RNIE, FIELD_BIRTH_NAME, FIELD_NAME,          FIELD_FORENAME_1,
    FIELD_BIRTH_DATE, FIELD_SEX,      FIELD_LEAVES,     FIELD_BIRTH_COUNTRY, FIELD_BIRTH_TOWN_CODE,
    FIELD_BIRTH_TOWN, FIELD_ADDRESS,  FIELD_PROGRAMME};

typedef struct siecle_source_t {
    source_t source; /* first: it is what others hold */
    siecle_content_t content;
    siecle_facts_t facts;
    const output_t *of[SOURCE_COLUMNS_MOST]; /* for each wanted column, or NULL */
    unsigned char wanted[FIELD_COUNT];
    int at; /* the next pupil's place */
} siecle_source_t;

/* ---------------------------------------------------------------- columns */

static void choose_columns(siecle_source_t *siecle, const source_column_t *columns)
{
    int i, k;

    for (i = 0; i < (int)sizeof needed; i++)
        siecle->wanted[needed[i]] = 1;
    for (i = 0; i < SOURCE_COLUMNS_MOST && columns[i].name != NULL; i++)
        for (k = 0; k < OUTPUTS; k++)
            if (strcmp(outputs[k].name, columns[i].name) == 0) {
                siecle->of[i] = &outputs[k];
                siecle->wanted[outputs[k].field] = 1;
                siecle->wanted[outputs[k].instead] = 1;
            }
}

/* Which columns there are, once the files were read: SansAdresses has no address at all. NULL, or the
 * sentence that says which one is missing. */
static const char *see_columns(siecle_source_t *siecle)
{
    source_t *source = &siecle->source;
    int i;

    for (i = 0; source->columns[i].name != NULL; i++) {
        const output_t *output = siecle->of[i];

        source->has[i] = output != NULL &&
                         (output->origin != OF_ADDRESS || siecle_roll_count(siecle->content.addresses) > 0);
        if (output != NULL && output->origin == OF_NOMENCLATURE && siecle->content.programmes == NULL)
            source->has[i] = 0;
        if (source->columns[i].required && !source->has[i])
            return message_format(source->pool, MSG_SIECLE_COLUMN, source->columns[i].name, NULL);
    }
    return NULL;
}

/* ---------------------------------------------------------------- rows */

/* As it is kept: composed, trimmed; NULL: nothing is left. */
static const char *clean(apr_pool_t *pool, const char *text)
{
    const char *composed = text != NULL ? text_nfc(pool, text) : NULL;

    composed = composed != NULL ? text_trim(pool, composed) : NULL;
    return composed != NULL && composed[0] != '\0' ? composed : NULL;
}

/* ISO; as it was written, where it is no date; NULL for the year 9999, which means never. */
static const char *date_of(apr_pool_t *pool, const char *text)
{
    const char *iso;

    if (text == NULL || check_date(pool, text, &iso) != MSG_OK)
        return text;
    return strncmp(iso, "9999", 4) != 0 ? iso : NULL;
}

static const char *sex_of(const char *text)
{
    return text == NULL ? NULL : strcmp(text, "1") == 0 ? "M" : strcmp(text, "2") == 0 ? "F" : text;
}

static const char *cell(apr_pool_t *pool, const output_t *output, const siecle_record_t *pupil,
                        const char *const *texts)
{
    const char *text = texts[output->field];

    if (output->recipe == CLASS)
        return clean(pool, pupil->class_name);
    text = clean(pool, text != NULL || output->instead == 0 ? text : texts[output->instead]);
    switch (output->recipe) {
    case DATE:
        return date_of(pool, text);
    case SEX:
        return sex_of(text);
    case PROGRAMME:
        return text != NULL ? text_first(pool, text, PROGRAMME_LENGTH) : NULL;
    default:
        return text;
    }
}

/* What is known of a pupil; texts[FIELD_COUNT]. */
static void gather(const siecle_content_t *content, const siecle_record_t *pupil, const char **texts)
{
    memcpy(texts, content->about, sizeof content->about);
    siecle_unpack(pupil, texts);
    if (texts[FIELD_ADDRESS] != NULL)
        siecle_unpack(siecle_roll_find(content->addresses, texts[FIELD_ADDRESS]), texts);
    if (texts[FIELD_PROGRAMME] != NULL && content->programmes != NULL)
        siecle_unpack(siecle_roll_find(content->programmes, texts[FIELD_PROGRAMME]), texts);
}

/* A pupil who comes as a row; NULL: there are no more. */
static const siecle_record_t *next_pupil(siecle_source_t *siecle)
{
    while (siecle->at < siecle_roll_count(siecle->content.pupils)) {
        const siecle_record_t *pupil = siecle_roll_at(siecle->content.pupils, siecle->at++);

        if (pupil->packed != NULL)
            return pupil;
    }
    return NULL;
}

static int next_row(source_t *source, apr_pool_t *pool, source_row_t *row)
{
    siecle_source_t *siecle = (siecle_source_t *)source;
    const siecle_record_t *pupil = next_pupil(siecle);
    const char *texts[FIELD_COUNT];
    int i;

    if (pupil == NULL)
        return 0;
    gather(&siecle->content, pupil, texts);
    row->line = pupil->line;
    row->wrong = NULL;
    for (i = 0; source->columns[i].name != NULL; i++)
        row->cells[i] = source->has[i] ? cell(pool, siecle->of[i], pupil, texts) : NULL;
    return 1;
}

/* ---------------------------------------------------------------- what is doubtful */

/* A sentence that cites pupils: as many as one reads. */
typedef struct doubt_t {
    message_t message;
    int count;
    const char *cited;
} doubt_t;

enum {
    D_LEFT,
    D_INE_TWICE,
    D_INE_SHARED,
    D_NO_INE,
    D_NO_DATE,
    D_NO_SEX,
    D_NO_TOWN,
    D_NO_CLASS,
    D_CLASSES,
    DOUBTS
};

static void cite(apr_pool_t *pool, doubt_t *doubt, const siecle_record_t *pupil, const char *const *texts)
{
    const char *name = texts[FIELD_BIRTH_NAME] != NULL ? texts[FIELD_BIRTH_NAME] : texts[FIELD_NAME];
    const char *forename = texts[FIELD_FORENAME_1], *who;

    if (++doubt->count > CITED_MOST)
        return;
    who = message_format(pool, MSG_SIECLE_WHO, name != NULL ? name : "", forename != NULL ? forename : "",
                         apr_psprintf(pool, "%u", pupil->line), NULL);
    who = clean(pool, who);
    doubt->cited = doubt->cited != NULL ? apr_pstrcat(pool, doubt->cited, ", ", who, NULL) : who;
}

static int is_past(apr_pool_t *pool, const char *text, const char *today)
{
    const char *iso;

    return text != NULL && check_date(pool, text, &iso) == MSG_OK && strcmp(iso, today) < 0;
}

/* Whether an INE came before: with the same birth date, which is the same pupil, or with another. */
static void doubt_ine(apr_pool_t *pool, siecle_roll_t *seen, doubt_t *doubts, siecle_record_t *pupil,
                      const char *const *texts)
{
    const char *ine = texts[FIELD_INE] != NULL ? texts[FIELD_INE] : texts[FIELD_INE_RNIE];
    const char *birth = texts[FIELD_BIRTH_DATE] != NULL ? texts[FIELD_BIRTH_DATE] : "";
    siecle_record_t *former = ine != NULL ? siecle_roll_record(seen, ine) : NULL;

    if (ine == NULL)
        cite(pool, &doubts[D_NO_INE], pupil, texts);
    if (former == NULL)
        return;
    if (former->packed == NULL) {
        former->packed = birth;
    } else if (strcmp(former->packed, birth) != 0) {
        cite(pool, &doubts[D_INE_SHARED], pupil, texts);
    } else {
        cite(pool, &doubts[D_INE_TWICE], pupil, texts);
        pupil->packed = NULL;
    }
}

static void doubt_fields(apr_pool_t *pool, doubt_t *doubts, const siecle_record_t *pupil,
                         const char *const *texts)
{
    const char *country = texts[FIELD_BIRTH_COUNTRY];

    if (texts[FIELD_BIRTH_DATE] == NULL)
        cite(pool, &doubts[D_NO_DATE], pupil, texts);
    if (texts[FIELD_SEX] == NULL)
        cite(pool, &doubts[D_NO_SEX], pupil, texts);
    if (texts[FIELD_BIRTH_TOWN_CODE] == NULL && texts[FIELD_BIRTH_TOWN] == NULL &&
        (country == NULL || strcmp(country, "100") == 0))
        cite(pool, &doubts[D_NO_TOWN], pupil, texts);
    if (pupil->class_name == NULL)
        cite(pool, &doubts[D_NO_CLASS], pupil, texts);
    if (pupil->classes > 1)
        cite(pool, &doubts[D_CLASSES], pupil, texts);
}

/* Each pupil is looked at once; those who don't come as rows are forgotten. */
static void look_at(siecle_source_t *siecle, const char *today, siecle_roll_t *seen, doubt_t *doubts,
                    siecle_record_t *pupil, apr_pool_t *scratch)
{
    const char *texts[FIELD_COUNT] = {NULL};

    siecle_unpack(pupil, texts);
    if (is_past(scratch, texts[FIELD_LEAVES], today)) {
        cite(siecle->source.pool, &doubts[D_LEFT], pupil, texts);
        siecle->facts.departed++;
        pupil->packed = NULL;
        return;
    }
    doubt_ine(siecle->source.pool, seen, doubts, pupil, texts);
    if (pupil->packed != NULL) {
        doubt_fields(siecle->source.pool, doubts, pupil, texts);
        siecle->facts.pupils++;
    }
}

static void tell(source_t *source, const doubt_t *doubt)
{
    const char *more = doubt->count > CITED_MOST ? ", …" : "";

    if (doubt->count > 0)
        APR_ARRAY_PUSH(source->warnings, const char *) =
            message_format(source->pool, doubt->message, apr_itoa(source->pool, doubt->count),
                           apr_pstrcat(source->pool, doubt->cited, more, NULL), NULL);
}

static void look_at_all(siecle_source_t *siecle, const char *today)
{
    doubt_t doubts[DOUBTS] = {
        [D_LEFT] = {MSG_SIECLE_LEFT, 0, NULL},
        [D_INE_TWICE] = {MSG_SIECLE_INE_TWICE, 0, NULL},
        [D_INE_SHARED] = {MSG_SIECLE_INE_SHARED, 0, NULL},
        [D_NO_INE] = {MSG_SIECLE_NO_INE, 0, NULL},
        [D_NO_DATE] = {MSG_SIECLE_NO_DATE, 0, NULL},
        [D_NO_SEX] = {MSG_SIECLE_NO_SEX, 0, NULL},
        [D_NO_TOWN] = {MSG_SIECLE_NO_TOWN, 0, NULL},
        [D_NO_CLASS] = {MSG_SIECLE_NO_CLASS, 0, NULL},
        [D_CLASSES] = {MSG_SIECLE_CLASSES, 0, NULL},
    };
    siecle_roll_t *pupils = siecle->content.pupils, *seen;
    apr_pool_t *own, *scratch;
    int i;

    apr_pool_create(&own, siecle->source.pool);
    apr_pool_create(&scratch, own);
    seen = siecle_roll_make(own);
    for (i = 0; i < siecle_roll_count(pupils); i++) {
        apr_pool_clear(scratch);
        if (siecle_roll_at(pupils, i)->packed != NULL)
            look_at(siecle, today, seen, doubts, siecle_roll_at(pupils, i), scratch);
    }
    if (siecle_roll_count(siecle->content.addresses) == 0)
        APR_ARRAY_PUSH(siecle->source.warnings, const char *) = message_text(MSG_SIECLE_NO_ADDRESSES);
    for (i = 0; i < DOUBTS; i++)
        tell(&siecle->source, &doubts[i]);
    apr_pool_destroy(own);
}

/* ---------------------------------------------------------------- opening */

static void see_facts(siecle_source_t *siecle)
{
    const char *const *about = siecle->content.about;
    apr_pool_t *pool = siecle->source.pool;

    siecle->facts.establishment = clean(pool, about[FIELD_SCHOOL]);
    siecle->facts.year = clean(pool, about[FIELD_YEAR]);
    siecle->facts.exported = date_of(pool, clean(pool, about[FIELD_EXPORTED]));
}

source_t *siecle_open(apr_pool_t *pool, const siecle_file_t *file, const siecle_file_t *nomenclature,
                      const source_column_t *columns, const char *today, const char **error)
{
    siecle_source_t *siecle = apr_pcalloc(pool, sizeof *siecle);
    source_t *source = &siecle->source;
    siecle_content_t *content = &siecle->content;

    source->pool = pool;
    source->columns = columns;
    source->warnings = apr_array_make(pool, DOUBTS, sizeof(const char *));
    source->next = next_row;
    choose_columns(siecle, columns);
    *error = NULL;
    if (nomenclature != NULL)
        *error = siecle_xml_read(pool, nomenclature, SIECLE_NOMENCLATURE, siecle->wanted, content);
    if (*error == NULL)
        *error = siecle_xml_read(pool, file, SIECLE_PUPILS, siecle->wanted, content);
    if (*error == NULL)
        *error = see_columns(siecle);
    if (*error != NULL)
        return NULL;
    see_facts(siecle);
    look_at_all(siecle, today);
    return source;
}

int siecle_gave(const source_t *source)
{
    return source->next == next_row;
}

const siecle_facts_t *siecle_facts(const source_t *source)
{
    return &((const siecle_source_t *)source)->facts;
}
