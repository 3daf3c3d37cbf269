/* SPDX-License-Identifier: Apache-2.0
 *
 * What the two pages of calendars share: the sessions of a manager's exams with their windows, what was seen
 * of them, and a change of them with its summary, its trail and its words.
 */
#ifndef MOD_INSCRINET_MANAGER_WINDOWS_H
#define MOD_INSCRINET_MANAGER_WINDOWS_H

#include "../page.h"
#include "../answer.h"
#include "domain/window.h"

/** The two services that have windows. */
enum { WINDOWS_SERVICES = 2 };
extern const service_t windows_services[WINDOWS_SERVICES];
/** « Établissements », « Candidats individuels ». */
const char *windows_service_words(service_t service);

typedef struct calendar_t {
    apr_array_header_t *sessions; /* exam_session_t: those of his exams, by exam */
    apr_array_header_t *windows;  /* window_row_t of these, by session, service and opening */
} calendar_t;

/** As the base has it now, whatever the cache knows. */
db_error_t windows_read(page_t *page, calendar_t *calendar);
const exam_session_t *windows_session(const calendar_t *calendar, apr_int64_t id);
/** The session of a dated name, "bcp-2027-09"; NULL: none of his. */
const exam_session_t *windows_session_named(const calendar_t *calendar, const char *dated);

/** « Baccalauréat professionnel (BCP) – session de juin 2027 », the same with « BCP » alone; of a window «
 * BCP, session de juin 2027 (Établissements) ». */
const char *windows_session_head(page_t *page, const exam_session_t *session);
const char *windows_session_short(page_t *page, const exam_session_t *session);
const char *windows_of(page_t *page, const calendar_t *calendar, const window_row_t *row);
/** « du 01/10/2026 08:00 au 20/11/2026 17:00 »; opens 0: « aucune fenêtre ». */
const char *windows_span(page_t *page, apr_int64_t opens, apr_int64_t closes);
/** The state of a session in words. */
const char *windows_state(const exam_session_t *session);

/** Rows of a service of a session: "span", "label", "id", "now", and "warnings", texts. */
void windows_model(page_t *page, model_t *model, const calendar_t *calendar, const exam_session_t *session,
                   service_t service);
/** Texts as a list. */
void windows_texts(model_t *model, const char *name, const apr_array_header_t *texts);

/** The field "vu": what the page's reader saw of a session (0: all) and a service (-1: all), and of a window
 * (0: all). An error for each that somebody else has changed since. */
void windows_check_seen(page_t *page, const calendar_t *calendar, apr_int64_t exam_session, int service,
                        apr_int64_t window);

/** Before changes (window_change_t) that close something earlier: whether that was confirmed. If not, an
 * error, and model of the summary for the page. */
int windows_confirmed(page_t *page, const calendar_t *calendar, const apr_array_header_t *changes);
void windows_model_confirm(page_t *page, model_t *model);

/** In the open transaction: make the changes, with their trail; their words become the notice. 0: somebody
 * else was faster; then nothing may be committed, and an error says so. */
int windows_apply(page_t *page, const calendar_t *calendar, apr_array_header_t *changes, const char *action);

#endif
