/* SPDX-License-Identifier: Apache-2.0
 *
 * « Inscription enregistrée », and the confirmation as PDF and as its HTML twin: one model for both. Only
 * numbers that this session has made or proven exist here; every other one is a 404.
 */
#include "registration.h"

#include <apr_strings.h>
#include <http_protocol.h>

#include "domain/check.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

/* The registration that the address names, if this session knows it; NULL with *answer otherwise. */
static registration_t *known_registration(page_t *page, int *answer)
{
    const char *typed = query_value(page, "numero");
    apr_int64_t number = typed != NULL ? registration_number(typed) : 0;
    registration_t *found = NULL;
    int known = 0;

    *answer = OK;
    if (base_borrow(page) == NULL ||
        (number != 0 &&
         (session_knows_number(page->db, page->session->id, page->exam, number, &known) != DB_OK ||
          (known && registration_get(page->db, page->pool, page->exam, number, &found) != DB_OK))))
        *answer = page_db_failed(page, DB_LOST);
    else if (found == NULL)
        *answer = page_fail(page, HTTP_NOT_FOUND);
    return found;
}

static const char *exam_parameter(page_t *page, const char *name)
{
    const char *value = NULL;

    parameter_get(page->db, page->pool, exam_info(page->exam)->code, name, &value);
    return value;
}

/* The last day for handing the confirmation in, as people write it; NULL where the authority has set none. */
static const char *return_date(page_t *page)
{
    const char *iso = exam_parameter(page, "retour_confirmation");

    return iso != NULL && iso[0] != '\0' ? date_display(page->pool, iso) : NULL;
}

int registration_done_get(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    const char *number, *return_by;
    model_t *model;

    if (found == NULL)
        return answer;
    number = registration_display(page->pool, found->number, found->revision);
    return_by = return_date(page);
    model = page_model(page, message_text(MSG_TITLE_DONE));
    model_text(model, "number", number);
    model_int(model, "ordinal", found->number);
    model_text(model, "code", personal_code_display(page->pool, found->code));
    model_text(model, "name", found->listed_name);
    model_text(model, "return_by", return_by);
    model_flag(model, "cancelled", found->cancelled);
    return page_render(page, "done", model);
}

/* ---------------------------------------------------------------- the confirmation */

/* Only what was answered: the paper has room for the rest, and an ordinary candidate's is one page. */
static apr_array_header_t *confirmation_blocks(page_t *page, const questionnaire_t *q,
                                               const answers_t *answers)
{
    apr_array_header_t *blocks = apr_array_make(page->pool, STEP_SUMMARY, sizeof(confirmation_block_t));
    int step, i;

    for (step = 0; step < STEP_SUMMARY; step++) {
        confirmation_block_t *block = apr_array_push(blocks);

        block->title = step_info((step_id_t)step)->title;
        block->fields = apr_array_make(page->pool, 10, sizeof(confirmation_field_t));
        for (i = 0; i < QUESTION_COUNT; i++) {
            const question_t *asked = question((question_id_t)i);
            const char *value;

            if (asked->step != (step_id_t)step || !question_asked(asked, q, answers) ||
                answers->value[i] == NULL)
                continue;
            value = question_display(page->pool, asked, q, answers);
            APR_ARRAY_PUSH(block->fields, confirmation_field_t) = (confirmation_field_t){asked->label, value};
        }
    }
    return blocks;
}

/* Under 18 on the day of the validation: the legal representative signs too. */
static int is_minor(const char *birth_date, const char *zone, apr_int64_t validated)
{
    local_time_t day;
    int year, month, date;

    if (sscanf(birth_date, "%d-%d-%d", &year, &month, &date) != 3 || !local_time(zone, validated, &day))
        return 0;
    return day.year - year < 18 ||
           (day.year - year == 18 && (day.month < month || (day.month == month && day.day < date)));
}

static int read_confirmation(page_t *page, const registration_t *found, confirmation_t *confirmation)
{
    establishment_t *school;
    questionnaire_t *q;

    if (candidate_questionnaire(page, &q, &school) != DB_OK || q == NULL || found->answers == NULL)
        return 0;
    *confirmation = (confirmation_t){
        .authority = page->frame.authority,
        .division = exam_parameter(page, "division"),
        .exam = exam_info(page->exam)->name,
        .session = apr_psprintf(page->pool, "Session de %s %d", page->frame.period, page->frame.session_year),
        .specialty = found->specialty_label,
        .number = registration_display(page->pool, found->number, found->revision),
        .code = personal_code_display(page->pool, found->code),
        .validated = local_time_in_full(page->pool, page->frame.zone, found->changed),
        .candidate = found->listed_name,
        .establishment = apr_pstrcat(page->pool, school->code, " ", school->name,
                                     school->town != NULL ? ", " : NULL, school->town, NULL),
        .return_by = return_date(page),
        .return_to = exam_parameter(page, "retour_adresse"),
        .engagement = exam_parameter(page, "engagement"),
        .privacy = exam_parameter(page, "confidentialite"),
        .cancelled = found->cancelled,
        .minor = is_minor(found->birth_date, page->frame.zone, found->changed),
        .blocks = confirmation_blocks(page, q, found->answers),
    };
    return db_error(page->db) == DB_OK;
}

int registration_twin_get(page_t *page)
{
    int answer, i, j;
    registration_t *found = known_registration(page, &answer);
    confirmation_t confirmation;
    model_list_t *blocks;
    model_t *model;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return page_db_failed(page, DB_LOST);
    model = page_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_int(model, "ordinal", found->number);
    model_text(model, "number", confirmation.number);
    model_text(model, "code", confirmation.code);
    model_text(model, "session_name", confirmation.session);
    model_text(model, "specialty", confirmation.specialty);
    model_text(model, "validated", confirmation.validated);
    model_text(model, "candidate", confirmation.candidate);
    model_text(model, "establishment", confirmation.establishment);
    model_text(model, "engagement", confirmation.engagement);
    model_text(model, "privacy", confirmation.privacy);
    model_text(model, "return_by", confirmation.return_by);
    model_text(model, "return_to", confirmation.return_to);
    model_flag(model, "cancelled", confirmation.cancelled);
    model_flag(model, "minor", confirmation.minor);
    blocks = model_list(model, "blocks");
    for (i = 0; i < confirmation.blocks->nelts; i++) {
        const confirmation_block_t *block = &APR_ARRAY_IDX(confirmation.blocks, i, confirmation_block_t);
        model_t *row = model_list_object(blocks);
        model_list_t *fields;

        model_text(row, "title", block->title);
        fields = model_list(row, "fields");
        for (j = 0; j < block->fields->nelts; j++) {
            const confirmation_field_t *field = &APR_ARRAY_IDX(block->fields, j, confirmation_field_t);
            model_t *line = model_list_object(fields);

            model_text(line, "label", field->label);
            model_text(line, "value", field->value);
        }
    }
    return page_render(page, "confirmation", model);
}

static apr_status_t to_brigade(void *baton, const char *bytes, apr_size_t length)
{
    return apr_brigade_write(baton, NULL, NULL, bytes, length);
}

int registration_pdf_get(page_t *page)
{
    int answer;
    registration_t *found = known_registration(page, &answer);
    request_rec *r = page->r;
    apr_bucket_brigade *out = apr_brigade_create(page->pool, r->connection->bucket_alloc);
    confirmation_t confirmation;
    const char *error = NULL;

    if (found == NULL)
        return answer;
    if (!read_confirmation(page, found, &confirmation))
        return page_db_failed(page, DB_LOST);
    base_return(page);
    if (confirmation_write(&confirmation, page->config->fonts, to_brigade, out, page->pool, &error) !=
        APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS061: no confirmation: %s", error != NULL ? error : "");
        return page_fail(page, HTTP_INTERNAL_SERVER_ERROR);
    }
    ap_set_content_type(r, "application/pdf");
    apr_table_setn(r->headers_out, "Cache-Control", "no-store");
    apr_table_setn(r->headers_out, "X-Content-Type-Options", "nosniff");
    apr_table_setn(r->headers_out, "Content-Disposition",
                   apr_psprintf(page->pool, "inline; filename=\"confirmation-%s-%s.pdf\"",
                                exam_info(page->exam)->path, confirmation.number));
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, out);
    return OK;
}
