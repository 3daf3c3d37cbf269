/* SPDX-License-Identifier: Apache-2.0
 *
 * « Journal »: the audit trail, searched by who, what about, act and days; as a page and as a file; and
 * whether its sealed entries are as they were.
 */
#include <apr_escape.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../lists/csv.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "domain/act.h"
#include "domain/check.h"
#include "domain/exam.h"
#include "store/journal.h"
#include "text/text.h"

enum { SHOWN = 100, SEALS_SHOWN = 10, WHO_MOST = 60 };

/* ---------------------------------------------------------------- what the address asks */

/* "bcp-11" is a registration, anything else must be an UAI. 0: neither. */
static int read_object(page_t *page, const char *object, journal_query_t *query)
{
    const char *dash = strchr(object, '-');
    exam_t exam;

    if (dash == NULL)
        return check_uai(page->pool, object, &query->establishment) == MSG_OK;
    exam = exam_of_path(object, (apr_size_t)(dash - object));
    query->number = whole_number(dash + 1);
    if (exam == EXAM_NONE || query->number <= 0)
        return 0;
    query->exam = exam_info(exam)->code;
    return 1;
}

/* The beginning of an ISO day and of the day after it; 0: it is none. */
static int read_day(const page_t *page, const char *name, int after, apr_int64_t *instant)
{
    const char *typed = page_query(page, name), *iso;

    *instant = DB_NULL;
    if (typed == NULL)
        return 1;
    if (check_date(page->pool, typed, &iso) != MSG_OK || strcmp(iso, typed) != 0)
        return 0;
    *instant = local_instant(page->frame.zone, atoi(iso), atoi(iso + 5), atoi(iso + 8) + after, 0, 0);
    return *instant >= 0;
}

/* 0: what is asked for doesn't exist. */
static int read_query(page_t *page, journal_query_t *query)
{
    const char *object = page_query(page, "objet");

    *query = (journal_query_t){.actor = page_query(page, "qui"),
                               .action = page_query(page, "acte"),
                               .before = page_number(page, "avant"),
                               .rows = SHOWN + 1};
    return query->before >= 0 && read_day(page, "du", 0, &query->from) &&
           read_day(page, "au", 1, &query->until) && (object == NULL || read_object(page, object, query));
}

static const char *question(const page_t *page, const char *query, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return query;
    return apr_pstrcat(page->pool, query, query[0] != '\0' ? "&" : "?", name, "=",
                       apr_pescape_urlencoded(page->pool, value), NULL);
}

/* The same search once more, with other entries of it. */
static const char *query_text(const page_t *page)
{
    static const char *const names[] = {"qui", "objet", "acte", "du", "au"};
    const char *query = "";
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        query = question(page, query, names[i], page_query(page, names[i]));
    return query;
}

/* What an entry about a candidate says freely, and where he sat, is for those who may know who he is. */
static int tells_all(const page_t *page)
{
    return (page->actor.rights & RIGHT_IDENTITIES) != 0;
}

static const char *detail_of(const page_t *page, const audit_entry_t *said)
{
    return tells_all(page) || said->number == DB_NULL ? said->detail : NULL;
}

/* ---------------------------------------------------------------- the page */

/* What the address asks, as it is typed. */
static const char *asked_day(const page_t *page, const char *name)
{
    const char *asked = page_query(page, name);

    return asked != NULL ? date_display(page->pool, asked) : NULL;
}

static void model_acts(page_t *page, model_t *model)
{
    model_list_t *list = model_list(model, "acts");
    const char *chosen = field_typed_or(page, "acte", page_query(page, "acte"));
    const act_t *act;

    for (act = act_all(); act->code != NULL; act++) {
        model_t *row;

        if (strcmp(act->code, "registration.create") == 0) /* no search finds one: journal.h */
            continue;
        row = model_list_object(list);
        model_text(row, "code", act->code);
        model_text(row, "words", message_text(act->words));
        model_flag(row, "chosen", chosen != NULL && strcmp(act->code, chosen) == 0);
    }
}

static void model_fields(page_t *page, model_t *model)
{
    model_list_t *fields = field_list(model);

    field_line(page, fields, "qui", "Qui", message_text(MSG_HINT_JOURNAL_WHO), 0, page_query(page, "qui"));
    field_line(page, fields, "objet", "Objet", message_text(MSG_HINT_JOURNAL_OBJECT), 0,
               page_query(page, "objet"));
    field_line(page, fields, "du", "Du", message_text(MSG_HINT_JOURNAL_DAY), 0, asked_day(page, "du"));
    field_line(page, fields, "au", "Au", message_text(MSG_HINT_JOURNAL_DAY), 0, asked_day(page, "au"));
}

typedef struct shown_t {
    page_t *page;
    model_list_t *rows;
    int count, more;
    apr_int64_t last;
} shown_t;

static const char *about(apr_pool_t *pool, const audit_entry_t *said)
{
    const char *number = said->number != DB_NULL && said->exam != NULL
                             ? apr_psprintf(pool, "%s %" APR_INT64_T_FMT, said->exam, said->number)
                         : said->exam != NULL ? apr_pstrdup(pool, said->exam)
                                              : "";

    if (said->establishment == NULL)
        return number;
    return apr_pstrcat(pool, number, number[0] != '\0' ? ", " : "", said->establishment, NULL);
}

/* One more than is shown says that there are further ones. */
static int show_entry(void *baton, const journal_entry_t *entry)
{
    shown_t *shown = baton;
    apr_pool_t *pool = shown->page->pool;
    model_t *row;

    if (shown->count == SHOWN) {
        shown->more = 1;
        return 0;
    }
    shown->count++;
    shown->last = entry->id;
    row = model_list_object(shown->rows);
    model_text(row, "at", local_time_short(pool, shown->page->frame.zone, entry->said.at));
    model_text(row, "who", apr_pstrdup(pool, entry->said.actor));
    model_text(row, "from", tells_all(shown->page) ? apr_pstrdup(pool, entry->said.address) : NULL);
    model_text(row, "act", apr_pstrdup(pool, act_words(entry->said.action)));
    model_text(row, "about", about(pool, &entry->said));
    model_text(row, "detail", apr_pstrdup(pool, detail_of(shown->page, &entry->said)));
    return 1;
}

static db_error_t model_seals(page_t *page, model_t *model)
{
    model_list_t *rows = model_list(model, "seals");
    apr_array_header_t *seals;
    int i;

    if (journal_seals(page->db, page->pool, page->frame.zone, SEALS_SHOWN, &seals) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < seals->nelts; i++) {
        const journal_seal_t *seal = &APR_ARRAY_IDX(seals, i, journal_seal_t);
        model_t *row = model_list_object(rows);

        model_text(row, "at", local_time_short(page->pool, page->frame.zone, seal->at));
        model_int(row, "last", seal->last);
        model_text(row, "hash", seal->hash);
    }
    model_flag(model, "any_seals", seals->nelts > 0);
    return DB_OK;
}

static int journal_page(page_t *page, const journal_query_t *query)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_JOURNAL));
    shown_t shown = {.page = page, .rows = model_list(model, "rows")};

    if (connection_borrow(page) == NULL || journal_read(page->db, query, show_entry, &shown) != DB_OK ||
        model_seals(page, model) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    model_fields(page, model);
    model_acts(page, model);
    model_text(model, "query", query_text(page));
    model_flag(model, "any", shown.count > 0);
    if (shown.more)
        model_text(model, "further",
                   question(page, query_text(page), "avant",
                            apr_psprintf(page->pool, "%" APR_INT64_T_FMT, shown.last)));
    session_forget_notice(page);
    return answer_render(page, "manager_journal", model);
}

int manager_journal_get(page_t *page)
{
    journal_query_t query;

    return read_query(page, &query) ? journal_page(page, &query) : answer_not_found(page);
}

/* ---------------------------------------------------------------- search */

static const char *check_object(page_t *page)
{
    const char *typed = text_trim(page->pool, form_value(page, "objet")), *code;
    apr_int64_t number, revision;
    exam_t exam;

    if (typed[0] == '\0')
        return NULL;
    if (check_uai(page->pool, typed, &code) == MSG_OK)
        return code;
    if (check_paper(page->pool, typed, &exam, &number, &revision) == MSG_OK && exam != EXAM_NONE)
        return apr_psprintf(page->pool, "%s-%" APR_INT64_T_FMT, exam_info(exam)->path, number);
    page_error(page, "objet", message_text(MSG_JOURNAL_OBJECT_WRONG));
    return NULL;
}

static const char *check_day(page_t *page, const char *name)
{
    const char *typed = text_trim(page->pool, form_value(page, name)), *iso = NULL;
    message_t problem = typed[0] == '\0' ? MSG_OK : check_date(page->pool, typed, &iso);

    if (problem != MSG_OK)
        page_error(page, name, message_text(problem));
    return iso;
}

static int search(page_t *page)
{
    const char *who = text_trim(page->pool, form_value(page, "qui")), *object = check_object(page),
               *from = check_day(page, "du"), *until = check_day(page, "au"), *query = "";

    if (text_characters(who) > WHO_MOST)
        page_error(page, "qui", message_text(MSG_JOURNAL_WHO_LONG));
    if (from != NULL && until != NULL && strcmp(from, until) > 0)
        page_error(page, "au", message_text(MSG_JOURNAL_DAYS_REVERSED));
    if (page_has_errors(page))
        return journal_page(page, &(journal_query_t){.from = DB_NULL, .until = DB_NULL, .rows = SHOWN + 1});
    query = question(page, query, "qui", who);
    query = question(page, query, "objet", object);
    query = question(page, query, "acte", form_value(page, "acte"));
    query = question(page, query, "du", from);
    query = question(page, query, "au", until);
    return answer_redirect(page, "journal%s", query);
}

/* ---------------------------------------------------------------- the chain */

static int verify(page_t *page)
{
    apr_int64_t entries, broken;
    const char *words;

    if (connection_borrow(page) == NULL || audit_verify(page->db, page->pool, &entries, &broken) != DB_OK)
        return answer_db_failed(page);
    words =
        message_format(page->pool, broken == 0 ? MSG_NOTICE_JOURNAL_WHOLE : MSG_JOURNAL_ALTERED,
                       apr_psprintf(page->pool, "%" APR_INT64_T_FMT, broken == 0 ? entries : broken), NULL);
    if (broken != 0) {
        page_log(page, "INS047: the audit trail was altered: seal %" APR_INT64_T_FMT " does not hold",
                 broken);
        return answer_refuse(page, words);
    }
    connection_return(page);
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    session_notice(page->db, page->session->id, words);
    return connection_commit(page) == DB_OK ? answer_redirect(page, "journal") : answer_db_failed(page);
}

int manager_journal_post(page_t *page)
{
    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    return form_action(page, "verifier") ? verify(page) : search(page);
}

/* ---------------------------------------------------------------- the file */

/* So many entries, then the connection goes back while the browser takes them. */
enum { PIECE = 2000 };

typedef struct file_t {
    page_t *page;
    apr_int64_t last;
    int count;
} file_t;

static int write_entry(void *baton, const journal_entry_t *entry)
{
    file_t *file = baton;
    page_t *page = file->page;
    const audit_entry_t *said = &entry->said;
    apr_pool_t *pool;

    file->last = entry->id;
    file->count++;
    if (apr_pool_create(&pool, page->pool) != APR_SUCCESS)
        return 0;
    csv_cells(page,
              (const char *const[]){
                  apr_psprintf(pool, "%" APR_INT64_T_FMT, entry->id),
                  local_time_short(pool, page->frame.zone, said->at), said->service, said->actor,
                  tells_all(page) ? said->address : NULL, act_words(said->action), said->exam,
                  said->number != DB_NULL ? apr_psprintf(pool, "%" APR_INT64_T_FMT, said->number) : NULL,
                  said->establishment, detail_of(page, said)},
              10);
    apr_pool_destroy(pool);
    return 1;
}

static apr_status_t write_pieces(page_t *page, journal_query_t *query)
{
    file_t file = {.page = page};
    apr_status_t status;

    query->rows = PIECE;
    do {
        file.count = 0;
        if (connection_borrow(page) == NULL || journal_read(page->db, query, write_entry, &file) != DB_OK)
            return APR_EGENERAL;
        connection_return(page);
        if ((status = stream_flush(page)) != APR_SUCCESS)
            return status;
        query->before = file.last;
    } while (file.count == PIECE);
    return APR_SUCCESS;
}

int manager_journal_csv(page_t *page)
{
    static const char *const heads[] = {"Écriture", "Date",   "Service", "Qui",           "Adresse",
                                        "Acte",     "Examen", "Numéro",  "Établissement", "Détail"};
    journal_query_t query;

    if (!csv_is_known(page) || !read_query(page, &query))
        return answer_not_found(page);
    if (!csv_begin(page, "journal", heads, 10))
        return stream_end(page, APR_SUCCESS, NULL);
    return stream_end(page, write_pieces(page, &query), NULL);
}
