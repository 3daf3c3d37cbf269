/* SPDX-License-Identifier: Apache-2.0
 *
 * The demo's managers: one of the whole academy, one of a single department, one who only reads.
 */
#include <apr_strings.h>

#include "../lib/store/manager.h"
#include "demo.h"

int demo_managers_plan(demo_t *demo)
{
    static const demo_manager_t managers[] = {
        {"gestionnaire", {"Dominique Martin", EXAM_ALL, NULL, 1, 1}, {NULL, NULL}},
        {"gestionnaire-departement", {"Camille Petit", EXAM_ALL, NULL, 1, 1}, {NULL, NULL}},
        {"gestionnaire-lecture", {"Claude Durand", EXAM_ALL, NULL, 0, 1}, {NULL, NULL}}};
    int i;

    for (i = 0; i < DEMO_MANAGERS; i++) {
        demo_manager_t *one = &demo->managers[i];

        *one = managers[i];
        if (typed_password_generate(demo->pool, &one->password) != CTL_DONE)
            return CTL_FAILED;
    }
    demo->managers[DEMO_MANAGER_OF_DEPARTMENT].manager.departments =
        apr_psprintf(demo->pool, "[\"%s\"]", demo->schools[0].establishment.department);
    return CTL_DONE;
}

db_error_t demo_managers_add(const demo_t *demo)
{
    db_error_t error = DB_OK;
    int i;

    for (i = 0; error == DB_OK && i < DEMO_MANAGERS; i++)
        error = manager_add(demo->db, demo->managers[i].login, &demo->managers[i].manager,
                            demo->managers[i].password.hash, demo->now);
    return error;
}
