/* SPDX-License-Identifier: Apache-2.0
 *
 * What a list costs with nothing around it: the bound that the product's list is measured against.
 *
 * A content handler of its own (bare-list; the query is a school's id) on mod_dbd's pooled connection: the
 * list's statement, prepared once for each connection on SQLite's own handle, its rows escaped into one
 * buffer as the same rows of a table, byte for byte; labels of specialties are read once for each connection.
 * No session, no template, no counts, no headers, nothing around the table. The product and its bound run in
 * the same processes, on the same connections, with the same settings.
 */
#include <httpd.h>
#include <http_config.h>
#include <http_log.h>
#include <http_protocol.h>

#include <apr_dbd.h>
#include <apr_hash.h>
#include <apr_optional.h>
#include <apr_strings.h>
#include <mod_dbd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

APLOG_USE_MODULE(bare);

#define KEPT_KEY "bare-list"
#define LITERAL(text, literal) add(text, literal, sizeof literal - 1)

static const char list_sql[] =
    "SELECT number, revision, state, listed_name, birth_date, specialty, form FROM registration"
    " WHERE establishment = ?1 AND exam_session = (SELECT id FROM exam_session WHERE exam = 'BCP' AND main = "
    "1)"
    " ORDER BY sort_key, number";
static const char labels_sql[] = "SELECT code, code5 || ' ' || label FROM specialty WHERE exam = 'BCP'";

/* What a connection keeps. */
typedef struct kept_t {
    sqlite3_stmt *list;
    apr_hash_t *labels; /* of specialties, by code */
} kept_t;

static APR_OPTIONAL_FN_TYPE(ap_dbd_acquire) * acquire;

/* ---------------------------------------------------------------- a text that grows */

typedef struct text_t {
    char *bytes;
    size_t length, room;
} text_t;

static char *room_for(text_t *text, size_t more)
{
    if (text->room - text->length < more) {
        text->room = 2 * (text->room + more);
        text->bytes = realloc(text->bytes, text->room);
        if (text->bytes == NULL)
            abort();
    }
    return text->bytes + text->length;
}

static void add(text_t *text, const char *bytes, size_t length)
{
    memcpy(room_for(text, length), bytes, length);
    text->length += length;
}

static void add_escaped(text_t *text, const char *value, size_t length)
{
    char *to = room_for(text, 6 * length);

    for (; length > 0; length--, value++) {
        switch (*value) {
        case '&':
            to = (char *)memcpy(to, "&amp;", 5) + 5;
            break;
        case '<':
            to = (char *)memcpy(to, "&lt;", 4) + 4;
            break;
        case '>':
            to = (char *)memcpy(to, "&gt;", 4) + 4;
            break;
        case '"':
            to = (char *)memcpy(to, "&quot;", 6) + 6;
            break;
        case '\'':
            to = (char *)memcpy(to, "&#39;", 5) + 5;
            break;
        case '/':
            to = (char *)memcpy(to, "&#x2F;", 6) + 6;
            break;
        default:
            *to++ = *value;
        }
    }
    text->length = (size_t)(to - text->bytes);
}

static void add_column(text_t *text, sqlite3_stmt *list, int column)
{
    const char *value = (const char *)sqlite3_column_text(list, column);

    add_escaped(text, value, (size_t)sqlite3_column_bytes(list, column));
}

static void add_label(text_t *text, const kept_t *kept)
{
    const char *code = (const char *)sqlite3_column_text(kept->list, 5);
    const char *label = apr_hash_get(kept->labels, code, sqlite3_column_bytes(kept->list, 5));

    if (label != NULL)
        add_escaped(text, label, strlen(label));
}

/* JJ/MM/AAAA of an ISO date. */
static void add_date(text_t *text, const char *iso)
{
    add(text, iso + 8, 2);
    LITERAL(text, "&#x2F;");
    add(text, iso + 5, 2);
    LITERAL(text, "&#x2F;");
    add(text, iso, 4);
}

/* ---------------------------------------------------------------- the page */

static void add_row(text_t *text, const kept_t *kept)
{
    sqlite3_stmt *list = kept->list;
    char number[48];
    size_t length = (size_t)snprintf(number, sizeof number, "%lld-%lld", sqlite3_column_int64(list, 0),
                                     sqlite3_column_int64(list, 1));

    LITERAL(text, "<tr><td class=\"number\">");
    add(text, number, length);
    LITERAL(text, "</td><th scope=\"row\"><a href=\"candidat?numero=");
    add(text, number, length);
    LITERAL(text, "\">");
    add_column(text, list, 3);
    LITERAL(text, "</a></th><td>");
    add_date(text, (const char *)sqlite3_column_text(list, 4));
    LITERAL(text, "</td><td>");
    add_label(text, kept);
    if (sqlite3_column_text(list, 6)[0] == 'G')
        LITERAL(text, "</td><td>Globale</td><td>");
    else
        LITERAL(text, "</td><td>Progressive</td><td>");
    if (sqlite3_column_text(list, 2)[0] == 'V')
        LITERAL(text, "<span class=\"state open\">✓ Valide</span></td></tr>\n");
    else
        LITERAL(text, "<span class=\"state closed\">✗ Annulée</span></td></tr>\n");
}

static apr_status_t finalize(void *list)
{
    sqlite3_finalize(list);
    return APR_SUCCESS;
}

static apr_hash_t *read_labels(sqlite3 *base, apr_pool_t *pool)
{
    apr_hash_t *labels = apr_hash_make(pool);
    sqlite3_stmt *all;

    if (sqlite3_prepare_v2(base, labels_sql, -1, &all, NULL) != SQLITE_OK)
        return labels;
    while (sqlite3_step(all) == SQLITE_ROW)
        apr_hash_set(labels, apr_pstrdup(pool, (const char *)sqlite3_column_text(all, 0)),
                     APR_HASH_KEY_STRING, apr_pstrdup(pool, (const char *)sqlite3_column_text(all, 1)));
    sqlite3_finalize(all);
    return labels;
}

/* What the connection keeps; its statement goes before it is closed. */
static kept_t *kept_of(ap_dbd_t *dbd)
{
    sqlite3 *base = apr_dbd_native_handle((apr_dbd_driver_t *)dbd->driver, dbd->handle);
    void *known = NULL;
    kept_t *kept;

    apr_pool_userdata_get(&known, KEPT_KEY, dbd->pool);
    if (known != NULL)
        return known;
    kept = apr_pcalloc(dbd->pool, sizeof *kept);
    if (sqlite3_prepare_v3(base, list_sql, -1, SQLITE_PREPARE_PERSISTENT, &kept->list, NULL) != SQLITE_OK)
        return NULL;
    kept->labels = read_labels(base, dbd->pool);
    apr_pool_userdata_setn(kept, KEPT_KEY, NULL, dbd->pool);
    apr_pool_pre_cleanup_register(dbd->pool, kept->list, finalize);
    return kept;
}

static int send_page(request_rec *r, const text_t *text)
{
    apr_bucket_alloc_t *alloc = r->connection->bucket_alloc;
    apr_bucket_brigade *out = apr_brigade_create(r->pool, alloc);

    ap_set_content_type(r, "text/html; charset=utf-8");
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_heap_create(text->bytes, text->length, free, alloc));
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(alloc));
    return ap_pass_brigade(r->output_filters, out) == APR_SUCCESS ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

static int answer(request_rec *r)
{
    ap_dbd_t *dbd;
    kept_t *kept;
    text_t text = {NULL, 0, 0};

    if (r->handler == NULL || strcmp(r->handler, "bare-list") != 0)
        return DECLINED;
    dbd = acquire != NULL ? acquire(r) : NULL;
    if (dbd == NULL || (kept = kept_of(dbd)) == NULL)
        return HTTP_SERVICE_UNAVAILABLE;
    room_for(&text, 192 * 1024);
    LITERAL(&text,
            "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Candidats</title></head>"
            "<body><table>\n");
    sqlite3_bind_text(kept->list, 1, r->args != NULL ? r->args : "0", -1, SQLITE_STATIC);
    while (sqlite3_step(kept->list) == SQLITE_ROW)
        add_row(&text, kept);
    sqlite3_reset(kept->list);
    LITERAL(&text, "</table></body></html>\n");
    return send_page(r, &text);
}

static void retrieve(void)
{
    acquire = APR_RETRIEVE_OPTIONAL_FN(ap_dbd_acquire);
}

static void hooks(apr_pool_t *pool)
{
    (void)pool;
    ap_hook_optional_fn_retrieve(retrieve, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(answer, NULL, NULL, APR_HOOK_MIDDLE);
}

module AP_MODULE_DECLARE_DATA bare_module = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, hooks,
#ifdef AP_MODULE_FLAG_NONE
    AP_MODULE_FLAG_NONE,
#endif
};
