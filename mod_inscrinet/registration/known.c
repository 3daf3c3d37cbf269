/* SPDX-License-Identifier: Apache-2.0
 *
 * « Retrouver mes informations »: a pupil whom his school expects begins with what it knows of him. Whoever
 * knows a name and a birth date finds names, class and specialty; the rest only with the code of the slip, or
 * the INE: a class shares one password. Whatever is wrong, the answer is the same, and counts as a proof that
 * has failed. Individuals have no such page.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../routes.h"
#include "begin.h"
#include "candidate.h"
#include "domain/check.h"
#include "items.h"
#include "proof.h"
#include "store/pupil.h"

int registration_known_get(page_t *page)
{
    model_list_t *fields;
    const char *closed;
    window_t window;
    model_t *model;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (items_forget_former(page) != DB_OK || candidate_may_register(page, &closed, &window) != DB_OK)
        return answer_db_failed(page);
    if (closed != NULL)
        return answer_redirect_exam(page, "%s", "");
    model = answer_model(page, message_text(MSG_TITLE_KNOWN));
    model_flag(model, "known", 1);
    fields = field_list(model);
    field_text(page, fields, "nom_naissance", "Nom de naissance", NULL, "text", 1, "off");
    field_text(page, fields, "prenom_1", "Prénom 1", NULL, "text", 1, "off");
    field_text(page, fields, "date_naissance", "Date de naissance", message_text(MSG_HINT_DATE), "text", 1,
               "off");
    field_text(page, fields, "code", "Code de l'élève", message_text(MSG_HINT_PUPIL_CODE), "text", 0, "off");
    field_text(page, fields, "ine", "INE", message_text(MSG_HINT_PUPIL_INE), "text", 0, "off");
    return answer_render(page, "prove", model);
}

/* Names and birth as they would be kept. 0: none of that name can be. */
static int read_names(page_t *page, answers_t *typed)
{
    return check_birth_name(page->pool, form_value(page, "nom_naissance"), &typed->value[Q_BIRTH_NAME]) ==
               MSG_OK &&
           check_forename(page->pool, form_value(page, "prenom_1"), &typed->value[Q_FORENAME_1]) == MSG_OK &&
           check_date(page->pool, form_value(page, "date_naissance"), &typed->value[Q_BIRTH_DATE]) == MSG_OK;
}

/* Code and INE, where they were typed. 0: what was typed is none. */
static int read_proofs(page_t *page, pupil_asked_t *asked)
{
    const char *code = form_value(page, "code"), *ine = form_value(page, "ine");

    if (code[0] != '\0' && (asked->code = personal_code(page->pool, code)) == NULL)
        return 0;
    return ine[0] == '\0' || check_ine(page->pool, ine, &asked->ine) == MSG_OK;
}

static db_error_t find(page_t *page, answers_t **found)
{
    answers_t *typed = apr_pcalloc(page->pool, sizeof *typed);
    pupil_asked_t asked = {
        .establishment = candidate_establishment(page), .session = page->exam_session, .typed = typed};

    *found = NULL;
    if (!read_names(page, typed) || !read_proofs(page, &asked))
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    return pupil_answers(page->db, page->pool, &asked, found);
}

int registration_known_post(page_t *page)
{
    throttle_try_t attempt;
    const char *closed;
    answers_t *found;
    window_t window;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return answer_db_failed(page);
    if (closed != NULL)
        return answer_redirect_exam(page, "%s", "");
    proof_is_missing(page, "nom_naissance", MSG_BIRTH_NAME_MISSING);
    proof_is_missing(page, "prenom_1", MSG_FORENAME_MISSING);
    proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING);
    if (page_has_errors(page) || !proof_may_try(page, "eleve", &attempt))
        return registration_known_get(page);
    if (find(page, &found) != DB_OK)
        return answer_db_failed(page);
    if (found == NULL)
        return proof_failed(page, &attempt, "nom_naissance", MSG_PUPIL_UNKNOWN);
    return throttle_settle(page, &attempt, 1) == DB_OK ? begin_filled(page, found) : answer_db_failed(page);
}
