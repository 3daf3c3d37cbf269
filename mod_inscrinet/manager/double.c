/* SPDX-License-Identifier: Apache-2.0
 *
 * Two registrations that look alike, side by side, and what is decided of them: two candidates, or one of
 * them is too many and is cancelled; and back.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../file/application.h"
#include "../file/homonym.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "store/homonym.h"
#include "text/text.h"
#include "decision.h"

typedef struct two_t {
    application_t file[2];
    double_pair_t *pair;
} two_t;

/* Both are of the manager's and look alike; 0 with *answer given. */
static int find_two(page_t *page, two_t *two, int *answer)
{
    apr_int64_t first = page->number, other = page_number(page, "autre");
    int known;

    if (!application_open(page, &two->file[0], answer))
        return 0;
    page->number = other > 0 ? other : 0;
    known = application_open(page, &two->file[1], answer);
    page->number = first;
    if (!known)
        return 0;
    if (double_of_two(page->db, page->pool, &page->actor.scope, page->exam, first, other, &two->pair) !=
        DB_OK)
        *answer = answer_db_failed(page);
    else if (two->pair == NULL)
        *answer = answer_not_found(page);
    else
        return 1;
    return 0;
}

/* What was seen of them, so that nobody decides on what he hasn't seen. NULL: no base. */
static const char *seal(page_t *page, const two_t *two)
{
    const registration_t *one = two->file[0].registration, *other = two->file[1].registration;

    return session_signature(page, apr_psprintf(page->pool,
                                                "double %s %" APR_INT64_T_FMT "-%" APR_INT64_T_FMT
                                                "%d %" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "%d %d",
                                                exam_info(page->exam)->code, one->number, one->revision,
                                                one->cancelled, other->number, other->revision,
                                                other->cancelled, two->pair->decided != DB_NULL));
}

/* ---------------------------------------------------------------- the page */

static void model_line(model_list_t *lines, const char *label, const char *one, const char *other)
{
    model_t *line = model_list_object(lines);

    model_text(line, "label", label);
    model_text(line, "one", one);
    model_text(line, "other", other);
    model_flag(line, "differs", strcmp(one != NULL ? one : "", other != NULL ? other : "") != 0);
}

static const char *school_of(const application_t *file)
{
    return file->school != NULL ? file->school->name : message_text(MSG_NO_SCHOOL);
}

/* All that either has answered; units apart, which are those of a specialty. */
static void model_answers(page_t *page, model_list_t *lines, const two_t *two)
{
    int i;

    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);
        const answers_t *one = two->file[0].registration->answers,
                        *other = two->file[1].registration->answers;

        if (answer_of(one, asked) == NULL && answer_of(other, asked) == NULL)
            continue;
        model_line(lines, asked->label, question_display(page->pool, asked, two->file[0].q, one),
                   question_display(page->pool, asked, two->file[1].q, other));
    }
}

static void model_lines(page_t *page, model_t *model, const two_t *two)
{
    const registration_t *one = two->file[0].registration, *other = two->file[1].registration;
    model_list_t *lines = model_list(model, "lines");
    const char *zone = page->frame.zone;

    model_line(lines, message_text(MSG_LABEL_STATE),
               message_text(one->cancelled ? MSG_STATE_CANCELLED_ONE : MSG_STATE_VALID_ONE),
               message_text(other->cancelled ? MSG_STATE_CANCELLED_ONE : MSG_STATE_VALID_ONE));
    model_line(lines, message_text(MSG_LABEL_VALIDATED), local_time_short(page->pool, zone, one->created),
               local_time_short(page->pool, zone, other->created));
    model_line(lines, message_text(MSG_LABEL_RETURNED),
               message_text(one->returned_revision != DB_NULL ? MSG_YES : MSG_NOT),
               message_text(other->returned_revision != DB_NULL ? MSG_YES : MSG_NOT));
    model_line(lines, message_text(MSG_LABEL_SCHOOL), school_of(&two->file[0]), school_of(&two->file[1]));
    model_answers(page, lines, two);
}

static void model_side(page_t *page, model_t *model, const char *name, const registration_t *of)
{
    model_t *side = model_create(page->pool, page->config->templates);

    model_object(model, name, side);
    model_text(side, "number", registration_display(page->pool, of->number, of->revision));
    model_text(side, "name", of->listed_name);
    model_text(side, "link", page_exam_link(page, application_link(page, of->number)));
    model_flag(side, "cancelled", of->cancelled);
}

static void model_decision(page_t *page, model_t *model, const double_pair_t *pair)
{
    if (pair->decided == DB_NULL)
        return;
    model_text(model, "decided", local_time_short(page->pool, page->frame.zone, pair->decided));
    model_text(model, "decided_by", pair->decided_by);
    if (pair->cancelled != DB_NULL)
        model_int(model, "too_many", pair->cancelled);
}

int manager_double_get(page_t *page)
{
    model_t *model;
    const char *seen;
    two_t two;
    int answer;

    if (!find_two(page, &two, &answer))
        return answer;
    if ((seen = seal(page, &two)) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_DOUBLE));
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_DOUBLES), "candidats/doublons");
    model_text(model, "seen", seen);
    model_text(model, "reason", message_text(homonym_reason(two.pair->reason)));
    model_side(page, model, "one", two.file[0].registration);
    model_side(page, model, "other", two.file[1].registration);
    model_decision(page, model, two.pair);
    model_lines(page, model, &two);
    field_text(page, field_list(model), "motif", "Motif", message_text(MSG_HINT_STATE_REASON), "text", 1,
               NULL);
    session_forget_notice(page);
    return answer_render(page, "manager_double", model);
}

/* ---------------------------------------------------------------- the decision */

/* Two candidates: neither stands in the other's way any more. */
static message_t decide_two(page_t *page, const two_t *two)
{
    homonym_set(page, two->file[0].registration, 1);
    homonym_set(page, two->file[1].registration, 1);
    double_decide(page->db, &page->actor.scope, two->pair, page->now, page->actor.name, DB_NULL);
    return MSG_NOTICE_DOUBLE_TWO;
}

static message_t decide_one(page_t *page, const two_t *two, const registration_t *too_many,
                            const char *reason)
{
    decision_set_state(page, too_many, STATE_CANCELLED, reason);
    double_decide(page->db, &page->actor.scope, two->pair, page->now, page->actor.name, too_many->number);
    return MSG_NOTICE_DOUBLE_ONE;
}

/* As it was: what the decision has cancelled is valid again, homonyms are as they were before. */
static message_t take_back(page_t *page, const two_t *two)
{
    int i;

    for (i = 0; i < 2; i++) {
        const registration_t *of = two->file[i].registration;

        if (two->pair->cancelled == DB_NULL)
            homonym_set(page, of, 0);
        else if (of->number == two->pair->cancelled)
            decision_set_state(page, of, STATE_VALID, message_text(MSG_DOUBLE_TAKEN_BACK));
    }
    double_decide(page->db, &page->actor.scope, two->pair, DB_NULL, NULL, DB_NULL);
    return MSG_NOTICE_DOUBLE_TAKEN_BACK;
}

static const registration_t *too_many_of(const page_t *page, const two_t *two)
{
    return form_action(page, "annuler_premier") ? two->file[0].registration
           : form_action(page, "annuler_autre") ? two->file[1].registration
                                                : NULL;
}

/* In the open transaction. */
static int decide(page_t *page, const two_t *two, const char *reason)
{
    const registration_t *too_many = too_many_of(page, two);
    message_t notice = form_action(page, "defaire") ? take_back(page, two)
                       : too_many != NULL           ? decide_one(page, two, too_many, reason)
                                                    : decide_two(page, two);
    int answer;

    session_notice(page->db, page->session->id,
                   message_format(page->pool, notice,
                                  too_many != NULL
                                      ? registration_display(page->pool, too_many->number, too_many->revision)
                                      : "",
                                  NULL));
    return change_commit(page, &answer)
               ? answer_redirect_exam(page, "%" APR_INT64_T_FMT "/doublon?autre=%" APR_INT64_T_FMT,
                                      two->file[0].registration->number, two->file[1].registration->number)
               : answer;
}

int manager_double_post(page_t *page)
{
    const char *reason = NULL, *seen;
    two_t two;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "candidats/doublons");
    if (form_value(page, "action")[0] == '\0')
        return answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
    if (form_action(page, "annuler_premier") || form_action(page, "annuler_autre"))
        reason = decision_reason(page);
    if (page_has_errors(page))
        return answer_again(page);
    if (!change_begin(page, &answer) || !find_two(page, &two, &answer))
        return answer;
    if ((seen = seal(page, &two)) == NULL)
        return answer_db_failed(page);
    if (!token_equal(form_value(page, "vu"), seen))
        return answer_refuse(page, message_text(MSG_DOUBLE_MEANWHILE));
    return decide(page, &two, reason);
}
