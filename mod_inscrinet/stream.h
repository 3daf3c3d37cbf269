/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers of any length on their way: pages with thousands of rows, files, documents. What was written goes
 * to the browser whenever no connection to the base is held meanwhile; when the browser goes away the work
 * ends; and when something fails in the middle the connection is broken off, so that half an answer is never
 * taken for a whole one. Of a HEAD nothing is made: HTTP/2 breaks off a stream that gets a body all the same.
 */
#ifndef MOD_INSCRINET_STREAM_H
#define MOD_INSCRINET_STREAM_H

#include "page.h"

/** Answer with a template whose rows are read while it is written. *failed, looked at in the end: the base
 * has failed meanwhile. */
int stream_page(page_t *page, const char *name, model_t *model, const int *failed);

typedef enum { STREAM_CSV, STREAM_PDF, STREAM_JSON, STREAM_ZIP } stream_kind_t;
/** Begin a file; name is what a browser would save it as, NULL: nothing to be saved. 0: only its headers were
 * asked for (HEAD), so that nothing is to be made; end it at once. */
int stream_begin(page_t *page, stream_kind_t kind, const char *name) __attribute__((warn_unused_result));
/** As document_sink_t and csv_line's, with the page as its baton. An error (the client is gone) ends the
 * work. */
apr_status_t stream_sink(void *page, const char *bytes, apr_size_t length);
/** What was written so far goes to the browser, which may take its time: hold no connection to the base. */
apr_status_t stream_flush(page_t *page);
/** End it: whole where status says so, else broken off, or an error page where nothing has left yet; error: a
 * line for the log, or NULL when the base has failed. What the handler gives. */
int stream_end(page_t *page, apr_status_t status, const char *error);

/** Answer with a file that is there already; not found if it isn't any more. */
int stream_file(page_t *page, stream_kind_t kind, const char *name, const char *path);

#endif
