/* SPDX-License-Identifier: Apache-2.0
 *
 * A slip for each pupil who has not registered yet: where to go, and his code.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../routes.h"
#include "../stream.h"
#include "document/slips.h"
#include "domain/check.h"
#include "exchange/load_pupils.h"
#include "slips.h"
#include "store/establishment.h"
#include "store/pupil.h"

static int draw(page_t *page, slip_t *slip, const char *heading, const apr_array_header_t *pupils)
{
    const char *error = NULL;
    apr_status_t status = APR_SUCCESS;
    slips_t *slips;
    int i;

    if (!stream_begin(page, STREAM_PDF, "fiches-eleves.pdf"))
        return stream_end(page, APR_SUCCESS, NULL);
    slips = slips_begin(message_text(MSG_PUPIL_SLIPS_TITLE), heading, page->config->fonts, stream_sink, page,
                        page->pool);
    for (i = 0; i < pupils->nelts && status == APR_SUCCESS; i++) {
        const pupil_t *pupil = &APR_ARRAY_IDX(pupils, i, pupil_t);

        if (pupil->registered || pupil->code == NULL)
            continue;
        slip->pupil = pupil->listed_name;
        slip->class_name = pupil->class_name;
        slip->pupil_code = personal_code_display(page->pool, pupil->code);
        status = slips_add(slips, slip);
    }
    status = slips_end(slips, &error);
    return stream_end(page, status, error);
}

/* Whether there is a slip to draw: no document is without a page. */
static int any_slip(const apr_array_header_t *pupils)
{
    int i;

    for (i = 0; i < pupils->nelts; i++)
        if (!APR_ARRAY_IDX(pupils, i, pupil_t).registered && APR_ARRAY_IDX(pupils, i, pupil_t).code != NULL)
            return 1;
    return 0;
}

int establishment_pupils_pdf(page_t *page)
{
    int year = load_pupils_year(page->now);
    apr_array_header_t *pupils;
    establishment_t *school;
    const char *heading;
    slip_t slip;

    if (connection_borrow(page) == NULL ||
        establishment_by_id(page->db, page->pool, page->actor.establishment, &school) != DB_OK ||
        school == NULL || pupil_list(page->db, page->pool, &page->actor.scope, year, &pupils) != DB_OK)
        return answer_db_failed(page);
    if (!any_slip(pupils))
        return answer_redirect(page, "eleves");
    slip = (slip_t){.school = school->name,
                    .address = slip_address(page, SERVICE_SCHOOL_REGISTRATION),
                    .code = school->code};
    slip.scan = slip.address;
    heading = slip_heading(page, apr_itoa(page->pool, year));
    if (connection_has_failed(page))
        return answer_db_failed(page);
    connection_return(page);
    return draw(page, &slip, heading, pupils);
}
