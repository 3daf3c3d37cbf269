/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of « Suivi des inscriptions » as files for spreadsheets.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/csv.h"
#include "../routes.h"
#include "figures.h"

enum { CELLS_MOST = 9 };

static const char *number(page_t *page, apr_int64_t value)
{
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT, value);
}

static const char *yes_no(int yes)
{
    return yes ? "OUI" : "NON";
}

/* ---------------------------------------------------------------- sessions, specialties */

/* The last of them is told of sessions alone. */
static const char *const heads[] = {NULL,      "Valides",  "Annulées",          "Jamais imprimées",
                                    "Rendues", "À rendre", "En cours de saisie"};

static void figures_cells(page_t *page, const apr_array_header_t *rows, int row, const char **cells)
{
    const figures_t *figures = &APR_ARRAY_IDX(rows, row, figures_t);

    *cells++ = figures->label;
    *cells++ = number(page, figures->valid);
    *cells++ = number(page, figures->cancelled);
    *cells++ = number(page, figures->unprinted);
    *cells++ = number(page, figures->returned);
    *cells++ = number(page, figures->valid - figures->returned);
    *cells = number(page, figures->drafts);
}

static int send_figures(page_t *page, const char *name, const char *first, int columns,
                        const apr_array_header_t *rows)
{
    const char *named[CELLS_MOST];
    const csv_table_t table = {name, named, columns, rows, figures_cells};

    memcpy(named, heads, sizeof heads);
    named[0] = first;
    return csv_send_table(page, &table);
}

int manager_follow_up_csv(page_t *page)
{
    apr_array_header_t *sessions;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (figures_by_session(page, &sessions) != DB_OK)
        return answer_db_failed(page);
    return send_figures(page, "suivi", "Session", 7, sessions);
}

int manager_follow_up_specialties_csv(page_t *page)
{
    apr_array_header_t *specialties;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (figures_by_specialty(page, &specialties) != DB_OK)
        return answer_db_failed(page);
    return send_figures(page, "suivi-specialites", "Spécialité", 6, specialties);
}

/* ---------------------------------------------------------------- days */

static void day_cells(page_t *page, const apr_array_header_t *rows, int row, const char **cells)
{
    const figures_day_t *day = &APR_ARRAY_IDX(rows, row, figures_day_t);

    *cells++ = day->date;
    *cells++ = number(page, day->registrations);
    *cells = number(page, day->total);
}

int manager_follow_up_days_csv(page_t *page)
{
    static const char *const day_heads[] = {"Jour", "Inscriptions", "Total"};
    csv_table_t table = {"suivi-jours", day_heads, 3, NULL, day_cells};
    apr_array_header_t *days;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (figures_by_day(page, &days) != DB_OK)
        return answer_db_failed(page);
    table.rows = days;
    return csv_send_table(page, &table);
}

/* ---------------------------------------------------------------- establishments */

static void school_cells(page_t *page, const apr_array_header_t *rows, int row, const char **cells)
{
    const follow_up_school_t *school = &APR_ARRAY_IDX(rows, row, follow_up_school_t);

    *cells++ = school->code;
    *cells++ = school->name;
    *cells++ = school->town;
    *cells++ = yes_no(school->activated);
    *cells++ = yes_no(school->service_open);
    *cells++ = number(page, school->valid);
    *cells++ = number(page, school->cancelled);
    *cells++ = number(page, school->drafts);
    *cells = number(page, school->valid - school->returned);
}

int manager_follow_up_schools_csv(page_t *page)
{
    static const char *const school_heads[] = {
        "UAI",      "Établissement",      "Commune", "Mot de passe choisi", "Service ouvert", "Valides",
        "Annulées", "En cours de saisie", "À rendre"};
    csv_table_t table = {"suivi-etablissements", school_heads, CELLS_MOST, NULL, school_cells};
    apr_array_header_t *schools;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (connection_borrow(page) == NULL || follow_up_schools(page->db, page->pool, &page->actor.scope,
                                                             page->exam_session->id, &schools) != DB_OK)
        return answer_db_failed(page);
    table.rows = schools;
    return csv_send_table(page, &table);
}
