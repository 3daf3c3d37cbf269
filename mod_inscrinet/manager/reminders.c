/* SPDX-License-Identifier: Apache-2.0
 *
 * « Relances »: a group of the session's candidates is chosen, looked at, and written to; afterwards who was
 * reached and who wasn't.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "store/reminder.h"
#include "text/text.h"

enum { SHOWN = 200, RUNS = 10 };

/* As addresses call the groups, and pages. */
static const struct {
    const char *asked;
    message_t words;
} groups[REMIND_GROUPS] = {
    {"brouillons", MSG_REMIND_DRAFTS}, {"confirmations", MSG_REMIND_PAPERS}, {"pieces", MSG_REMIND_PIECES}};

/* Of the address: -1: none; 0 with *answer: there is no such group. */
static int read_group(page_t *page, int *group, int *answer)
{
    const char *asked = page_query(page, "groupe");
    int i;

    *group = -1;
    for (i = 0; asked != NULL && i < REMIND_GROUPS; i++)
        if (strcmp(asked, groups[i].asked) == 0)
            *group = i;
    if (asked == NULL || *group >= 0)
        return 1;
    *answer = answer_not_found(page);
    return 0;
}

/* ---------------------------------------------------------------- the group */

static void model_groups(model_t *model, int chosen)
{
    model_list_t *list = model_list(model, "groups");
    int i;

    for (i = 0; i < REMIND_GROUPS; i++) {
        model_t *row = model_list_object(list);

        model_text(row, "value", groups[i].asked);
        model_text(row, "label", message_text(groups[i].words));
        model_flag(row, "chosen", i == chosen);
    }
}

static void model_person(model_list_t *rows, const char *name, const char *telephone)
{
    model_t *row = model_list_object(rows);

    model_text(row, "name", name);
    model_text(row, "telephone", telephone);
}

/* Whom the preview is of, so that no other group is written to than the one that was looked at. */
static const char *seal_of(page_t *page, int group, const reminder_people_t *found)
{
    return apr_psprintf(page->pool, "%s.%d.%d", reminder_group_name((reminder_group_t)group),
                        found->people->nelts, found->addressed);
}

static int model_preview(page_t *page, model_t *model, int group)
{
    model_t *shown = model_create(page->pool, page->config->templates);
    model_list_t *rows;
    reminder_people_t found;
    int i, left = SHOWN;

    if (reminder_people(page->db, page->pool, &page->actor.scope, (reminder_group_t)group,
                        page->exam_session->id, &found) != DB_OK)
        return 0;
    model_text(shown, "group", message_text(groups[group].words));
    model_int(shown, "people", found.people->nelts);
    model_int(shown, "addressed", found.addressed);
    model_flag(shown, "any_addressed", found.addressed > 0);
    model_flag(shown, "several", found.addressed > 1);
    model_int(shown, "unaddressed", found.people->nelts - found.addressed);
    model_flag(shown, "any_unaddressed", found.people->nelts > found.addressed);
    model_flag(shown, "drafts", group == REMIND_DRAFTS);
    model_int(shown, "registered", found.registered);
    model_text(shown, "seal", seal_of(page, group, &found));
    rows = model_list(shown, "rows");
    for (i = 0; i < found.people->nelts && left > 0; i++) {
        const reminder_person_t *person = &APR_ARRAY_IDX(found.people, i, reminder_person_t);

        if (person->address == NULL && left-- > 0)
            model_person(rows, person->name, person->telephone);
    }
    model_flag(shown, "cut", found.people->nelts - found.addressed > SHOWN);
    model_object(model, "preview", shown);
    return 1;
}

/* ---------------------------------------------------------------- afterwards */

/* A run tells names: to who has made it, and to whom nothing is hidden. */
static int may_see(const page_t *page, const reminder_run_t *run)
{
    return (page->actor.rights & RIGHT_WHOLE) != 0 || strcmp(run->actor, page->actor.name) == 0;
}

static void model_run_head(page_t *page, model_t *row, const reminder_run_t *run)
{
    model_int(row, "id", run->id);
    model_text(row, "at", local_time_short(page->pool, page->frame.zone, run->at));
    model_text(row, "actor", run->actor);
    model_text(row, "group", run->group >= 0 ? message_text(groups[run->group].words) : "");
    model_int(row, "people", run->people);
}

static int model_runs(page_t *page, model_t *model)
{
    model_list_t *rows = model_list(model, "runs");
    apr_array_header_t *runs;
    int i, any = 0;

    if (reminder_runs(page->db, page->pool, page->exam_session->id, RUNS, &runs) != DB_OK)
        return 0;
    for (i = 0; i < runs->nelts; i++)
        if (may_see(page, &APR_ARRAY_IDX(runs, i, reminder_run_t))) {
            model_run_head(page, model_list_object(rows), &APR_ARRAY_IDX(runs, i, reminder_run_t));
            any = 1;
        }
    model_flag(model, "any_runs", any);
    return 1;
}

static int model_items(page_t *page, model_t *shown, apr_int64_t run)
{
    static const char *const names[REACH_ENDS] = {"reached", "waiting", "failed", "no_address"};
    int counts[REACH_ENDS] = {0}, i, left = SHOWN;
    model_list_t *rows = model_list(shown, "rows");
    apr_array_header_t *items;

    if (reminder_items(page->db, page->pool, run, &items) != DB_OK)
        return 0;
    for (i = 0; i < items->nelts; i++) {
        const reminder_item_t *item = &APR_ARRAY_IDX(items, i, reminder_item_t);
        model_t *row;

        counts[item->reach]++;
        if (item->reach < REACH_FAILED || left-- <= 0)
            continue;
        row = model_list_object(rows);
        model_text(row, "name", item->name);
        model_text(row, "telephone", item->telephone);
        model_flag(row, "unaddressed", item->reach == REACH_NO_ADDRESS);
        if (item->number != DB_NULL)
            model_int(row, "number", item->number);
    }
    for (i = 0; i < REACH_ENDS; i++)
        model_int(shown, names[i], counts[i]);
    model_flag(shown, "any_unreached", counts[REACH_FAILED] + counts[REACH_NO_ADDRESS] > 0);
    model_flag(shown, "cut", left < 0);
    return 1;
}

/* The run that the address names, of his own; *run NULL: there is none. */
static db_error_t read_run(page_t *page, apr_int64_t id, reminder_run_t **run)
{
    *run = NULL;
    if (id > 0 && reminder_run_get(page->db, page->pool, page->exam_session->id, id, run) != DB_OK)
        return db_error(page->db);
    if (*run != NULL && !may_see(page, *run))
        *run = NULL;
    return DB_OK;
}

/* 0 with *answer given: the address names a run that there isn't, or that isn't his. */
static int model_run(page_t *page, model_t *model, int *answer)
{
    model_t *shown = model_create(page->pool, page->config->templates);
    apr_int64_t id = page_number(page, "envoi");
    reminder_run_t *run;

    if (id == 0)
        return 1;
    if (read_run(page, id, &run) != DB_OK || (run != NULL && !model_items(page, shown, id))) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (run == NULL) {
        *answer = answer_not_found(page);
        return 0;
    }
    model_run_head(page, shown, run);
    model_object(model, "run", shown);
    return 1;
}

/* ---------------------------------------------------------------- the page */

int manager_reminders_get(page_t *page)
{
    model_t *model;
    int group, answer;

    if (!read_group(page, &group, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_REMINDERS));
    manager_model(page, model);
    manager_model_parent_list(page, model);
    model_groups(model, group);
    if (connection_borrow(page) == NULL || (group >= 0 && !model_preview(page, model, group)) ||
        !model_runs(page, model))
        return answer_db_failed(page);
    if (!model_run(page, model, &answer))
        return answer;
    session_forget_notice(page);
    return answer_render(page, "manager_reminders", model);
}

/* In the open transaction; NULL: done. */
static const char *write_to_group(page_t *page, int group, reminder_run_t *run)
{
    reminder_people_t found;

    if (reminder_people(page->db, page->pool, &page->actor.scope, (reminder_group_t)group,
                        page->exam_session->id, &found) != DB_OK)
        return NULL;
    if (strcmp(form_value(page, "vu"), seal_of(page, group, &found)) != 0)
        return message_text(MSG_REMIND_CHANGED);
    if (found.addressed == 0)
        return message_text(MSG_REMIND_NONE);
    *run = (reminder_run_t){.at = page->now, .actor = page->actor.name, .group = group};
    reminder_send(page->db, page->exam, page->exam_session->id, run, &found);
    page_audit(page, "reminder.send", DB_NULL,
               apr_psprintf(page->pool, "%s %s, %d", page->exam_path,
                            reminder_group_name((reminder_group_t)group), found.addressed),
               NULL);
    return NULL;
}

int manager_reminders_post(page_t *page)
{
    reminder_run_t run = {.id = 0};
    const char *refusal;
    int group, answer;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    if (!read_group(page, &group, &answer))
        return answer;
    if (group < 0 || !form_action(page, "envoyer"))
        return answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
    if (!change_begin(page, &answer))
        return answer;
    if ((refusal = write_to_group(page, group, &run)) != NULL)
        return answer_refuse(page, refusal);
    return change_commit(page, &answer)
               ? answer_redirect_exam(page, "relances?envoi=%" APR_INT64_T_FMT, run.id)
               : answer;
}
