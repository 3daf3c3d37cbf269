/* SPDX-License-Identifier: Apache-2.0 */
#include "viewing.h"

#include "school.h"

int viewing_begin(page_t *page, int *answer)
{
    const establishment_t *school;

    if (page->actor.role != ROLE_MANAGER || (page->route->flags & ROUTE_VIEWED) == 0)
        return 1;
    if ((school = manager_school_named(page, answer)) == NULL)
        return 0;
    page->actor.viewing = 1;
    page->actor.rights &= ~(unsigned)(RIGHT_CHANGE | RIGHT_ACADEMY);
    page->actor.scope = scope_one(school->id);
    page->actor.establishment = school->id;
    page->actor.school = school->code;
    page->actor.school_name = school->name;
    return 1;
}
