/* SPDX-License-Identifier: Apache-2.0
 *
 * The menu of the service Gestionnaire: what there is, and what this manager may do with it.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"

int manager_menu(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_MANAGER));

    manager_model(page, model);
    session_forget_notice(page);
    return answer_render(page, "manager_menu", model);
}
