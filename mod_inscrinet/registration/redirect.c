/* SPDX-License-Identifier: Apache-2.0 */
#include "redirect.h"

#include "../answer.h"
#include "candidate.h"

int redirect_is_from_summary(const page_t *page)
{
    const char *from = page_query(page, "depuis");

    return from != NULL && strcmp(from, step_info(STEP_SUMMARY)->path) == 0;
}

int redirect_to_step(page_t *page, step_id_t step, apr_int64_t ordinal)
{
    return answer_redirect_exam(page, "candidature/%s?dossier=%" APR_INT64_T_FMT, step_info(step)->path,
                                ordinal);
}

int redirect_to_done(page_t *page, apr_int64_t number)
{
    if (candidate_is_by_office(page))
        return number != 0 ? answer_redirect_exam(page, "%" APR_INT64_T_FMT, number)
                           : answer_redirect_exam(page, "%s", "");
    return answer_redirect_exam(page, "%s?numero=%" APR_INT64_T_FMT,
                                candidate_is_by_staff(page) ? "candidat" : "enregistree", number);
}
