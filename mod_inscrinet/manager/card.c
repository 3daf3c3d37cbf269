/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school is, changed by a manager, and a new one: by the rules of a load (lib/domain/establishment.h).
 * Its candidates follow it into another department.
 */
#include <apr_escape.h>
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "domain/establishment.h"
#include "domain/family.h"
#include "school.h"
#include "store/record.h"
#include "text/text.h"
#include "text/token.h"

/* The fields of record_establishment. */
enum { CODE, KIND, NAME, SECTOR, FAMILIES, LICENCE, POSTAL, TOWN, DEPARTMENT, ACADEMY, FIELDS };
enum { NAME_MOST = 120, TOWN_MOST = 60 };

static const char *const controls[FIELDS] = {
    "code",         "nature",      "denomination", "secteur",     "familles",
    "habilitation", "code_postal", "commune",      "departement", NULL};
static const char *const labels[FIELDS] = {
    "Code UAI",        "Nature",      "Dénomination", "Secteur",     "Candidats de l’établissement",
    "Habilité au CCF", "Code postal", "Commune",      "Département", NULL};

/* ---------------------------------------------------------------- the page */

static const char *standing(const record_t *row, int field)
{
    return row != NULL && row->values[field].text != NULL ? row->values[field].text : "";
}

static void model_line(page_t *page, model_list_t *fields, const record_t *row, int field, message_t hint,
                       int required)
{
    field_line(page, fields, controls[field], labels[field], hint != MSG_OK ? message_text(hint) : NULL,
               required, standing(row, field));
}

static void model_kinds(page_t *page, model_list_t *fields, const record_t *row)
{
    model_list_t *choices = field_select(page, fields, controls[KIND], labels[KIND], NULL);
    const char *kind, *label;
    int i;

    for (i = 0; (kind = establishment_kind_at(i, &label)) != NULL; i++)
        field_choice(page, choices, controls[KIND], kind, label, strcmp(standing(row, KIND), kind) == 0);
}

static void model_sectors(page_t *page, model_list_t *fields, const record_t *row)
{
    static const char *const sectors[][2] = {
        {"PU", "Public"}, {"PR", "Privé sous contrat"}, {"HC", "Privé hors contrat"}};
    model_list_t *choices = field_select(page, fields, controls[SECTOR], labels[SECTOR], NULL);
    size_t i;

    for (i = 0; i < sizeof sectors / sizeof *sectors; i++)
        field_choice(page, choices, controls[SECTOR], sectors[i][0], sectors[i][1],
                     strcmp(standing(row, SECTOR), sectors[i][0]) == 0);
}

static int is_posted(const page_t *page, const char *family)
{
    const apr_array_header_t *list = form_list(page, controls[FAMILIES]);
    int i;

    for (i = 0; i < list->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(list, i, const char *), family) == 0)
            return 1;
    return 0;
}

/* Whom it has, to be ticked. */
static void model_families(page_t *page, model_t *model, const record_t *row)
{
    model_list_t *list = model_list(model, "families");
    const char *family;
    int i;

    for (i = 0; (family = family_at(i)) != NULL; i++) {
        model_t *one = model_list_object(list);

        model_text(one, "value", family);
        model_text(one, "label", family_label(family));
        model_flag(one, "chosen",
                   page->form != NULL ? is_posted(page, family)
                                      : strstr(standing(row, FAMILIES),
                                               apr_pstrcat(page->pool, "|", family, "|", NULL)) != NULL);
    }
    model_text(model, "families_error", page_error_of(page, controls[FAMILIES]));
    model_flag(model, "licensed",
               page->form != NULL ? strcmp(form_value(page, controls[LICENCE]), "O") == 0
                                  : row != NULL && row->values[LICENCE].integer == 1);
}

/* What was seen of it, so that nobody replaces what he hasn't seen. */
static const char *seal_of(page_t *page, const record_t *row)
{
    unsigned char digest[DIGEST_BYTES];

    digest_text(record_text(page->pool, &record_establishment, row), digest);
    return apr_pescape_hex(page->pool, digest, sizeof digest, 0);
}

/* row NULL: a new one. */
static int card_page(page_t *page, const record_t *row)
{
    model_t *model = answer_model(page, message_text(row != NULL ? MSG_TITLE_CARD : MSG_TITLE_NEW_SCHOOL));
    model_list_t *fields = field_list(model);

    manager_model_parent(model, row != NULL ? standing(row, NAME) : message_text(MSG_TITLE_SCHOOLS),
                         row != NULL ? apr_pstrcat(page->pool, "etablissements/", standing(row, CODE), NULL)
                                     : "etablissements");
    if (row != NULL)
        model_text(model, "seen", seal_of(page, row));
    else
        model_line(page, fields, NULL, CODE, MSG_HINT_NEW_UAI, 1);
    model_line(page, fields, row, NAME, MSG_OK, 1);
    model_kinds(page, fields, row);
    model_sectors(page, fields, row);
    model_line(page, fields, row, POSTAL, MSG_HINT_OPTIONAL, 0);
    model_line(page, fields, row, TOWN, MSG_HINT_OPTIONAL, 0);
    model_line(page, fields, row, DEPARTMENT, MSG_HINT_CARD_DEPARTMENT, 1);
    model_families(page, model, row);
    return answer_render(page, "manager_card", model);
}

/* 0 with *answer given. */
static int read_row(page_t *page, record_t *row, int *answer)
{
    const establishment_t *school = manager_school_named(page, answer);
    int found;

    if (school == NULL)
        return 0;
    *row = record_empty(&record_establishment);
    row->values[CODE].text = school->code;
    if (record_get(page->db, page->pool, &record_establishment, row, row, &found) == DB_OK && found)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}

int manager_card_get(page_t *page)
{
    record_t row;
    int answer;

    return read_row(page, &row, &answer) ? card_page(page, &row) : answer;
}

int manager_new_school_get(page_t *page)
{
    return card_page(page, NULL);
}

/* ---------------------------------------------------------------- what was typed */

static const char *typed(page_t *page, int field)
{
    return text_trim(page->pool, form_value(page, controls[field]));
}

static void take_line(page_t *page, record_t *row, int field, int most, message_t wrong)
{
    row->values[field].text = form_line(page, controls[field], most, field == NAME ? wrong : MSG_OK, wrong);
}

static void take_kind(page_t *page, record_t *row)
{
    const establishment_nature_t *nature = establishment_nature(typed(page, KIND));

    if (nature == NULL || typed(page, KIND)[0] == '\0')
        page_error(page, controls[KIND], message_text(MSG_CARD_KIND_MISSING));
    else
        row->values[KIND].text = nature->kind;
    if ((row->values[SECTOR].text = establishment_sector(page->pool, typed(page, SECTOR))) == NULL)
        page_error(page, controls[SECTOR], message_text(MSG_CARD_SECTOR_MISSING));
}

static void take_families(page_t *page, record_t *row)
{
    const apr_array_header_t *list = form_list(page, controls[FAMILIES]);
    const char *unknown;

    row->values[FAMILIES].text =
        establishment_families(page->pool, apr_array_pstrcat(page->pool, list, '|'), &unknown);
    if (list->nelts == 0)
        page_error(page, controls[FAMILIES], message_text(MSG_CARD_FAMILIES_MISSING));
    else if (row->values[FAMILIES].text == NULL)
        page_error(page, controls[FAMILIES], message_format(page->pool, MSG_LOAD_FAMILY, unknown, NULL));
}

static void take_department(page_t *page, record_t *row)
{
    const char *department = establishment_department(page->pool, typed(page, DEPARTMENT));

    if (department == NULL)
        page_error(page, controls[DEPARTMENT], message_text(MSG_LOAD_DEPARTMENT));
    else if (!manager_sees_department(page, department))
        page_error(page, controls[DEPARTMENT], message_text(MSG_CARD_DEPARTMENT_OTHERS));
    row->values[DEPARTMENT].text = department;
}

static void take_postal(page_t *page, record_t *row)
{
    const char *kept = NULL;

    if (typed(page, POSTAL)[0] != '\0' &&
        check_postal_code(page->pool, typed(page, POSTAL), 1, &kept) != MSG_OK)
        page_error(page, controls[POSTAL], message_text(MSG_CARD_POSTAL_WRONG));
    row->values[POSTAL].text = kept;
}

static void take_all(page_t *page, record_t *row)
{
    take_line(page, row, NAME, NAME_MOST, MSG_CARD_NAME_WRONG);
    take_kind(page, row);
    take_postal(page, row);
    take_line(page, row, TOWN, TOWN_MOST, MSG_CARD_TOWN_WRONG);
    take_department(page, row);
    take_families(page, row);
    row->values[LICENCE].integer = strcmp(form_value(page, controls[LICENCE]), "O") == 0;
}

/* ---------------------------------------------------------------- to keep it */

/* « commune: Lille -> Lens; … »: what differs. */
static const char *differences(page_t *page, const record_t *before, const record_t *after)
{
    const char *text = "";
    int i;

    for (i = KIND; i < FIELDS; i++)
        if (!record_field_same(&record_establishment, before, after, i))
            text = apr_pstrcat(page->pool, text, text[0] != '\0' ? "; " : "",
                               record_establishment.fields[i].name, ": ",
                               record_shown(page->pool, &record_establishment, before, i), " -> ",
                               record_shown(page->pool, &record_establishment, after, i), NULL);
    return text;
}

static int done(page_t *page, const record_t *row, const char *action, const char *detail, message_t notice)
{
    const char *code = row->values[CODE].text;
    int answer;

    page_audit_school(page, code, action, detail);
    session_notice(page->db, page->session->id,
                   message_format(page->pool, notice, row->values[NAME].text, NULL));
    return change_commit(page, &answer) ? answer_redirect(page, "etablissements/%s", code) : answer;
}

static int again(page_t *page)
{
    connection_return(page);
    return answer_again(page);
}

int manager_card_post(page_t *page)
{
    record_t was, wanted;
    const char *changes;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "etablissements/%s", page->code);
    if (!manager_school_whole(page))
        return answer_fail(page, STATUS_FORBIDDEN);
    if (!change_begin_alone(page, &answer) || !read_row(page, &was, &answer))
        return answer;
    wanted = was;
    take_all(page, &wanted);
    if (page_has_errors(page))
        return again(page);
    changes = differences(page, &was, &wanted);
    if (strcmp(form_value(page, "vu"), seal_of(page, &was)) != 0) {
        page_error(page, NULL, message_format(page->pool, MSG_CARD_MEANWHILE, changes, NULL));
        return again(page);
    }
    if (changes[0] != '\0')
        record_set(page->db, page->pool, &record_establishment, &wanted);
    return done(page, &wanted, "establishment.set", changes, MSG_NOTICE_CARD);
}

/* In the open transaction. 0 with *answer given. */
static int take_code(page_t *page, record_t *row, int *answer)
{
    message_t wrong = check_uai(page->pool, typed(page, CODE), &row->values[CODE].text);
    int there = 0;

    if (wrong != MSG_OK)
        page_error(page, controls[CODE], message_text(wrong));
    else if (record_get(page->db, page->pool, &record_establishment, row, row, &there) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (there)
        page_error(page, controls[CODE],
                   message_format(page->pool, MSG_CARD_CODE_THERE, row->values[NAME].text, NULL));
    return 1;
}

int manager_new_school_post(page_t *page)
{
    record_t row = record_empty(&record_establishment);
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "etablissements");
    if (!change_begin_alone(page, &answer) || !take_code(page, &row, &answer))
        return answer;
    take_all(page, &row);
    if (page_has_errors(page))
        return again(page);
    record_add(page->db, page->pool, &record_establishment, &row);
    return done(page, &row, "establishment.add", NULL, MSG_NOTICE_NEW_SCHOOL);
}
