/* SPDX-License-Identifier: Apache-2.0
 *
 * « Candidats » of one session of an exam, in all of the manager's departments: by pages in the order of
 * names, of one state, of one specialty, of a search; and as a file.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/csv.h"
#include "../lists/request.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "domain/check.h"
#include "domain/questionnaire.h"
#include "list.h"
#include "store/registration.h"

/* What the address may ask for: a state, or where a file stands: by what the office has said of it, or by its
 * confirmation alone. */
typedef struct filter_t {
    const char *asked, *state, *stated;
    listing_paper_t paper;
    message_t label;
} filter_t;
static const filter_t states[] = {{"valides", "V", NULL, PAPER_ANY, MSG_STATE_VALID},
                                  {"annulees", "A", NULL, PAPER_ANY, MSG_STATE_CANCELLED},
                                  {NULL, NULL, NULL, PAPER_ANY, MSG_OK}};
static const filter_t standings[] = {{"attendus", NULL, NULL, PAPER_MISSING, MSG_FILTER_AWAITED},
                                     {"recus", NULL, NULL, PAPER_RETURNED, MSG_FILTER_RECEIVED},
                                     {"incomplets", NULL, "I", PAPER_ANY, MSG_STANDING_INCOMPLETE},
                                     {"complets", NULL, "C", PAPER_ANY, MSG_STANDING_COMPLETE},
                                     {"ecartes", NULL, "E", PAPER_ANY, MSG_STANDING_ASIDE},
                                     {NULL, NULL, NULL, PAPER_ANY, MSG_OK}};

/* That of the address; NULL: none, or there is no such. */
static const filter_t *filter_asked(const page_t *page, const char *name, const filter_t *filter)
{
    const char *asked = page_query(page, name);

    if (asked == NULL)
        return NULL;
    while (filter->asked != NULL && strcmp(asked, filter->asked) != 0)
        filter++;
    return filter->asked != NULL ? filter : NULL;
}

int manager_list_read(page_t *page, list_request_t *request, int *answer)
{
    list_source_t source = manager_source(page);
    const filter_t *state = filter_asked(page, "etat", states),
                   *standing = filter_asked(page, "dossier", standings);

    if (!list_request_common(page, &source, request, answer) ||
        !list_request_specialty(page, &source, request, answer))
        return 0;
    request->roll.all = 0;
    if ((state == NULL && page_query(page, "etat") != NULL) ||
        (standing == NULL && page_query(page, "dossier") != NULL)) {
        *answer = answer_not_found(page);
        return 0;
    }
    if (state != NULL)
        request->roll.listing.state = state->state;
    if (standing != NULL) {
        request->roll.listing.stated = standing->stated;
        request->roll.listing.paper = standing->paper;
    }
    return 1;
}

const char *manager_list_query(const page_t *page, const list_request_t *request)
{
    const char *state = page_query(page, "etat"), *standing = page_query(page, "dossier");

    return apr_pstrcat(page->pool, "etat=", state != NULL ? state : "", standing != NULL ? "&dossier=" : "",
                       standing != NULL ? standing : "", request->specialty != NULL ? "&specialite=" : "",
                       request->specialty != NULL ? request->specialty : "",
                       search_query(page, &request->search), NULL);
}

/* ---------------------------------------------------------------- the page */

static void model_choice(model_list_t *list, const char *value, const char *label, int chosen)
{
    model_t *row = model_list_object(list);

    model_text(row, "value", value);
    model_text(row, "label", label);
    model_flag(row, "chosen", chosen);
}

/* The choices, and the label of the chosen one. */
static void model_filter(model_t *model, const char *name, const filter_t *all, const filter_t *chosen,
                         const char *label)
{
    model_list_t *list = model_list(model, name);

    for (; all->asked != NULL; all++)
        model_choice(list, all->asked, message_text(all->label), all == chosen);
    model_text(model, label, chosen != NULL ? message_text(chosen->label) : NULL);
}

int manager_list_model(page_t *page, model_t *model, const list_request_t *request)
{
    list_source_t source = manager_source(page);
    apr_array_header_t *choices;
    const filter_t *state = filter_asked(page, "etat", states),
                   *standing = filter_asked(page, "dossier", standings);
    model_list_t *list;
    int i;

    model_filter(model, "states", states, state, "state_label");
    model_filter(model, "standings", standings, standing, "standing_label");
    if (list_specialties(page, &source, &choices) != DB_OK)
        return 0;
    list = model_list(model, "specialties");
    for (i = 0; i < choices->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(choices, i, choice_t);

        model_choice(list, choice->value, choice->label,
                     request->specialty != NULL && strcmp(request->specialty, choice->value) == 0);
    }
    model_text(model, "specialty_label", request->specialty_label);
    model_flag(model, "filtered",
               state != NULL || standing != NULL || request->specialty != NULL ||
                   request->search.words != NULL);
    manager_model_search(page, model, &request->search);
    model_text(model, "query", manager_list_query(page, request));
    return 1;
}

static int list_page(page_t *page, const list_request_t *request)
{
    cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    model_t *model;
    roll_t *roll;
    int answer;

    if (!roll_open(page, &request->roll, &roll, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CANDIDATES));
    if (!manager_list_model(page, model, request))
        return answer_db_failed(page);
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_CANDIDATES), "candidats");
    model_flag(model, "may_enter",
               (page->actor.rights & RIGHT_CHANGE) != 0 &&
                   page->exam_session->state != EXAM_SESSION_ARCHIVED);
    cells_model_counts(roll, model, 0);
    if (request->nothing)
        model_null(model, "any");
    cells->roll = roll;
    cells->model = model;
    cells_model(cells);
    session_forget_notice(page);
    return stream_page(page, "manager_list", model, &roll->failed);
}

int manager_list_get(page_t *page)
{
    list_request_t request;
    int answer;

    return manager_list_read(page, &request, &answer) ? list_page(page, &request) : answer;
}

int manager_list_post(page_t *page)
{
    list_request_t request;
    int answer;

    if (!manager_list_read(page, &request, &answer) || !list_request_search(page, &request, &answer))
        return answer;
    return answer_redirect_exam(page, "?%s", manager_list_query(page, &request));
}

/* ---------------------------------------------------------------- the file */

int manager_list_csv(page_t *page)
{
    static const csv_column_t columns[] = {{"Numéro", CELLS_NUMBER},
                                           {"Nom - prénom", CELLS_NAME},
                                           {"Date de naissance", CELLS_BORN},
                                           {"Spécialité", CELLS_SPECIALTY},
                                           {"Forme de passage", CELLS_FORM},
                                           {"Établissement", CELLS_SCHOOL},
                                           {"Dossier papier reçu le", CELLS_RECEIVED},
                                           {"Dossier", CELLS_STANDING},
                                           {"État", CELLS_STATE}};
    list_request_t request;
    roll_t *roll;
    int answer;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (!manager_list_read(page, &request, &answer))
        return answer;
    request.roll.all = 1;
    request.roll.after = 0;
    if (!roll_open(page, &request.roll, &roll, &answer))
        return answer;
    return csv_send(roll, "candidats", columns, sizeof columns / sizeof *columns, request.nothing);
}
