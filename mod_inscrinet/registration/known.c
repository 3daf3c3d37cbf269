/* SPDX-License-Identifier: Apache-2.0
 *
 * « Retrouver mes informations »: whoever his school expects, or was a candidate of a past session, begins
 * with what is known of him. In his school, whoever knows a name and a birth date finds names, class and
 * specialty; the rest only with the code of the slip, or the INE: a class shares one password. What is known
 * of a past session takes a proof in any case: INE and birth, or the number of then, birth and personal code;
 * nobody is found by his name. Whatever is wrong, the answer is the same, and counts as a proof that has
 * failed.
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
#include "domain/kept.h"
#include "items.h"
#include "known.h"
#include "proof.h"
#include "store/past.h"
#include "store/pupil.h"

db_error_t known_any(page_t *page, int *pupils, int *past)
{
    *pupils = *past = 0;
    if (!candidate_is_public(page) &&
        pupil_any(page->db, candidate_establishment(page), page->exam_session->year, pupils) != DB_OK)
        return db_error(page->db);
    return past_any(page->db, page->pool, page->exam_session, past);
}

const char *known_path(const page_t *page)
{
    return candidate_is_public(page) ? "retrouver" : "eleve";
}

/* ---------------------------------------------------------------- the page */

static void ask(page_t *page, model_list_t *fields, const char *name, const char *label, message_t hint,
                int required)
{
    field_text(page, fields, name, label, hint != MSG_OK ? message_text(hint) : NULL, "text", required,
               "off");
}

/* What proves him, each of it optional. */
static void ask_proofs(page_t *page, model_list_t *fields, int slips, int past)
{
    int alone = candidate_is_public(page);

    if (slips)
        ask(page, fields, "code", "Code de l'élève", MSG_HINT_PUPIL_CODE, 0);
    ask(page, fields, "ine", "INE", slips ? MSG_HINT_PUPIL_INE : MSG_HINT_PAST_INE, 0);
    if (!alone && !past)
        return;
    ask(page, fields, "numero", "N° de candidat de la session précédente", MSG_HINT_PAST_NUMBER, 0);
    ask(page, fields, "code_personnel", "Code personnel", MSG_HINT_PAST_CODE, 0);
}

int registration_known_get(page_t *page)
{
    int answer, pupils, past;
    model_list_t *fields;
    const char *closed;
    window_t window;
    model_t *model;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (items_forget_former(page) != DB_OK || candidate_may_register(page, &closed, &window) != DB_OK ||
        known_any(page, &pupils, &past) != DB_OK)
        return answer_db_failed(page);
    if (closed != NULL)
        return answer_redirect_exam(page, "%s", "");
    model = answer_model(page, message_text(MSG_TITLE_KNOWN));
    pupils = !candidate_is_public(page) && (pupils || !past);
    model_flag(model, "known_pupil", pupils);
    model_flag(model, "known_past", past || candidate_is_public(page));
    fields = field_list(model);
    if (!candidate_is_public(page)) {
        ask(page, fields, "nom_naissance", "Nom de naissance", MSG_OK, 1);
        ask(page, fields, "prenom_1", "Prénom 1", MSG_OK, 1);
    }
    ask(page, fields, "date_naissance", "Date de naissance", MSG_HINT_DATE, 1);
    ask_proofs(page, fields, pupils, past);
    return answer_render(page, "prove", model);
}

/* ---------------------------------------------------------------- what was typed */

/* As it is kept, or NULL. */
typedef struct asked_t {
    answers_t *typed; /* names and birth */
    const char *code, *ine, *number, *personal;
} asked_t;

static int is_typed(const page_t *page, const char *name)
{
    return form_value(page, name)[0] != '\0';
}

/* Names and birth as they would be kept. 0: none of that name can be. */
static int read_names(page_t *page, answers_t *typed)
{
    if (check_date(page->pool, form_value(page, "date_naissance"), &typed->value[Q_BIRTH_DATE]) != MSG_OK)
        return 0;
    return candidate_is_public(page) ||
           (check_birth_name(page->pool, form_value(page, "nom_naissance"), &typed->value[Q_BIRTH_NAME]) ==
                MSG_OK &&
            check_forename(page->pool, form_value(page, "prenom_1"), &typed->value[Q_FORENAME_1]) == MSG_OK);
}

/* What proves him, where it was typed. 0: what was typed is none. */
static int read_proofs(page_t *page, asked_t *asked)
{
    apr_pool_t *pool = page->pool;

    if (is_typed(page, "code") && (asked->code = personal_code(pool, form_value(page, "code"))) == NULL)
        return 0;
    if (is_typed(page, "code_personnel") &&
        (asked->personal = personal_code(pool, form_value(page, "code_personnel"))) == NULL)
        return 0;
    if (is_typed(page, "numero") &&
        check_candidate_number(pool, form_value(page, "numero"), &asked->number) != MSG_OK)
        return 0;
    return !is_typed(page, "ine") || check_ine(pool, form_value(page, "ine"), &asked->ine) == MSG_OK;
}

/* What was left empty is said next to its control, and is no try. */
static void check_empty(page_t *page)
{
    if (!candidate_is_public(page)) {
        proof_is_missing(page, "nom_naissance", MSG_BIRTH_NAME_MISSING);
        proof_is_missing(page, "prenom_1", MSG_FORENAME_MISSING);
    }
    proof_is_missing(page, "date_naissance", MSG_PROOF_DATE_MISSING);
    if (is_typed(page, "ine"))
        return;
    if (is_typed(page, "numero"))
        proof_is_missing(page, "code_personnel", MSG_PERSONAL_CODE_MISSING);
    else if (is_typed(page, "code_personnel"))
        proof_is_missing(page, "numero", MSG_NUMBER_MISSING);
    else if (candidate_is_public(page))
        proof_is_missing(page, "ine", MSG_PAST_PROOF_MISSING);
}

/* ---------------------------------------------------------------- what is found */

/* Whatever was typed must be right: a code is his of the slip, a number his of then. Once his slip's code has
 * proved him, so does the INE that his school has of him. */
static db_error_t find(page_t *page, answers_t **pupil, past_t **past)
{
    asked_t asked = {.typed = apr_pcalloc(page->pool, sizeof *asked.typed)};
    past_asked_t then;

    *pupil = NULL;
    *past = NULL;
    if (!read_names(page, asked.typed) || !read_proofs(page, &asked))
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (!candidate_is_public(page) &&
        pupil_answers(page->db, page->pool,
                      &(pupil_asked_t){candidate_establishment(page), page->exam_session, asked.typed,
                                       asked.code, asked.ine},
                      pupil) != DB_OK)
        return db_error(page->db);
    if (asked.code != NULL && *pupil == NULL)
        return DB_OK;
    then = (past_asked_t){page->exam_session, asked.typed->value[Q_BIRTH_DATE], asked.ine, asked.number,
                          asked.personal};
    if (then.ine == NULL && *pupil != NULL)
        then.ine = (*pupil)->value[Q_INE];
    if (past_find(page->db, page->pool, &then, past) != DB_OK)
        return db_error(page->db);
    if ((asked.number != NULL || asked.personal != NULL) && *past == NULL)
        *pupil = NULL;
    return DB_OK;
}

/* What is known of then where nothing is of now: an address as a whole. */
static void fill(const answers_t *then, answers_t *answers)
{
    static const int of_address[] = {Q_ADDRESS_EXTRA, Q_ADDRESS_STREET, Q_ADDRESS_PLACE,
                                     Q_POSTAL_CODE,   Q_TOWN,           Q_COUNTRY};
    int has_address = answers->value[Q_ADDRESS_STREET] != NULL || answers->value[Q_TOWN] != NULL, i;
    answers_t now = *answers;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (answers->value[i] == NULL)
            answers->value[i] = then->value[i];
    for (i = 0; has_address && i < (int)(sizeof of_address / sizeof *of_address); i++)
        answers->value[of_address[i]] = now.value[of_address[i]];
}

/* He has been a candidate, and of which session: a question refuses this year's own. */
static void say_he_sat(page_t *page, const past_t *past, answers_t *answers)
{
    answers->value[Q_SAT_BEFORE] = "O";
    answers->value[Q_SAT_NUMBER] = past->number;
    if (past->year < page->exam_session->year)
        answers->value[Q_SAT_SESSION] = apr_itoa(page->pool, past->year);
}

static int is_offered(const questionnaire_t *q, const answers_t *answers)
{
    int i;

    for (i = 0; q->specialties != NULL && i < q->specialties->nelts; i++)
        if (answer_same(APR_ARRAY_IDX(q->specialties, i, choice_t).value, answers->value[Q_SPECIALTY]))
            return 1;
    return 0;
}

/* His marks are of the units of his specialty of then, and of no other. */
static db_error_t add_past(page_t *page, const past_t *past, answers_t *answers)
{
    const char *specialty = past->answers->value[Q_SPECIALTY];
    establishment_t *school;
    questionnaire_t *q;

    fill(past->answers, answers);
    say_he_sat(page, past, answers);
    if (candidate_questionnaire(page, answers, &q, &school) != DB_OK || q == NULL)
        return db_error(page->db);
    if (!is_offered(q, answers))
        answers->value[Q_SPECIALTY] = NULL;
    else if (answer_same(answers->value[Q_SPECIALTY], specialty) &&
             kept_propose(page->pool, q, past->marks, answers) > 0)
        answers->value[Q_KEEP] = "O";
    return DB_OK;
}

static int begin(page_t *page, answers_t *pupil, const past_t *past)
{
    answers_t *answers = pupil != NULL ? pupil : apr_pcalloc(page->pool, sizeof *answers);

    if (past != NULL && add_past(page, past, answers) != DB_OK)
        return answer_db_failed(page);
    return begin_filled(page, answers);
}

int registration_known_post(page_t *page)
{
    throttle_try_t attempt;
    const char *closed;
    answers_t *pupil;
    window_t window;
    past_t *past;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return answer_db_failed(page);
    if (closed != NULL)
        return answer_redirect_exam(page, "%s", "");
    check_empty(page);
    if (page_has_errors(page) || !proof_may_try(page, known_path(page), &attempt))
        return registration_known_get(page);
    if (find(page, &pupil, &past) != DB_OK)
        return answer_db_failed(page);
    if (pupil == NULL && past == NULL)
        return candidate_is_public(page) ? proof_failed(page, &attempt, "date_naissance", MSG_PAST_UNKNOWN)
                                         : proof_failed(page, &attempt, "nom_naissance", MSG_PUPIL_UNKNOWN);
    return throttle_settle(page, &attempt, 1) == DB_OK ? begin(page, pupil, past) : answer_db_failed(page);
}
