/* SPDX-License-Identifier: Apache-2.0 */
#include "change.h"

#include "answer.h"
#include "connection.h"

/* The base may have been locked since the request was let in: whoever locks it waits for us, or we see it. */
db_error_t change_hold(page_t *page)
{
    if (connection_begin(page) == NULL)
        return connection_failure(page);
    return base_lock_hold(page->db, page->pool, &page->frame.lock);
}

int change_begin(page_t *page, int *answer)
{
    if (change_hold(page) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (page->frame.lock.locked) {
        connection_return(page);
        *answer = answer_locked(page);
        return 0;
    }
    return 1;
}

int change_begin_alone(page_t *page, int *answer)
{
    if (!change_begin(page, answer))
        return 0;
    if (base_touch(page->db) == DB_OK)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}

int change_commit(page_t *page, int *answer)
{
    if (connection_commit(page) == DB_OK)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}
