/* SPDX-License-Identifier: Apache-2.0
 *
 * « Spécialités »: those of an exam, and one with its units; its label and the sessions that examine it are
 * changed here. What a load of the nomenclature says later stands above it, and says so in its preview.
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
#include "store/specialty.h"
#include "text/text.h"
#include "text/token.h"

enum { LABEL_MOST = 200, ORGANISED_MOST = 80, YEAR_LEAST = 1990, YEAR_MOST = 2099 };

/* « de 2024 à 2027 », « toutes sessions ». */
static const char *span(apr_pool_t *pool, int first, int last)
{
    const char *from = apr_itoa(pool, first), *until = apr_itoa(pool, last);

    if (first != 0 && last != 0)
        return message_format(pool, MSG_SESSIONS_BETWEEN, from, until, NULL);
    if (first != 0)
        return message_format(pool, MSG_SESSIONS_FROM, from, NULL);
    return last != 0 ? message_format(pool, MSG_SESSIONS_UNTIL, until, NULL) : message_text(MSG_SESSIONS_ALL);
}

/* ---------------------------------------------------------------- the list */

/* The exam that the address asks for, else the manager's first; EXAM_NONE: none of his. */
static exam_t asked_exam(const page_t *page)
{
    const char *asked = page_query(page, "examen");
    exam_t exam = asked != NULL ? exam_of_path(asked, strlen(asked)) : EXAM_NONE;
    int i;

    if (asked != NULL)
        return actor_has_exam(&page->actor, exam) ? exam : EXAM_NONE;
    for (i = 0; i < EXAM_COUNT; i++)
        if (actor_has_exam(&page->actor, (exam_t)i))
            return (exam_t)i;
    return EXAM_NONE;
}

static void model_exams(page_t *page, model_t *model, exam_t chosen)
{
    model_list_t *rows = model_list(model, "exams");
    int i;

    for (i = 0; i < EXAM_COUNT; i++) {
        model_t *row;

        if (!actor_has_exam(&page->actor, (exam_t)i))
            continue;
        row = model_list_object(rows);
        model_text(row, "path", exam_info((exam_t)i)->path);
        model_text(row, "code", exam_info((exam_t)i)->code);
        model_text(row, "name", exam_info((exam_t)i)->title);
        model_flag(row, "chosen", (exam_t)i == chosen);
    }
}

int manager_specialties(page_t *page)
{
    exam_t exam = asked_exam(page);
    apr_array_header_t *specialties;
    model_list_t *rows;
    model_t *model;
    int i;

    if (exam == EXAM_NONE)
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_SPECIALTIES));
    if (connection_borrow(page) == NULL ||
        specialty_roll(page->db, page->pool, exam_info(exam)->code, &specialties) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    model_exams(page, model, exam);
    model_text(model, "exam_title", exam_info(exam)->title);
    model_int(model, "count", specialties->nelts);
    rows = model_list(model, "rows");
    for (i = 0; i < specialties->nelts; i++) {
        const specialty_t *one = &APR_ARRAY_IDX(specialties, i, specialty_t);
        model_t *row = model_list_object(rows);

        model_text(row, "code", one->code);
        model_text(row, "code5", one->code5);
        model_text(row, "label", one->label);
        model_text(row, "sessions", span(page->pool, one->first_session, one->last_session));
        model_int(row, "units", one->units);
        model_int(row, "schools", one->schools);
    }
    return answer_render(page, "manager_specialties", model);
}

/* ---------------------------------------------------------------- one */

/* What was seen of it, so that nobody replaces what he hasn't seen. */
static const char *seal_of(page_t *page, const specialty_t *one)
{
    unsigned char digest[DIGEST_BYTES];

    digest_text(apr_psprintf(page->pool, "%s\n%s\n%d\n%d\n%s\n%s", one->code, one->label, one->first_session,
                             one->last_session, one->elsewhere != NULL ? one->elsewhere : "",
                             one->forms != NULL ? one->forms : ""),
                digest);
    return apr_pescape_hex(page->pool, digest, sizeof digest, 0);
}

/* The specialty that the address names, of one of the manager's exams; NULL with *answer given. */
static specialty_t *find(page_t *page, int *answer)
{
    specialty_t *found = NULL;
    exam_t exam;

    if (connection_borrow(page) == NULL ||
        specialty_by_code(page->db, page->pool, page->code, &found) != DB_OK) {
        *answer = answer_db_failed(page);
        return NULL;
    }
    exam = found != NULL ? exam_of_code(found->exam) : EXAM_NONE;
    if (actor_has_exam(&page->actor, exam))
        return found;
    *answer = answer_not_found(page);
    return NULL;
}

static const char *year_text(page_t *page, int year)
{
    return year != 0 ? apr_itoa(page->pool, year) : "";
}

static void model_forms(page_t *page, model_list_t *fields, const char *forms)
{
    static const struct {
        const char *value;
        message_t label;
    } all[] = {{"GP", MSG_FORMS_BOTH}, {"G", MSG_FORMS_GLOBAL}, {"P", MSG_FORMS_PROGRESSIVE}};
    model_list_t *choices =
        field_select(page, fields, "formes", "Formes de passage", message_text(MSG_HINT_FORMS));
    size_t i;

    for (i = 0; i < sizeof all / sizeof *all; i++)
        field_choice(page, choices, "formes", all[i].value, message_text(all[i].label),
                     strcmp(all[i].value, forms != NULL ? forms : "GP") == 0);
}

static void model_fields(page_t *page, model_t *model, const specialty_t *one)
{
    model_list_t *fields = field_list(model);

    field_line(page, fields, "libelle", "Intitulé", NULL, 1, one->label);
    field_line(page, fields, "premiere_session", "Première session", message_text(MSG_HINT_FIRST_SESSION), 0,
               year_text(page, one->first_session));
    field_line(page, fields, "derniere_session", "Dernière session", message_text(MSG_HINT_LAST_SESSION), 0,
               year_text(page, one->last_session));
    model_forms(page, fields, one->forms);
    field_line(page, fields, "organisee_par", "Organisée dans une autre académie",
               message_text(MSG_HINT_ORGANISED), 0, one->elsewhere != NULL ? one->elsewhere : "");
}

static db_error_t model_units(page_t *page, model_t *model, const specialty_t *one)
{
    model_list_t *rows = model_list(model, "units");
    apr_array_header_t *units;
    int i;

    if (specialty_units(page->db, page->pool, one->code, &units) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < units->nelts; i++) {
        const specialty_unit_t *unit = &APR_ARRAY_IDX(units, i, specialty_unit_t);
        model_t *row = model_list_object(rows);

        model_text(row, "unit", unit->code);
        model_text(row, "label", unit->label);
        model_text(row, "coefficient", unit->coefficient);
        model_text(row, "mode_ccf", unit->mode_ccf);
        model_text(row, "mode_other", unit->mode_other);
        model_text(row, "sessions", span(page->pool, unit->first_session, unit->last_session));
    }
    model_flag(model, "any_units", units->nelts > 0);
    return DB_OK;
}

int manager_specialty_get(page_t *page)
{
    specialty_t *one;
    model_t *model;
    int answer;

    if ((one = find(page, &answer)) == NULL)
        return answer;
    model = answer_model(page, one->label);
    manager_model(page, model);
    manager_model_parent(
        model, message_text(MSG_TITLE_SPECIALTIES),
        apr_pstrcat(page->pool, "specialites?examen=", exam_info(exam_of_code(one->exam))->path, NULL));
    model_text(model, "exam_title", exam_info(exam_of_code(one->exam))->title);
    model_text(model, "code5", one->code5);
    model_text(model, "code", one->code);
    model_flag(model, "verified", strcmp(one->status, "verified") == 0);
    model_text(model, "seen", seal_of(page, one));
    model_fields(page, model, one);
    if (model_units(page, model, one) != DB_OK)
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "manager_specialty", model);
}

/* ---------------------------------------------------------------- change */

static int read_year(page_t *page, const char *name)
{
    const char *typed = text_trim(page->pool, form_value(page, name));
    int year = typed[0] != '\0' ? number_within(typed, YEAR_LEAST, YEAR_MOST) : 0;

    if (year < 0)
        page_error(page, name, message_text(MSG_SPECIALTY_YEAR_WRONG));
    return year;
}

static void read_terms(page_t *page, specialty_t *wanted)
{
    const char *forms = form_value(page, "formes");

    wanted->elsewhere = form_line(page, "organisee_par", ORGANISED_MOST, MSG_OK, MSG_ORGANISED_LONG);
    wanted->forms = strcmp(forms, "G") == 0 || strcmp(forms, "P") == 0 ? forms : NULL;
}

static specialty_t read_wanted(page_t *page, const specialty_t *was)
{
    const char *label = text_trim(page->pool, form_value(page, "libelle"));
    specialty_t wanted = *was;

    if (label[0] == '\0' || check_line(page->pool, label, LABEL_MOST, &wanted.label) != MSG_OK)
        page_error(page, "libelle", message_text(MSG_SPECIALTY_LABEL_WRONG));
    wanted.first_session = read_year(page, "premiere_session");
    wanted.last_session = read_year(page, "derniere_session");
    if (wanted.first_session > 0 && wanted.last_session > 0 && wanted.first_session > wanted.last_session)
        page_error(page, "derniere_session", message_text(MSG_SPECIALTY_YEARS_REVERSED));
    read_terms(page, &wanted);
    return wanted;
}

static message_t forms_text(const char *forms)
{
    return forms == NULL ? MSG_FORMS_BOTH : forms[0] == 'G' ? MSG_FORMS_GLOBAL : MSG_FORMS_PROGRESSIVE;
}

static void tell_meanwhile(page_t *page, const specialty_t *now)
{
    page_error(page, NULL,
               message_format(page->pool, MSG_SPECIALTY_MEANWHILE, now->label,
                              span(page->pool, now->first_session, now->last_session),
                              message_text(forms_text(now->forms)),
                              now->elsewhere != NULL ? now->elsewhere : message_text(MSG_ORGANISED_HERE),
                              NULL));
}

/* « ; formes GP -> P; organisée par - -> académie de Lyon », where they change. */
static const char *terms_changed(page_t *page, const specialty_t *was, const specialty_t *wanted)
{
    const char *forms = was->forms != NULL ? was->forms : "GP",
               *by = was->elsewhere != NULL ? was->elsewhere : "-";
    const char *new_forms = wanted->forms != NULL ? wanted->forms : "GP",
               *new_by = wanted->elsewhere != NULL ? wanted->elsewhere : "-";

    return apr_pstrcat(
        page->pool, strcmp(forms, new_forms) != 0 ? "; forms " : "",
        strcmp(forms, new_forms) != 0 ? apr_pstrcat(page->pool, forms, " -> ", new_forms, NULL) : "",
        strcmp(by, new_by) != 0 ? "; by " : "",
        strcmp(by, new_by) != 0 ? apr_pstrcat(page->pool, by, " -> ", new_by, NULL) : "", NULL);
}

/* In the open transaction. */
static int keep(page_t *page, const specialty_t *was, const specialty_t *wanted)
{
    const char *before = span(page->pool, was->first_session, was->last_session),
               *after = span(page->pool, wanted->first_session, wanted->last_session);
    int answer;

    specialty_describe(page->db, page->pool, wanted);
    page_audit(page, "specialty.set", DB_NULL,
               apr_psprintf(page->pool, "%s %d-%d -> %d-%d%s", was->code, was->first_session,
                            was->last_session, wanted->first_session, wanted->last_session,
                            terms_changed(page, was, wanted)),
               NULL);
    session_notice(
        page->db, page->session->id,
        message_format(page->pool, MSG_NOTICE_SPECIALTY_SET, wanted->label, after, was->label, before, NULL));
    return change_commit(page, &answer) ? answer_redirect(page, "specialites/%s", was->code) : answer;
}

int manager_specialty_post(page_t *page)
{
    specialty_t *was, wanted;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "specialites");
    if (!change_begin_alone(page, &answer))
        return answer;
    if ((was = find(page, &answer)) == NULL)
        return answer;
    wanted = read_wanted(page, was);
    if (!page_has_errors(page) && strcmp(form_value(page, "vu"), seal_of(page, was)) != 0)
        tell_meanwhile(page, was);
    if (!page_has_errors(page))
        return keep(page, was, &wanted);
    connection_return(page);
    return answer_again(page);
}
