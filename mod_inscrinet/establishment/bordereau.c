/* SPDX-License-Identifier: Apache-2.0
 *
 * « Bordereau d’envoi »: what goes with the signed confirmations to the authority. Each specialty has a page
 * with its valid candidates to tick off; the last one adds them up and is signed by the head.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../lists/cells.h"
#include "../lists/printed.h"
#include "../routes.h"
#include "../school.h"
#include "store/audit.h"
#include "text/text.h"

static const table_column_t columns[] = {
    {"Numéro", 52, HARU_REGULAR, TABLE_NAME},
    {"Nom - prénom", 270, HARU_BOLD, TABLE_TEXT},
    {"Date de naissance", 90, HARU_REGULAR, TABLE_TEXT},
    {"Confirmation jointe", 78, HARU_REGULAR, TABLE_TICK},
};
static const table_column_t sum_columns[] = {
    {"Spécialité", 320, HARU_REGULAR, TABLE_NAME},
    {"Confirmations attendues", 90, HARU_REGULAR, TABLE_NUMBER},
    {"Confirmations jointes", 80, HARU_REGULAR, TABLE_TEXT}, /* to be written */
};
enum { COLUMNS = sizeof columns / sizeof *columns, SUM_COLUMNS = sizeof sum_columns / sizeof *sum_columns };

typedef struct sum_t {
    const char *label;
    apr_int64_t count;
} sum_t;

typedef struct bordereau_t {
    printed_t printed;
    roll_t *roll;
    apr_array_header_t *sums; /* sum_t, one for each specialty so far */
    int group;                /* of the last one, -1: none */
    const char *seal;         /* of the audit trail, the last one; NULL: none yet */
} bordereau_t;

static const char *counted(const bordereau_t *bordereau, apr_int64_t count, message_t one, message_t many)
{
    apr_pool_t *pool = bordereau->printed.page->pool;

    return message_format(pool, count == 1 ? one : many, apr_psprintf(pool, "%" APR_INT64_T_FMT, count),
                          NULL);
}

static sum_t *present_sum(const bordereau_t *bordereau)
{
    return &APR_ARRAY_IDX(bordereau->sums, bordereau->sums->nelts - 1, sum_t);
}

static void end_group(const bordereau_t *bordereau)
{
    if (bordereau->sums->nelts > 0)
        list_line(bordereau->printed.writer, counted(bordereau, present_sum(bordereau)->count,
                                                     MSG_BORDEREAU_SUBTOTAL_ONE, MSG_BORDEREAU_SUBTOTAL));
}

static void begin_group(bordereau_t *bordereau)
{
    const roll_group_t *group = roll_group(bordereau->roll);

    end_group(bordereau);
    APR_ARRAY_PUSH(bordereau->sums, sum_t) = (sum_t){group->label, 0};
    bordereau->group = bordereau->roll->group;
    list_group(bordereau->printed.writer, group->label, 1);
}

static apr_status_t draw_row(bordereau_t *bordereau, const listing_row_t *row)
{
    cells_row_t cells;
    const char *texts[COLUMNS];

    if (row->cancelled)
        return APR_SUCCESS;
    if (bordereau->group != bordereau->roll->group)
        begin_group(bordereau);
    present_sum(bordereau)->count++;
    cells_row(bordereau->roll, row, &cells);
    memcpy(texts, cells.text, sizeof texts);
    texts[COLUMNS - 1] = NULL;
    return list_row(bordereau->printed.writer, texts);
}

/* One specialty needs no table of its own. */
static void draw_sums(const bordereau_t *bordereau)
{
    list_writer_t *writer = bordereau->printed.writer;
    apr_pool_t *pool = bordereau->printed.page->pool;
    apr_int64_t all = 0;
    int i;

    list_columns(writer, sum_columns, SUM_COLUMNS);
    list_group(writer, message_text(MSG_BORDEREAU_SUMS), 1);
    for (i = 0; i < bordereau->sums->nelts; i++) {
        const sum_t *sum = &APR_ARRAY_IDX(bordereau->sums, i, sum_t);
        const char *texts[SUM_COLUMNS] = {sum->label, apr_psprintf(pool, "%" APR_INT64_T_FMT, sum->count)};

        list_row(writer, texts);
        all += sum->count;
    }
    list_line(writer, counted(bordereau, all, MSG_BORDEREAU_TOTAL_ONE, MSG_BORDEREAU_TOTAL));
}

static void draw_bordereau(bordereau_t *bordereau)
{
    listing_row_t row;

    while (roll_next(bordereau->roll, &row) && draw_row(bordereau, &row) == APR_SUCCESS)
        continue;
    end_group(bordereau);
    if (bordereau->sums->nelts == 0) {
        list_line(bordereau->printed.writer, message_text(MSG_BORDEREAU_EMPTY));
        return;
    }
    if (bordereau->sums->nelts > 1)
        draw_sums(bordereau);
    if (bordereau->seal != NULL)
        list_line(bordereau->printed.writer, bordereau->seal);
    list_stamp(bordereau->printed.writer);
}

/* Signed by the head and kept by the authority, it proves what the trail was: nobody alters it afterwards. */
static db_error_t read_seal(page_t *page, const char **line)
{
    const char *hash;
    apr_int64_t at;

    if (audit_head(page->db, page->pool, &hash, &at) != DB_OK)
        return db_error(page->db);
    if (hash[0] != '\0')
        *line = message_format(page->pool, MSG_BORDEREAU_SEAL,
                               local_time_short(page->pool, page->frame.zone, at), hash, NULL);
    return DB_OK;
}

int establishment_bordereau(page_t *page)
{
    bordereau_t bordereau = {.group = -1, .sums = apr_array_make(page->pool, 16, sizeof(sum_t))};
    list_request_t request;
    list_source_t source;
    int answer;

    if (!school_lists(page, &source, &answer))
        return answer;
    request =
        (list_request_t){.roll = {.listing = {.scope = source.scope, .exam_session = page->exam_session->id},
                                  .division = ROLL_BY_SPECIALTY,
                                  .version = source.version,
                                  .all = 1}};
    if (!list_request_specialty(page, &source, &request, &answer) ||
        !roll_open(page, &request.roll, &bordereau.roll, &answer))
        return answer;
    if (printed_read(page, &bordereau.printed) != DB_OK || read_seal(page, &bordereau.seal) != DB_OK)
        return answer_db_failed(page);
    printed_return_by(&bordereau.printed);
    if (bordereau.printed.rules->return_to != NULL)
        printed_subtitle(&bordereau.printed, message_format(page->pool, MSG_BORDEREAU_RETURN_TO,
                                                            bordereau.printed.rules->return_to, NULL));
    if (printed_begin(&bordereau.printed, "bordereau", message_text(MSG_TITLE_BORDEREAU), columns, COLUMNS))
        draw_bordereau(&bordereau);
    return printed_end(&bordereau.printed, bordereau.roll);
}
