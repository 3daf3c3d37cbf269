/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school offers in a session, by page: its specialties, for which of its candidates, under which CCF
 * licence. By the rules of a load (lib/domain/offer.h); what candidates are registered in is not taken away.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "domain/family.h"
#include "domain/offer.h"
#include "school.h"
#include "store/record.h"
#include "text/text.h"

/* The fields of record_offer. */
enum { CODE, SESSION, SPECIALTY, CATEGORY, LICENCE, FIRST, LAST };
enum { YEAR_LEAST = 1990, YEAR_MOST = 2099 };

/* ---------------------------------------------------------------- the page */

static const char *category_text(const char *category)
{
    return category[0] != '\0' ? family_label(category) : message_text(MSG_OFFER_ALL);
}

static const char *licence_text(page_t *page, const offer_t *offer)
{
    if (offer->licence != LICENCE_HELD)
        return message_text(offer->licence == LICENCE_NONE ? MSG_OFFER_NO_LICENCE : MSG_OFFER_AS_SCHOOL);
    if (offer->first_session == 0 && offer->last_session == 0)
        return message_text(MSG_OFFER_LICENCE);
    return message_format(page->pool, MSG_OFFER_LICENCE_YEARS,
                          offer->first_session != 0 ? apr_itoa(page->pool, offer->first_session) : "…",
                          offer->last_session != 0 ? apr_itoa(page->pool, offer->last_session) : "…", NULL);
}

static const char *label_of(const apr_array_header_t *choices, const char *code)
{
    int i;

    for (i = 0; i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, code) == 0)
            return APR_ARRAY_IDX(choices, i, choice_t).label;
    return code;
}

static void model_offers(page_t *page, model_t *model, const school_offers_t *found)
{
    model_list_t *rows = model_list(model, "rows");
    int i;

    for (i = 0; i < found->offers->nelts; i++) {
        const offer_t *offer = &APR_ARRAY_IDX(found->offers, i, offer_t);
        model_t *row = model_list_object(rows);

        model_text(row, "label", label_of(found->specialties, offer->specialty));
        model_text(row, "category", category_text(offer->category));
        model_text(row, "licence", licence_text(page, offer));
        model_text(row, "key", apr_pstrcat(page->pool, offer->specialty, " ", offer->category, NULL));
    }
    model_flag(model, "any", found->offers->nelts > 0);
}

static db_error_t model_choices(page_t *page, model_list_t *fields, const establishment_t *school)
{
    questionnaire_t q = {
        .exam = page->exam, .service = SERVICE_PUBLIC_REGISTRATION, .session_year = page->exam_session->year};
    db_error_t error = cache_questionnaire(page, &q, NULL, NULL);
    model_list_t *choices;
    const char *family;
    int i;

    if (error != DB_OK)
        return error;
    choices = field_select(page, fields, "specialite", "Spécialité", NULL);
    for (i = 0; i < q.specialties->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(q.specialties, i, choice_t);

        field_choice(page, choices, "specialite", choice->value, choice->label, 0);
    }
    choices = field_select(page, fields, "categorie", "Pour quels candidats", NULL);
    field_choice(page, choices, "categorie", "TOUS", message_text(MSG_OFFER_ALL), 1);
    for (i = 0; (family = family_at(i)) != NULL; i++)
        if (family_in(family, school->families))
            field_choice(page, choices, "categorie", family, family_label(family), 0);
    return DB_OK;
}

static void model_licence(page_t *page, model_list_t *fields)
{
    static const struct {
        const char *value;
        message_t label;
    } all[] = {{"ETAB", MSG_OFFER_AS_SCHOOL}, {"O", MSG_OFFER_LICENCE}, {"N", MSG_OFFER_NO_LICENCE}};
    model_list_t *choices = field_select(page, fields, "habilitation", "Habilitation CCF", NULL);
    size_t i;

    for (i = 0; i < sizeof all / sizeof *all; i++)
        field_choice(page, choices, "habilitation", all[i].value, message_text(all[i].label), i == 0);
    field_line(page, fields, "premiere_session", "Habilité depuis la session",
               message_text(MSG_HINT_OPTIONAL), 0, "");
    field_line(page, fields, "derniere_session", "Habilité jusqu’à la session",
               message_text(MSG_HINT_OPTIONAL), 0, "");
}

int manager_offers_get(page_t *page)
{
    school_offers_t found;
    establishment_t *school;
    model_list_t *fields;
    model_t *model;
    int answer;

    if ((school = manager_school_named(page, &answer)) == NULL)
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_OFFERS));
    fields = field_list(model);
    if (establishment_offers(page->db, page->pool, school->id, page->exam_session->id, &found) != DB_OK ||
        model_choices(page, fields, school) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    manager_model_parent(model, school->name, apr_pstrcat(page->pool, "etablissements/", school->code, NULL));
    model_text(model, "school", school->name);
    model_offers(page, model, &found);
    model_licence(page, fields);
    session_forget_notice(page);
    return answer_render(page, "manager_offers", model);
}

/* ---------------------------------------------------------------- to change them */

static record_t row_of(page_t *page, const establishment_t *school, const char *specialty,
                       const char *category)
{
    record_t row = record_empty(&record_offer);

    row.values[CODE].text = school->code;
    row.values[SESSION].integer = page->exam_session->id;
    row.values[SPECIALTY].text = specialty;
    row.values[CATEGORY].text = category;
    return row;
}

static int read_year(page_t *page, const char *name)
{
    const char *typed = text_trim(page->pool, form_value(page, name));
    int year = typed[0] != '\0' ? number_within(typed, YEAR_LEAST, YEAR_MOST) : 0;

    if (year < 0)
        page_error(page, name, message_text(MSG_SPECIALTY_YEAR_WRONG));
    return year < 0 ? 0 : year;
}

static offer_t read_offer(page_t *page, const establishment_t *school)
{
    const char *licence = form_value(page, "habilitation"), *category = form_value(page, "categorie");
    offer_t offer = {.specialty = form_value(page, "specialite"),
                     .category = strcmp(category, "TOUS") == 0 ? "" : category,
                     .licence = strcmp(licence, "O") == 0   ? LICENCE_HELD
                                : strcmp(licence, "N") == 0 ? LICENCE_NONE
                                                            : LICENCE_UNSAID,
                     .first_session = read_year(page, "premiere_session"),
                     .last_session = read_year(page, "derniere_session")};
    message_t wrong = offer_wrong(&offer, school->families);

    if (offer.specialty[0] == '\0')
        page_error(page, "specialite", message_text(MSG_OFFER_SPECIALTY_MISSING));
    if (wrong == MSG_LOAD_OFFER_FAMILY)
        page_error(page, "categorie", message_format(page->pool, wrong, category, NULL));
    else if (wrong != MSG_OK)
        page_error(page, wrong == MSG_LOAD_LICENCE_SESSIONS ? "habilitation" : "derniere_session",
                   message_text(wrong));
    return offer;
}

static apr_int64_t year_or_null(int year)
{
    return year != 0 ? year : DB_NULL;
}

static db_error_t put(page_t *page, const record_table_t *table, record_t *row, const record_t *wanted)
{
    int there;

    if (record_get(page->db, page->pool, table, row, row, &there) != DB_OK)
        return db_error(page->db);
    if (there && (wanted == NULL || record_same(table, row, wanted)))
        return DB_OK;
    return there ? record_set(page->db, page->pool, table, wanted)
                 : record_add(page->db, page->pool, table, wanted != NULL ? wanted : row);
}

/* In the open transaction. */
static void add(page_t *page, const establishment_t *school, const offer_t *offer)
{
    record_t presents = record_empty(&record_presentation),
             row = row_of(page, school, offer->specialty, offer->category), wanted = row;

    presents.values[CODE].text = school->code;
    presents.values[SESSION].integer = page->exam_session->id;
    wanted.values[LICENCE].integer =
        offer->licence == LICENCE_UNSAID ? DB_NULL : offer->licence == LICENCE_HELD;
    wanted.values[FIRST].integer = year_or_null(offer->first_session);
    wanted.values[LAST].integer = year_or_null(offer->last_session);
    if (put(page, &record_presentation, &presents, NULL) == DB_OK)
        put(page, &record_offer, &row, &wanted);
}

static int done(page_t *page, const establishment_t *school, const char *action, const char *what,
                message_t notice)
{
    int answer;

    page_audit_school(page, school->code, action,
                      apr_pstrcat(page->pool, page->exam_session->dated, " ", what, NULL));
    establishment_exam_touch(page->db, school->id, page->exam_session->id);
    session_notice(page->db, page->session->id, message_format(page->pool, notice, what, NULL));
    return change_commit(page, &answer) ? answer_redirect_exam(page, "offres") : answer;
}

static int again(page_t *page)
{
    connection_return(page);
    return answer_again(page);
}

static int take_away(page_t *page, const establishment_t *school, const char *key)
{
    const char *space = strchr(key, ' ');
    record_t row;
    int there = 0, cited = 0;

    if (space == NULL)
        return answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
    row = row_of(page, school, apr_pstrmemdup(page->pool, key, (apr_size_t)(space - key)), space + 1);
    if (record_get(page->db, page->pool, &record_offer, &row, &row, &there) != DB_OK ||
        record_cited(page->db, &record_offer, &row, &cited) != DB_OK)
        return answer_db_failed(page);
    if (!there || cited)
        return answer_refuse(page, message_text(there ? MSG_OFFER_CITED : MSG_OFFER_GONE));
    record_remove(page->db, &record_offer, &row);
    return done(page, school, "offer.remove", key, MSG_NOTICE_OFFER_GONE);
}

static int is_examined(page_t *page, const char *specialty)
{
    questionnaire_t q = {
        .exam = page->exam, .service = SERVICE_PUBLIC_REGISTRATION, .session_year = page->exam_session->year};
    int i;

    if (cache_questionnaire(page, &q, NULL, NULL) != DB_OK)
        return 0;
    for (i = 0; i < q.specialties->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(q.specialties, i, choice_t).value, specialty) == 0)
            return 1;
    return 0;
}

int manager_offers_post(page_t *page)
{
    establishment_t *school;
    offer_t offer;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "etablissements/%s", page->code);
    if (!change_begin_alone(page, &answer) || (school = manager_school_named(page, &answer)) == NULL)
        return answer;
    if (form_value(page, "retirer")[0] != '\0')
        return take_away(page, school, form_value(page, "retirer"));
    offer = read_offer(page, school);
    if (offer.specialty[0] != '\0' && !is_examined(page, offer.specialty))
        page_error(page, "specialite", message_text(MSG_OFFER_SPECIALTY_MISSING));
    if (page_has_errors(page))
        return again(page);
    add(page, school, &offer);
    return done(page, school, "offer.set",
                apr_pstrcat(page->pool, offer.specialty, " ", offer.category, NULL), MSG_NOTICE_OFFER);
}
