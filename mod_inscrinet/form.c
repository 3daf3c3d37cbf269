/* SPDX-License-Identifier: Apache-2.0
 *
 * The body of a POST: bounded, urlencoded, taken apart by httpd; where its row says so also one with a file,
 * taken apart by multipart.c. What may be kept of its fields is posted.c's.
 */
#include "form.h"

#include <apr_file_io.h>
#include <errno.h>
#include <fcntl.h>
#include <httpd.h>
#include <http_protocol.h>
#include <sys/mman.h>
#include <unistd.h>
#include <util_script.h>

#include "multipart.h"
#include "posted.h"
#include "domain/check.h"
#include "text/text.h"

/* The longest form: whoever keeps his marks of some thirty units answers five questions about each. A page
 * with a list takes a thousand ticks, and the states of five thousand candidates. */
enum { FIELDS_MOST = 192, BODY_MOST = 64 * 1024, LISTED_MOST = 1000 + 16, LISTED_BODY_MOST = 256 * 1024 };

/* A file of ten megabytes, and what stands around it: a school's export has one or two. An academy's of all
 * its candidates, or of the country's communes, has some tens. */
enum { UPLOAD_MOST = 10 << 20, LARGE_UPLOAD_MOST = 100 << 20, AROUND = 64 * 1024, PIECE = 32 * 1024 };

static int is_urlencoded(const request_rec *r)
{
    static const char wanted[] = "application/x-www-form-urlencoded";
    const char *type = apr_table_get(r->headers_in, "Content-Type");

    return type != NULL && strncasecmp(type, wanted, sizeof wanted - 1) == 0 &&
           (type[sizeof wanted - 1] == '\0' || strchr("; \t", type[sizeof wanted - 1]) != NULL);
}

/* What may be kept of a field; what breaks a rule becomes an error of it. */
static void keep(page_t *page, const posted_t *posted, const char *name, const char *bytes, apr_size_t length)
{
    message_t problem = posted_keep(posted, name, bytes, length);

    if (problem != MSG_OK)
        page_error(page, problem == MSG_FIELD_UNKNOWN ? NULL : name, message_text(problem));
}

static int read_pairs(page_t *page, const posted_t *posted)
{
    apr_array_header_t *pairs = NULL;
    int is_long = (page->route->flags & ROUTE_LONG_FORM) != 0, i;
    int status = ap_parse_form_data(page->r, NULL, &pairs, is_long ? LISTED_MOST : FIELDS_MOST,
                                    is_long ? LISTED_BODY_MOST : BODY_MOST);

    for (i = 0; status == OK && pairs != NULL && i < pairs->nelts; i++) {
        const ap_form_pair_t *pair = &APR_ARRAY_IDX(pairs, i, ap_form_pair_t);
        apr_size_t length = 0;
        char *bytes;

        if (apr_brigade_pflatten(pair->value, &bytes, &length, page->pool) != APR_SUCCESS)
            bytes = NULL;
        keep(page, posted, pair->name, bytes, length);
    }
    return status;
}

/* ---------------------------------------------------------------- with a file */

/* A body on the disk, without a name there: gone with the request, whatever becomes of it. */
typedef struct spool_t {
    int file;
    void *bytes;
    apr_size_t length;
} spool_t;

static apr_status_t close_spool(void *baton)
{
    spool_t *spool = baton;

    if (spool->bytes != MAP_FAILED)
        munmap(spool->bytes, spool->length);
    return close(spool->file) == 0 ? APR_SUCCESS : APR_EGENERAL;
}

static int nameless(page_t *page)
{
    const char *folder = page->config->work_folder;
    int file = folder != NULL ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;

    if (file < 0 && apr_temp_dir_get(&folder, page->pool) == APR_SUCCESS)
        file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    return file;
}

static spool_t *open_spool(page_t *page)
{
    spool_t *spool = apr_pcalloc(page->pool, sizeof *spool);

    spool->bytes = MAP_FAILED;
    if ((spool->file = nameless(page)) < 0) {
        page_log(page, "INS053: no file can be written for what is uploaded: %s", strerror(errno));
        return NULL;
    }
    apr_pool_cleanup_register(page->pool, spool, close_spool, apr_pool_cleanup_null);
    return spool;
}

/* OK, or the status of the answer. */
static int fill_spool(page_t *page, spool_t *spool)
{
    int is_large = (page->route->flags & ROUTE_LARGE) != 0;
    apr_size_t most = (is_large ? LARGE_UPLOAD_MOST : UPLOAD_MOST) + AROUND;
    char piece[PIECE];
    long got;

    while ((got = ap_get_client_block(page->r, piece, sizeof piece)) > 0) {
        spool->length += (apr_size_t)got;
        if (spool->length > most)
            return STATUS_TOO_LARGE;
        if (write(spool->file, piece, (size_t)got) != got) {
            page_log(page, "INS054: what is uploaded can't be written: %s", strerror(errno));
            return STATUS_FAILED;
        }
    }
    return got < 0 ? HTTP_BAD_REQUEST : OK;
}

/* All of the body, in flat memory; OK, or the status of the answer. */
static int read_body(page_t *page, const char **bytes, apr_size_t *length)
{
    int status = ap_setup_client_block(page->r, REQUEST_CHUNKED_DECHUNK);
    spool_t *spool;

    *bytes = "";
    *length = 0;
    if (status != OK || !ap_should_client_block(page->r))
        return status;
    if ((spool = open_spool(page)) == NULL)
        return STATUS_FAILED;
    if ((status = fill_spool(page, spool)) != OK || spool->length == 0)
        return status;
    spool->bytes = mmap(NULL, spool->length, PROT_READ, MAP_PRIVATE, spool->file, 0);
    if (spool->bytes == MAP_FAILED)
        return STATUS_FAILED;
    *bytes = spool->bytes;
    *length = spool->length;
    return OK;
}

static void keep_part(page_t *page, const posted_t *posted, const multipart_part_t *part)
{
    upload_t *upload;

    if (part->file == NULL) {
        keep(page, posted, part->name, part->bytes, part->length);
        return;
    }
    if (!route_shows(page->route, part->name) || page->upload != NULL) {
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
        return;
    }
    upload = apr_pcalloc(page->pool, sizeof *upload);
    *upload = (upload_t){part->file, part->bytes, part->length};
    page->upload = upload;
}

static int read_parts(page_t *page, const posted_t *posted)
{
    const char *type = apr_table_get(page->r->headers_in, "Content-Type");
    multipart_part_t part;
    multipart_t body;
    apr_size_t length;
    const char *bytes;
    int status = read_body(page, &bytes, &length), more = 0, count;

    if (status != OK)
        return status;
    body = multipart_begin(page->pool, type, bytes, length);
    for (count = 0; count < FIELDS_MOST && (more = multipart_next(&body, &part)) > 0; count++)
        keep_part(page, posted, &part);
    return more == 0 ? OK : HTTP_BAD_REQUEST;
}

int form_read(page_t *page)
{
    const char *type = apr_table_get(page->r->headers_in, "Content-Type");
    int has_parts = (page->route->flags & ROUTE_UPLOAD) != 0 && multipart_is_type(type);
    posted_t posted;

    if (!has_parts && !is_urlencoded(page->r))
        return STATUS_MEDIA_TYPE;
    posted = posted_begin(page->pool, page->route);
    page->form = posted.form;
    page->lists = posted.lists;
    return has_parts ? read_parts(page, &posted) : read_pairs(page, &posted);
}

static const char *sent(const page_t *page, const char *name)
{
    return page->form != NULL ? apr_hash_get(page->form, name, APR_HASH_KEY_STRING) : NULL;
}

const char *form_value(const page_t *page, const char *name)
{
    const char *value = sent(page, name);

    return value != NULL ? value : "";
}

int form_was_sent(const page_t *page, const char *name)
{
    return sent(page, name) != NULL;
}

const apr_array_header_t *form_list(const page_t *page, const char *name)
{
    const apr_array_header_t *values =
        page->lists != NULL ? apr_hash_get(page->lists, name, APR_HASH_KEY_STRING) : NULL;

    return values != NULL ? values : apr_array_make(page->pool, 1, sizeof(const char *));
}

const char *form_line(page_t *page, const char *name, int most, message_t missing, message_t wrong)
{
    const char *typed = text_trim(page->pool, form_value(page, name)), *kept = NULL;
    message_t problem = typed[0] == '\0'                                       ? missing
                        : check_line(page->pool, typed, most, &kept) == MSG_OK ? MSG_OK
                                                                               : wrong;

    if (problem == MSG_OK)
        return kept;
    page_error(page, name, message_text(problem));
    return NULL;
}

int form_action(const page_t *page, const char *action)
{
    return strcmp(form_value(page, "action"), action) == 0;
}
