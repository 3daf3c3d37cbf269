/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl demo: what is drawn up first, then written in one transaction. demo.h tells the model.
 */
#include "demo.h"

#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/schema.h"
#include "../lib/text/text.h"
#include "init.h"
#include "seeds.h"
#include "verbs.h"

#define ZONE "Europe/Paris" /* of the days by which a demo is the same */

enum {
    ESTABLISHMENTS_DEFAULT = 12,
    CANDIDATES_DEFAULT = 200,
    SEED_DEFAULT = 1,
    SEED_MOST = 1000000000,
    DAY = 24 * 3600,
    WINDOW_OPENS = -20,
    WINDOW_OPENS_HOUR = 8,
    WINDOW_CLOSES = 25,
    WINDOW_CLOSES_HOUR = 17,
    RETURN_DAYS = 39 /* two weeks after the end */
};

/* ---------------------------------------------------------------- days */

void demo_date(const demo_t *demo, int days, int *year, int *month, int *day, int *weekday)
{
    local_time_t today = {0};
    struct tm date = {0};
    time_t instant;

    local_time(demo->zone, demo->now, &today);
    date.tm_year = today.year - 1900;
    date.tm_mon = today.month - 1;
    date.tm_mday = today.day + days;
    instant = timegm(&date); /* of a date without a zone: it only counts days */
    gmtime_r(&instant, &date);
    *year = date.tm_year + 1900;
    *month = date.tm_mon + 1;
    *day = date.tm_mday;
    *weekday = date.tm_wday;
}

apr_int64_t demo_instant(const demo_t *demo, int days, int hour, int minute)
{
    int year, month, day, weekday;

    demo_date(demo, days, &year, &month, &day, &weekday);
    return local_instant(demo->zone, year, month, day, hour, minute);
}

/* ---------------------------------------------------------------- the authority and its calendar */

static db_error_t set_parameters(demo_t *demo, const seed_table_t *table)
{
    int name = seed_column(table, "name"), value = seed_column(table, "value"), i, year, month, day, weekday;

    for (i = 0; i < table->rows; i++)
        parameter_set(demo->db, NULL, 0, seed_cell(table, i, name), seed_cell(table, i, value));
    demo_date(demo, RETURN_DAYS, &year, &month, &day, &weekday);
    return parameter_set(demo->db, NULL, 0, "retour_confirmation",
                         apr_psprintf(demo->pool, "%04d-%02d-%02d", year, month, day));
}

static db_error_t add_windows(demo_t *demo)
{
    apr_int64_t opens = demo_instant(demo, WINDOW_OPENS, WINDOW_OPENS_HOUR, 0);
    apr_int64_t closes = demo_instant(demo, WINDOW_CLOSES, WINDOW_CLOSES_HOUR, 0);
    int i;

    for (i = 0; i < demo->sessions->nelts; i++) {
        apr_int64_t session = APR_ARRAY_IDX(demo->sessions, i, exam_session_t).id;

        seed_window(demo->db, session, SERVICE_SCHOOL_REGISTRATION, NULL, opens, closes);
        seed_window(demo->db, session, SERVICE_PUBLIC_REGISTRATION, NULL, opens, closes);
    }
    return db_error(demo->db);
}

static db_error_t add_trace(demo_t *demo)
{
    audit_entry_t entry = {.at = demo->now,
                           .service = "inscrinetctl",
                           .actor = "demo",
                           .action = "base.demo",
                           .number = DB_NULL,
                           .detail = apr_psprintf(demo->pool,
                                                  "%d establishments, %d candidates, seed %" APR_UINT64_T_FMT,
                                                  demo->establishments, demo->candidates, demo->seed)};

    return audit_add(demo->db, &entry);
}

/* ---------------------------------------------------------------- a base to fill */

/* A new base becomes one first; an older one must be current, unlocked and without any school. */
static int make_ready(new_base_t *base)
{
    apr_int64_t version;
    base_counts_t counts;
    base_lock_t lock;

    if (!base->initialised)
        return init_fill(base);
    if (schema_version(base->db, &version) != DB_OK)
        return ctl_db_failed(base->db, "reading the schema's version");
    if (version != schema_latest())
        return ctl_fail("the base's schema is %d, this command knows %d: demo wants a new base", (int)version,
                        schema_latest());
    if (db_prepare_connection(base->db) != DB_OK || base_counts(base->db, &counts) != DB_OK ||
        base_lock_get(base->db, base->ctl.pool, &lock) != DB_OK)
        return ctl_db_failed(base->db, "reading the base");
    if (lock.locked)
        return ctl_fail("the base is locked: unlock it first");
    if (counts.establishments > 0)
        return ctl_fail("the base holds establishments already: demo wants a new base");
    return CTL_DONE;
}

/* Zone and sessions are the base's own: whoever ran init may have set them since. */
static int read_frame(demo_t *demo)
{
    base_frame_t frame;

    if (base_frame_get(demo->db, demo->pool, &frame) != DB_OK)
        return ctl_db_failed(demo->db, "reading the parameters");
    demo->zone = frame.zone;
    if (demo_instant(demo, 0, 0, 0) < 0)
        return ctl_fail("%s: no time zone (parameter fuseau)", demo->zone);
    return demo_sessions_plan(demo);
}

static int fill(demo_t *demo, const char *accounts, const seed_table_t *parameters)
{
    const char *temporary = NULL;

    if (db_begin(demo->db, demo->pool, 1) != DB_OK)
        return ctl_db_failed(demo->db, "opening a transaction");
    if (set_parameters(demo, parameters) != DB_OK || demo_sessions_add(demo) != DB_OK ||
        add_windows(demo) != DB_OK || demo_managers_add(demo) != DB_OK || demo_schools_add(demo) != DB_OK ||
        demo_candidates_add(demo) != DB_OK || add_trace(demo) != DB_OK) {
        int status = ctl_db_failed(demo->db, "filling the base");

        db_rollback(demo->db);
        return status;
    }
    if (accounts != NULL && demo_accounts_write(demo, accounts, &temporary) != CTL_DONE) {
        db_rollback(demo->db);
        return CTL_FAILED;
    }
    if (db_commit(demo->db) != DB_OK) {
        if (temporary != NULL)
            unlink(temporary);
        return ctl_db_failed(demo->db, "keeping the base");
    }
    printf("demo: %d establishments, %d candidates, session %d\n", demo->establishments, demo->candidates,
           APR_ARRAY_IDX(demo->sessions, 0, exam_session_t).year);
    return accounts != NULL ? demo_accounts_keep(temporary, accounts)
                            : demo_accounts_write(demo, NULL, &temporary);
}

/* The same base on the same day, whatever the hour. */
static apr_int64_t midnight(apr_int64_t now)
{
    local_time_t today = {0};

    local_time(ZONE, now, &today);
    return local_instant(ZONE, today.year, today.month, today.day, 0, 0);
}

static int make_demo(new_base_t *base, demo_t *demo, const char *accounts)
{
    const seed_table_t *parameters;

    demo->pool = base->ctl.pool;
    demo->db = base->db;
    demo->now = base->ctl.now = midnight(base->ctl.now);
    if ((parameters = seeds_table(demo->pool, "demo/parameters")) == NULL || make_ready(base) != CTL_DONE ||
        read_frame(demo) != CTL_DONE || demo_people_read(demo) != CTL_DONE ||
        demo_schools_plan(demo) != CTL_DONE || demo_managers_plan(demo) != CTL_DONE)
        return CTL_FAILED;
    return fill(demo, accounts, parameters);
}

/* ---------------------------------------------------------------- the verb */

/* An option's number, or what stands for it where it isn't given; -1 if it is none between least and most. */
static int number_option(const ctl_option_t *option, int otherwise, int least, int most)
{
    return option->value != NULL ? number_within(option->value, least, most) : otherwise;
}

int verb_demo(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--establishments", 1, NULL},
                              {"--candidates", 1, NULL},
                              {"--seed", 1, NULL},
                              {"--accounts", 1, NULL},
                              {NULL, 0, NULL}};
    const char *words[1];
    demo_t demo = {0};
    new_base_t base;
    int seed;

    if (ctl_options(argc, argv, options, words, 0) != 0)
        return ctl_usage("demo", NULL);
    demo.establishments =
        number_option(&options[0], ESTABLISHMENTS_DEFAULT, DEMO_SCHOOLS_LEAST, DEMO_SCHOOLS_MOST);
    demo.candidates = number_option(&options[1], CANDIDATES_DEFAULT, 0, DEMO_CANDIDATES_MOST);
    seed = number_option(&options[2], SEED_DEFAULT, 0, SEED_MOST);
    if (demo.establishments < 0 || demo.candidates < 0 || seed < 0)
        return ctl_usage("demo", "4 to 2000 establishments, at most 1000000 candidates");
    demo.seed = (apr_uint64_t)seed;
    if (init_open(ctl, &base) != CTL_DONE)
        return CTL_FAILED;
    return init_close(&base, make_demo(&base, &demo, options[3].value));
}
