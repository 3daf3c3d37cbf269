/* SPDX-License-Identifier: Apache-2.0 */
#include "homonym.h"

#include "../change.h"
#include "application.h"
#include "domain/check.h"
#include "store/homonym.h"

message_t homonym_reason(const char *reason)
{
    if (strcmp(reason, "ine") == 0)
        return MSG_ALIKE_INE;
    return strcmp(reason, "swapped") == 0 ? MSG_ALIKE_SWAPPED : MSG_ALIKE_IDENTITY;
}

db_error_t homonym_model(page_t *page, model_t *model, const registration_t *of)
{
    apr_array_header_t *found;
    model_list_t *list;
    int i;

    model_flag(model, "homonym_allowed", of->homonym_allowed);
    if (homonym_look_alikes(page->db, page->pool, &page->actor.scope, page->exam, of->number, &found) !=
        DB_OK)
        return db_error(page->db);
    list = model_list(model, "look_alikes");
    for (i = 0; i < found->nelts; i++) {
        const look_alike_t *one = &APR_ARRAY_IDX(found, i, look_alike_t);
        model_t *row = model_list_object(list);

        model_text(row, "reason", message_text(homonym_reason(one->reason)));
        model_flag(row, "here", one->name != NULL);
        if (one->name == NULL)
            continue; /* out of scope: that there is one, and no more */
        model_text(row, "link", application_link(page, one->number));
        model_text(row, "number", registration_display(page->pool, one->number, one->revision));
        model_text(row, "name", one->name);
    }
    return DB_OK;
}

void homonym_set(page_t *page, const registration_t *of, int allowed)
{
    int known = 0;

    if (of->homonym_allowed != allowed &&
        homonym_allow(page->db, &page->actor.scope, of->exam, of->number, allowed, &known) == DB_OK && known)
        page_audit(page, allowed ? "homonym.allow" : "homonym.refuse", of->number, NULL, NULL);
}

int homonym_decide(page_t *page, const registration_t *of, int allowed, int *answer)
{
    if (!change_begin(page, answer))
        return 0;
    homonym_set(page, of, allowed);
    session_notice(page->db, page->session->id,
                   message_text(allowed ? MSG_NOTICE_HOMONYM_ALLOWED : MSG_NOTICE_HOMONYM_REFUSED));
    return change_commit(page, answer);
}
