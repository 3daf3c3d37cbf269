/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of the service Gestionnaire share.
 */
#ifndef MOD_INSCRINET_MANAGER_H
#define MOD_INSCRINET_MANAGER_H

#include "answer.h"
#include "lists/request.h"
#include "page.h"

/** Tell the model who is here, when he was here last, and what he may do: the flags may_change, academy
 * and whole (to change, to see what belongs to all) and identities. */
void manager_model(page_t *page, model_t *model);

/** Whether a department is among his: NULL is in no manager's but theirs whom none limits. */
int manager_sees_department(const page_t *page, const char *department);

/** The sessions of his exams (exam_session_t). */
db_error_t manager_exam_sessions(page_t *page, apr_array_header_t **his);

/** The page that a page stands below, for its breadcrumb and « Retour »: path is that below the service. */
void manager_model_parent(model_t *model, const char *title, const char *path);

/** The same of what stands below the candidates of the address's session. */
void manager_model_parent_list(page_t *page, model_t *model);

/** Whose lists a manager's are. */
list_source_t manager_source(const page_t *page);
/** What the template `search` shows, over many schools. */
void manager_model_search(const page_t *page, model_t *model, const search_t *search);

#endif
