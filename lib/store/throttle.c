/* SPDX-License-Identifier: Apache-2.0 */
#include "throttle.h"

#include "sql.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR, LONGEST = 15 * MINUTE, JUDGED_WITHIN = 10 };

static db_blob_t key_of(const unsigned char key[DIGEST_BYTES])
{
    return (db_blob_t){key, DIGEST_BYTES};
}

/* What a bucket knows of failures, and until when it is closed. */
typedef struct count_t {
    apr_int64_t failures, closed_until;
} count_t;

static db_error_t read_logins(db_t *db, const throttle_bucket_t *bucket, apr_int64_t now, count_t *counted)
{
    sql_throttle_login_count_t row;
    db_rows_t *rows = sql_throttle_login_count(db, key_of(bucket->key), now - HOUR);

    if (sql_throttle_login_count_next(rows, &row))
        counted->failures = row.logins;
    return db_end(db, rows);
}

static db_error_t read_failures(db_t *db, const throttle_bucket_t *bucket, apr_int64_t now, count_t *counted)
{
    sql_throttle_get_t row;
    db_rows_t *rows = sql_throttle_get(db, key_of(bucket->key));

    if (sql_throttle_get_next(rows, &row) && row.changed > now - DAY)
        *counted = (count_t){row.failures, row.blocked_until};
    return db_end(db, rows);
}

static db_error_t hold_failures(db_t *db, const throttle_bucket_t *bucket, apr_int64_t now, count_t *counted)
{
    sql_throttle_hold_t row;
    db_rows_t *rows = sql_throttle_hold(db, key_of(bucket->key), now, now - DAY);

    if (sql_throttle_hold_next(rows, &row))
        *counted = (count_t){row.failures, row.blocked_until};
    return db_end(db, rows);
}

/* holding: in a writing transaction, nobody else counts in it until that ends. */
static db_error_t read_bucket(db_t *db, const throttle_bucket_t *bucket, apr_int64_t now, int holding,
                              count_t *counted)
{
    db_error_t error;

    *counted = (count_t){0, 0};
    error = (holding ? hold_failures : read_failures)(db, bucket, now, counted);
    return error == DB_OK && bucket->kind == THROTTLE_LOGINS ? read_logins(db, bucket, now, counted) : error;
}

static db_error_t judge(db_t *db, const throttle_bucket_t *bucket, const count_t *counted, apr_int64_t now,
                        throttle_answer_t *answer, apr_int64_t *until)
{
    sql_throttle_try_count_t row = {0};
    db_rows_t *rows;

    if (counted->closed_until > now) {
        *answer = THROTTLE_CLOSED;
        if (counted->closed_until > *until)
            *until = counted->closed_until;
        return DB_OK;
    }
    rows = sql_throttle_try_count(db, key_of(bucket->key), now);
    /* past its free failures a bucket lets one at a time pass */
    if (sql_throttle_try_count_next(rows, &row) && row.tries > 0 &&
        counted->failures + row.tries >= bucket->free && *answer == THROTTLE_ADMITTED)
        *answer = THROTTLE_FULL;
    return db_end(db, rows);
}

static db_error_t judge_all(db_t *db, const throttle_bucket_t *buckets, int count, apr_int64_t now,
                            int holding, throttle_answer_t *answer, apr_int64_t *until)
{
    db_error_t error = DB_OK;
    count_t counted;
    int i;

    *answer = THROTTLE_ADMITTED;
    *until = 0;
    for (i = 0; i < count && error == DB_OK; i++)
        if ((error = read_bucket(db, &buckets[i], now, holding, &counted)) == DB_OK)
            error = judge(db, &buckets[i], &counted, now, answer, until);
    return error;
}

db_error_t throttle_look(db_t *db, const throttle_bucket_t *buckets, int count, apr_int64_t now,
                         throttle_answer_t *answer, apr_int64_t *until)
{
    return judge_all(db, buckets, count, now, 0, answer, until);
}

static db_error_t count_in(db_t *db, throttle_bucket_t *bucket, apr_int64_t now)
{
    sql_added_t row;
    db_rows_t *rows = sql_throttle_try_add(db, key_of(bucket->key), now + JUDGED_WITHIN);

    bucket->judged = sql_added_next(rows, &row) ? row.id : 0;
    return db_end(db, rows);
}

db_error_t throttle_enter(db_t *db, throttle_bucket_t *buckets, int count, apr_int64_t now,
                          throttle_answer_t *answer, apr_int64_t *until)
{
    db_error_t error = judge_all(db, buckets, count, now, 1, answer, until);
    int i;

    for (i = 0; i < count && error == DB_OK && *answer == THROTTLE_ADMITTED; i++)
        error = count_in(db, &buckets[i], now);
    return error;
}

/* From the last free failure on: 2, 4, 8, … seconds. */
static apr_int64_t delay_of(const throttle_bucket_t *bucket, apr_int64_t failures)
{
    apr_int64_t exponent = failures - bucket->free + 1;

    if (exponent < 1)
        return 0;
    if (bucket->kind == THROTTLE_LOGINS)
        return MINUTE;
    return exponent < 10 && (apr_int64_t)1 << exponent < LONGEST ? (apr_int64_t)1 << exponent : LONGEST;
}

static db_error_t count_failure(db_t *db, const throttle_bucket_t *bucket, apr_int64_t now)
{
    count_t counted;
    db_error_t error;

    if (bucket->kind == THROTTLE_LOGINS &&
        (error = sql_throttle_login_add(db, key_of(bucket->key), key_of(bucket->login), now)) != DB_OK)
        return error;
    if ((error = read_bucket(db, bucket, now, 1, &counted)) != DB_OK)
        return error;
    if (bucket->kind != THROTTLE_LOGINS)
        counted.failures++;
    return sql_throttle_set(db, key_of(bucket->key), counted.failures,
                            now + delay_of(bucket, counted.failures), now);
}

db_error_t throttle_leave(db_t *db, const throttle_bucket_t *buckets, int count, apr_int64_t now, int right)
{
    db_error_t error = DB_OK;
    int i;

    for (i = 0; i < count && error == DB_OK; i++) {
        if (!right)
            error = count_failure(db, &buckets[i], now);
        else if (buckets[i].kind == THROTTLE_OWN)
            error = sql_throttle_clear(db, key_of(buckets[i].key));
        if (error == DB_OK)
            error = sql_throttle_try_end(db, buckets[i].judged);
    }
    return error;
}

db_error_t throttle_note(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t now)
{
    return sql_throttle_set(db, key_of(key), 0, 0, now);
}

db_error_t throttle_happened(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t since,
                             int *happened)
{
    sql_throttle_get_t row;
    db_rows_t *rows = sql_throttle_get(db, key_of(key));

    *happened = sql_throttle_get_next(rows, &row) && row.changed > since;
    return db_end(db, rows);
}

db_error_t throttle_once(db_t *db, const unsigned char key[DIGEST_BYTES], apr_int64_t since, apr_int64_t now,
                         int *first)
{
    sql_throttle_times_t row;
    db_rows_t *rows = sql_throttle_times(db, key_of(key), since, now);

    *first = sql_throttle_times_next(rows, &row) && row.times == 1;
    return db_end(db, rows);
}

db_error_t throttle_spend(db_t *db, const throttle_room_t *room, apr_int64_t now, apr_int64_t *until)
{
    sql_throttle_times_t row;
    db_rows_t *rows = sql_throttle_times(db, key_of(room->key), now - room->seconds, now);

    *until = sql_throttle_times_next(rows, &row) && row.times > room->most ? row.first + room->seconds : 0;
    return db_end(db, rows);
}

db_error_t throttle_purge(db_t *db, apr_int64_t now)
{
    db_error_t error = sql_throttle_purge(db, now - DAY);

    if (error == DB_OK)
        error = sql_throttle_try_purge(db, now);
    return error == DB_OK ? sql_throttle_login_purge(db, now - HOUR) : error;
}
