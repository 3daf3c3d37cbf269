/* SPDX-License-Identifier: Apache-2.0
 *
 * « communes »: what may be meant by the beginning of a commune's name, for the script that completes it. The
 * field itself stays free: former communes, births abroad.
 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../answer.h"
#include "../connection.h"
#include "../routes.h"
#include "../stream.h"
#include "store/commune.h"

enum { COMMUNES_MOST = 20, TYPED_LEAST = 2, TYPED_MOST = 50 };

/* "|59000|59160|" as people read it: « 59000, 59160 ». */
static const char *postal_codes(page_t *page, const char *codes)
{
    char *code, *state;
    const char *list = "";

    if (codes == NULL)
        return "";
    for (code = apr_strtok(apr_pstrdup(page->pool, codes), "|", &state); code != NULL;
         code = apr_strtok(NULL, "|", &state))
        list = apr_pstrcat(page->pool, list, *list != '\0' ? ", " : "", code, NULL);
    return list;
}

static char *as_json(page_t *page, const apr_array_header_t *communes)
{
    json_t *list = json_array();
    char *text;
    int i;

    for (i = 0; i < communes->nelts; i++) {
        const commune_t *one = &APR_ARRAY_IDX(communes, i, commune_t);

        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:s}", "nom", one->name, "departement", one->department,
                                        "codes_postaux", postal_codes(page, one->postal_codes)));
    }
    text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    return text;
}

int registration_communes(page_t *page)
{
    const char *typed = page_query(page, "debut"), *department = page_query(page, "departement");
    apr_array_header_t *communes = apr_array_make(page->pool, 1, sizeof(commune_t));
    char *text;

    if (typed != NULL && strlen(typed) >= TYPED_LEAST && strlen(typed) <= TYPED_MOST &&
        (connection_borrow(page) == NULL ||
         commune_search(page->db, page->pool, typed, department != NULL ? department : "", COMMUNES_MOST,
                        &communes) != DB_OK))
        return answer_db_failed(page);
    connection_return(page);
    text = as_json(page, communes);
    if (stream_begin(page, STREAM_JSON, NULL) && text != NULL)
        stream_sink(page, text, strlen(text));
    free(text);
    return stream_end(page, APR_SUCCESS, NULL);
}
