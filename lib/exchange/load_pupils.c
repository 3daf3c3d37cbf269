/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils whom a school expects: those of its own file who are in the last year of a training. A file of
 * SIECLE has all of them, so who is no longer in it goes; a CSV may be of one class. Whoever has registered
 * stays as he is: what he has typed himself is never overwritten, nor what he was shown.
 */
#include <apr_file_io.h>
#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "../store/pupil.h"
#include "../store/reference.h"
#include "../text/text.h"
#include "csv_source.h"
#include "load_doubts.h"
#include "load_pupils.h"
#include "pupil_line.h"
#include "pupil_row.h"
#include "seen.h"
#include "siecle.h"

enum { NEW_SCHOOL_YEAR = 8 };

/* The fields of record_pupil and record_pupil_private after their keys: the answers that they hold, or what
 * stands there instead. */
enum { FIELD_CODE, FIELD_YEAR, FIELD_KEY, KEYS };
enum { FIELD_IDENTITY = KEYS, FIELD_LISTED, FIELD_NAMES, FIELD_PROGRAMME = 12, FIELD_SPECIALTY };
enum { FIELD_INE = KEYS, FIELD_INE_BEA, FIELD_SEX, FIELD_BIRTH_TOWN_CODE = 8 };

static const message_t doubts[] = {[PUPIL_DOUBT_PROGRAMME] = MSG_PUPILS_PROGRAMME,
                                   [PUPIL_DOUBT_NOT_LAST] = MSG_PUPILS_NOT_LAST,
                                   [PUPIL_DOUBT_NO_BIRTH] = MSG_PUPILS_NO_BIRTH,
                                   [PUPIL_DOUBT_TWICE] = MSG_PUPILS_TWICE,
                                   [PUPIL_DOUBT_INE] = MSG_PUPILS_INE,
                                   MSG_OK};

/* A school and year that the file has pupils of. */
typedef struct school_t {
    const char *code;
    int year;
    int is_new; /* none of its pupils was there before the load */
} school_t;

typedef struct state_t {
    pupil_lookups_t *lookups;
    pupil_places_t places;
    apr_hash_t *schools; /* school_t, by code and year */
    const school_t *last;
    seen_t *seen;     /* the pupils of the file, by their school and key */
    glimpsed_t *ways; /* by which those of new schools are found */
    load_doubts_t doubts;
    /* of the rows that were read together */
    pupil_line_t *lines;
    pupil_known_t *known;
    pupil_wanted_t *sought;
    seen_t *written; /* what those before have changed: keys, identities, INEs */
} state_t;

static db_error_t begin(load_t *load)
{
    state_t *state = apr_pcalloc(load->pool, sizeof *state);
    load_pupils_of_t of = {0};
    apr_array_header_t *countries, *departments;

    if (load->state != NULL)
        of = *(const load_pupils_of_t *)load->state;
    load->state = state;
    state->lookups = pupil_lookups_make(load, &of, of.year > 0 ? of.year : load_pupils_year(load->run->at));
    state->doubts.messages = doubts;
    state->schools = apr_hash_make(load->pool);
    state->seen = seen_make(load->pool);
    state->ways = glimpsed_make(load->pool);
    state->written = seen_make(load->pool);
    state->lines = apr_palloc(load->pool, LOAD_AHEAD * sizeof *state->lines);
    state->known = apr_palloc(load->pool, LOAD_AHEAD * sizeof *state->known);
    state->sought = apr_palloc(load->pool, LOAD_AHEAD * sizeof *state->sought);
    if (reference_countries(load->db, load->pool, &countries) != DB_OK ||
        reference_departments(load->db, load->pool, &departments) != DB_OK)
        return db_error(load->db);
    state->places = (pupil_places_t){countries, departments};
    return DB_OK;
}

/* NULL: an error of the base. */
static const school_t *school_of(load_t *load, const char *code, int year)
{
    state_t *state = load->state;
    school_t *school;
    const char *key;
    int any;

    if (state->last != NULL && state->last->code == code && state->last->year == year)
        return state->last;
    key = apr_psprintf(load->row_pool, "%s %d", code, year);
    if ((school = apr_hash_get(state->schools, key, APR_HASH_KEY_STRING)) == NULL) {
        if (pupil_any_of(load->db, code, year, &any) != DB_OK)
            return NULL;
        school = apr_pmemdup(load->pool, &(school_t){code, year, !any}, sizeof *school);
        apr_hash_set(state->schools, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, school);
    }
    return state->last = school;
}

/* ---------------------------------------------------------------- his two rows */

static void put_keys(record_t *row, const pupil_wanted_t *wanted, const char *key)
{
    row->values[FIELD_CODE].text = wanted->code;
    row->values[FIELD_YEAR].integer = wanted->year;
    row->values[FIELD_KEY].text = key;
}

static record_t pupil_of(const pupil_line_t *line, const char *key)
{
    static const int names[] = {Q_BIRTH_NAME, Q_USUAL_NAME, Q_FORENAME_1, Q_FORENAME_2,
                                Q_FORENAME_3, Q_BIRTH_DATE, Q_CLASS};
    record_t row = record_empty(&record_pupil);
    size_t i;

    put_keys(&row, &line->wanted, key);
    row.values[FIELD_IDENTITY].text = line->wanted.identity;
    row.values[FIELD_LISTED].text = line->listed_name;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        row.values[FIELD_NAMES + i].text = line->answers->value[names[i]];
    row.values[FIELD_PROGRAMME].text = line->mef;
    row.values[FIELD_SPECIALTY].text = line->specialty;
    return row;
}

/* An answer of the private row, and a column without which the file says nothing of it. */
typedef struct private_t {
    int question, column;
} private_t;

static const private_t privates[] = {{Q_BIRTH_COUNTRY, PUPIL_BIRTH_COUNTRY},
                                     {Q_BIRTH_DEPARTMENT, PUPIL_BIRTH_DEPARTMENT},
                                     {-1, PUPIL_BIRTH_TOWN_CODE},
                                     {Q_BIRTH_TOWN, PUPIL_BIRTH_TOWN},
                                     {Q_NATIONALITY, PUPIL_NATIONALITY},
                                     {Q_ADDRESS_EXTRA, PUPIL_LINE_1},
                                     {Q_ADDRESS_STREET, PUPIL_LINE_1},
                                     {Q_ADDRESS_PLACE, PUPIL_LINE_1},
                                     {Q_POSTAL_CODE, PUPIL_POSTAL_CODE},
                                     {Q_TOWN, PUPIL_TOWN},
                                     {Q_COUNTRY, PUPIL_COUNTRY},
                                     {Q_MOBILE, PUPIL_MOBILE},
                                     {Q_PHONE, PUPIL_PHONE},
                                     {Q_EMAIL, PUPIL_EMAIL}};

/* An INE is never taken away by an empty one, nor anything by a file that doesn't have its column. */
static record_t private_of(const load_t *load, const pupil_line_t *line, const pupil_known_t *known)
{
    record_t row = known->private_there ? known->private : record_empty(&record_pupil_private);
    const answers_t *pupil = line->answers;
    size_t i;

    put_keys(&row, &line->wanted, known->key);
    if (pupil->value[Q_INE] != NULL)
        row.values[FIELD_INE].text = pupil->value[Q_INE];
    if (load_cell(load, PUPIL_INE_BEA) != NULL)
        row.values[FIELD_INE_BEA].text = load_cell(load, PUPIL_INE_BEA);
    if (load_has(load, PUPIL_SEX))
        row.values[FIELD_SEX].text = pupil_row_sex(load->row_pool, &load->row);
    for (i = 0; i < sizeof privates / sizeof *privates; i++)
        if (load_has(load, privates[i].column))
            row.values[FIELD_SEX + 1 + i].text = privates[i].question >= 0
                                                     ? pupil->value[privates[i].question]
                                                     : load_cell(load, privates[i].column);
    return row;
}

/* ---------------------------------------------------------------- what was written since they were looked up
 */

/* A pupil is found by any of these, of his school and year. */
enum { BY_KEY, BY_IDENTITY, BY_INE, WAYS };

static int kind_of(const pupil_wanted_t *wanted, int way)
{
    return wanted->year * WAYS + way;
}

static const char *text_of(const pupil_wanted_t *wanted, int way)
{
    return way == BY_KEY ? wanted->key : way == BY_IDENTITY ? wanted->identity : wanted->ine;
}

static int is_written(const state_t *state, const pupil_wanted_t *wanted)
{
    int way, found = 0;

    for (way = 0; way < WAYS && !found; way++) {
        const char *text = text_of(wanted, way);

        found = text != NULL && seen_has(state->written, kind_of(wanted, way), wanted->code, text);
    }
    return found;
}

static void note_written(const state_t *state, const pupil_wanted_t *wanted, const record_t *pupil,
                         const record_t *private)
{
    const char *const texts[WAYS] = {pupil->values[FIELD_KEY].text, pupil->values[FIELD_IDENTITY].text,
                                     private->values[FIELD_INE].text};
    int way;

    for (way = 0; way < WAYS; way++)
        if (texts[way] != NULL)
            seen_add(state->written, kind_of(wanted, way), wanted->code, texts[way]);
}

/* Where a row before it may have changed who he is, he is looked up again, after all that waits. */
static db_error_t look_again(load_t *load, const pupil_line_t *line, pupil_known_t *known)
{
    if (!line->is_sought || !is_written(load->state, &line->wanted))
        return DB_OK;
    return load_write(load) == DB_OK ? pupil_find_all(load->db, load->row_pool, &line->wanted, 1, known)
                                     : db_error(load->db);
}

/* ---------------------------------------------------------------- a row */

/* Surely nobody is there whom he could be: his school had no pupils, and none of the file is found by what he
 * is found by. */
static int is_surely_new(const state_t *state, const school_t *school, const pupil_wanted_t *wanted)
{
    int way, glimpsed = !school->is_new;

    for (way = 0; way < WAYS && school->is_new; way++)
        if (text_of(wanted, way) != NULL)
            glimpsed |= glimpsed_add(state->ways, kind_of(wanted, way), wanted->code, text_of(wanted, way));
    return !glimpsed;
}

/* What rows say, as lines; *count: how many of them are to be looked up. */
static db_error_t read_lines(load_t *load, int *count)
{
    state_t *state = load->state;
    const school_t *school;
    int i;

    for (i = *count = 0; i < load->ahead_count; i++) {
        pupil_line_t *line = &state->lines[i];

        if (load->ahead[i].wrong != NULL)
            continue;
        if (pupil_line_read(load, state->lookups, &load->ahead[i], line) != DB_OK)
            return db_error(load->db);
        if (line->verdict != PUPIL_TAKEN)
            continue;
        if ((school = school_of(load, line->wanted.code, line->wanted.year)) == NULL)
            return db_error(load->db);
        line->of_new_school = school->is_new;
        line->is_sought = !is_surely_new(state, school, &line->wanted);
        if (line->is_sought)
            state->sought[(*count)++] = line->wanted;
        else
            pupil_is_new(&state->known[i], &line->wanted);
    }
    return DB_OK;
}

/* The rows that were read together are looked up together. */
static db_error_t look(load_t *load)
{
    state_t *state = load->state;
    pupil_known_t *found;
    int i, count;

    seen_clear(state->written);
    if (read_lines(load, &count) != DB_OK)
        return db_error(load->db);
    found = apr_palloc(load->row_pool, (apr_size_t)count * sizeof *found);
    if (pupil_find_all(load->db, load->row_pool, state->sought, count, found) != DB_OK)
        return db_error(load->db);
    for (i = count = 0; i < load->ahead_count; i++)
        if (load->ahead[i].wrong == NULL && state->lines[i].verdict == PUPIL_TAKEN &&
            state->lines[i].is_sought)
            state->known[i] = found[count++];
    return DB_OK;
}

static db_error_t leave_out(load_t *load, int why, const char *what)
{
    return load_leave_out_for(load, &((state_t *)load->state)->doubts, why, what);
}

static db_error_t put_pupil(load_t *load, const pupil_line_t *line, const pupil_known_t *known)
{
    const state_t *state = load->state;
    record_t pupil, private;

    pupil_row_rest(load->row_pool, &load->row, &state->places, line->answers);
    pupil = pupil_of(line, known->key);
    private = private_of(load, line, known);
    if (known->there)
        note_written(state, &line->wanted, &known->pupil, &known->private);
    note_written(state, &line->wanted, &pupil, &private);
    if (load_put_found(load, &record_pupil, line->listed_name, known->there ? &known->pupil : NULL, &pupil) !=
        DB_OK)
        return db_error(load->db);
    return load_put_found(load, &record_pupil_private, line->listed_name,
                          known->private_there ? &known->private : NULL, &private);
}

/* Whether a row before it was the same pupil's: of a school that had nobody, all who are there are the
 * file's. */
static int is_twice(const state_t *state, const pupil_line_t *line, const pupil_known_t *known)
{
    const pupil_wanted_t *wanted = &line->wanted;

    if (line->of_new_school)
        return known->there;
    if (seen_has(state->seen, wanted->year, wanted->code, known->key))
        return 1;
    seen_add(state->seen, wanted->year, wanted->code, known->key);
    return 0;
}

static db_error_t take_pupil(load_t *load, const pupil_line_t *line, pupil_known_t *known)
{
    state_t *state = load->state;
    const pupil_wanted_t *wanted = &line->wanted;

    if (load_cell(load, PUPIL_INE) != NULL && wanted->ine == NULL)
        load_doubt(load, &state->doubts, PUPIL_DOUBT_INE, line->listed_name);
    if (look_again(load, line, known) != DB_OK)
        return db_error(load->db);
    if (is_twice(state, line, known))
        return leave_out(load, PUPIL_DOUBT_TWICE, line->listed_name);
    return known->registered ? DB_OK : put_pupil(load, line, known);
}

static db_error_t take_row(load_t *load)
{
    state_t *state = load->state;
    const pupil_line_t *line = &state->lines[load->place];

    switch (line->verdict) {
    case PUPIL_REFUSED:
        return load_refuse(load, line->why, line->what);
    case PUPIL_LEFT_OUT:
        return leave_out(load, line->why, line->what);
    default:
        return take_pupil(load, line, &state->known[load->place]);
    }
}

/* ---------------------------------------------------------------- who is no longer there */

static db_error_t take_one_away(load_t *load, const pupil_wanted_t *who)
{
    record_t pupil = record_empty(&record_pupil), private = record_empty(&record_pupil_private);
    int registered, there;

    put_keys(&pupil, who, who->key);
    put_keys(&private, who, who->key);
    if (record_cited(load->db, &record_pupil, &pupil, &registered) != DB_OK || registered)
        return db_error(load->db);
    if (record_get(load->db, load->row_pool, &record_pupil, &pupil, &pupil, &there) != DB_OK ||
        record_get(load->db, load->row_pool, &record_pupil_private, &private, &private, &there) != DB_OK)
        return db_error(load->db);
    if (there &&
        load_remove_part(load, &record_pupil_private, pupil.values[FIELD_LISTED].text, &private) != DB_OK)
        return db_error(load->db);
    return load_remove(load, &record_pupil, pupil.values[FIELD_LISTED].text, &pupil, NULL);
}

static db_error_t take_away(load_t *load, const school_t *school)
{
    const state_t *state = load->state;
    apr_array_header_t *keys;
    int i;

    if (pupil_keys(load->db, load->pool, school->code, school->year, &keys) != DB_OK)
        return db_error(load->db);
    for (i = 0; i < keys->nelts; i++) {
        pupil_wanted_t who = {
            .code = school->code, .year = school->year, .key = APR_ARRAY_IDX(keys, i, const char *)};

        if (!seen_has(state->seen, who.year, who.code, who.key) && take_one_away(load, &who) != DB_OK)
            return db_error(load->db);
        apr_pool_clear(load->row_pool);
    }
    return DB_OK;
}

static db_error_t end(load_t *load)
{
    const state_t *state = load->state;
    apr_hash_index_t *at;

    load_doubts_tell(load, &state->doubts);
    if (!siecle_gave(load->source))
        return DB_OK;
    for (at = apr_hash_first(load->pool, state->schools); at != NULL; at = apr_hash_next(at)) {
        void *school;

        apr_hash_this(at, NULL, NULL, &school);
        if (!((const school_t *)school)->is_new && take_away(load, school) != DB_OK)
            return db_error(load->db);
    }
    return DB_OK;
}

static local_time_t local_day(apr_int64_t now)
{
    local_time_t day = {.year = 1970};

    local_time("Europe/Paris", now, &day);
    return day;
}

int load_pupils_year(apr_int64_t now)
{
    local_time_t day = local_day(now);

    return day.year + (day.month >= NEW_SCHOOL_YEAR);
}

source_t *load_pupils_open(apr_pool_t *pool, const char *path, apr_int64_t now, const char **error)
{
    local_time_t day = local_day(now);
    siecle_file_t file = {.path = path};
    char first[64];
    apr_size_t length = sizeof first;
    apr_file_t *opened;

    *error = NULL;
    if (apr_file_open(&opened, path, APR_FOPEN_READ, APR_FPROT_OS_DEFAULT, pool) != APR_SUCCESS) {
        *error = message_text(MSG_SOURCE_UNREADABLE);
        return NULL;
    }
    apr_file_read_full(opened, first, length, &length);
    apr_file_close(opened);
    if (!siecle_begins(first, length))
        return csv_source_open(pool, path, pupil_columns, error);
    return siecle_open(pool, &file, NULL, pupil_columns,
                       apr_psprintf(pool, "%04d-%02d-%02d", day.year, day.month, day.day), error);
}

const load_kind_t load_pupils = {"pupils", "pupils", pupil_columns,    begin,
                                 take_row, end,      load_pupils_open, look};
