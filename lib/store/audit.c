/* SPDX-License-Identifier: Apache-2.0 */
#include "audit.h"

#include <apr_escape.h>
#include <apr_strings.h>
#include <apr_tables.h>
#include <openssl/evp.h>
#include <string.h>

#include "../text/token.h"
#include "sql.h"

enum { SALT_BYTES = 16 };

db_error_t audit_add(db_t *db, const audit_entry_t *entry)
{
    unsigned char salt[SALT_BYTES], digest[DIGEST_BYTES];
    const char *cited = entry->cited != NULL ? entry->cited : "";

    if (!token_bytes(salt, sizeof salt))
        return DB_BROKEN;
    digest_pair(salt, sizeof salt, cited, strlen(cited), digest);
    return sql_audit_add(db, &(sql_audit_add_in_t){.at = entry->at,
                                                   .service = entry->service,
                                                   .actor = entry->actor,
                                                   .address = entry->address,
                                                   .action = entry->action,
                                                   .exam = entry->exam,
                                                   .number = entry->number,
                                                   .establishment = entry->establishment,
                                                   .detail = entry->detail,
                                                   .salt = {salt, sizeof salt},
                                                   .digest = {digest, sizeof digest}});
}

/* The last seal: what it covers, its instant (at may be NULL), its hash; zeros before the first one. */
static db_error_t last_seal(db_t *db, apr_int64_t *last, apr_int64_t *at, unsigned char hash[DIGEST_BYTES])
{
    sql_audit_seal_last_t row;
    db_rows_t *rows = sql_audit_seal_last(db);

    *last = 0;
    memset(hash, 0, DIGEST_BYTES);
    if (sql_audit_seal_last_next(rows, &row)) {
        *last = row.last;
        if (at != NULL)
            *at = row.at;
        if (row.hash.length == DIGEST_BYTES)
            memcpy(hash, row.hash.bytes, DIGEST_BYTES);
    }
    return db_end(db, rows);
}

static void hash_text(EVP_MD_CTX *hash, const char *text)
{
    if (text != NULL)
        EVP_DigestUpdate(hash, text, strlen(text));
    EVP_DigestUpdate(hash, "", 1);
}

/* An entry's line: every column but the salt, which a purge may forget, each ended by a NUL. */
static void hash_entry(EVP_MD_CTX *hash, const sql_audit_range_t *entry)
{
    char numbers[96];

    apr_snprintf(numbers, sizeof numbers, "%" APR_INT64_T_FMT " %" APR_INT64_T_FMT " %" APR_INT64_T_FMT,
                 entry->id, entry->at, entry->number == DB_NULL ? 0 : entry->number);
    hash_text(hash, numbers);
    hash_text(hash, entry->service);
    hash_text(hash, entry->actor);
    hash_text(hash, entry->address);
    hash_text(hash, entry->action);
    hash_text(hash, entry->exam);
    hash_text(hash, entry->establishment);
    hash_text(hash, entry->detail);
    EVP_DigestUpdate(hash, entry->digest.bytes, entry->digest.length);
}

/* The hash of the entries after `after` up to `last`, chained to the previous seal's. */
static db_error_t chain_hash(db_t *db, const unsigned char previous[DIGEST_BYTES], apr_int64_t after,
                             apr_int64_t last, unsigned char result[DIGEST_BYTES], apr_int64_t *entries)
{
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    sql_audit_range_t entry;
    db_rows_t *rows = sql_audit_range(db, after, last);

    EVP_DigestInit_ex(hash, EVP_sha256(), NULL);
    EVP_DigestUpdate(hash, previous, DIGEST_BYTES);
    while (sql_audit_range_next(rows, &entry)) {
        hash_entry(hash, &entry);
        ++*entries;
    }
    EVP_DigestFinal_ex(hash, result, NULL);
    EVP_MD_CTX_free(hash);
    return db_end(db, rows);
}

db_error_t audit_last(db_t *db, apr_int64_t *last)
{
    sql_audit_last_t row;
    db_rows_t *rows = sql_audit_last(db);

    *last = sql_audit_last_next(rows, &row) && row.id != DB_NULL ? row.id : 0;
    return db_end(db, rows);
}

db_error_t audit_seal(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *sealed)
{
    unsigned char previous[DIGEST_BYTES], hash[DIGEST_BYTES];
    apr_int64_t after, last;

    *sealed = 0;
    if (db_begin(db, pool, 1) != DB_OK)
        return db_error(db);
    sql_audit_freeze(db);
    if (last_seal(db, &after, NULL, previous) == DB_OK && audit_last(db, &last) == DB_OK && last > after &&
        chain_hash(db, previous, after, last, hash, sealed) == DB_OK)
        sql_audit_seal_add(db, &(sql_audit_seal_add_in_t){.first = after + 1,
                                                          .last = last,
                                                          .at = now,
                                                          .previous = {previous, sizeof previous},
                                                          .hash = {hash, sizeof hash}});
    return db_commit(db);
}

db_error_t audit_head(db_t *db, apr_pool_t *pool, const char **head, apr_int64_t *at)
{
    unsigned char hash[DIGEST_BYTES];
    apr_int64_t last;
    db_error_t error = last_seal(db, &last, at, hash);

    *head = error == DB_OK && last > 0 ? apr_pescape_hex(pool, hash, DIGEST_BYTES, 0) : "";
    return error;
}

typedef struct seal_t {
    apr_int64_t id, first, last;
    unsigned char previous[DIGEST_BYTES], hash[DIGEST_BYTES];
} seal_t;

static db_error_t read_seals(db_t *db, apr_array_header_t *seals)
{
    sql_audit_seal_list_t row;
    db_rows_t *rows = sql_audit_seal_list(db);

    while (sql_audit_seal_list_next(rows, &row)) {
        seal_t *seal = apr_array_push(seals);

        memset(seal, 0, sizeof *seal);
        seal->id = row.id;
        seal->first = row.first;
        seal->last = row.last;
        if (row.previous.length == DIGEST_BYTES)
            memcpy(seal->previous, row.previous.bytes, DIGEST_BYTES);
        if (row.hash.length == DIGEST_BYTES)
            memcpy(seal->hash, row.hash.bytes, DIGEST_BYTES);
    }
    return db_end(db, rows);
}

db_error_t audit_verify(db_t *db, apr_pool_t *pool, apr_int64_t *entries, apr_int64_t *broken)
{
    apr_array_header_t *seals = apr_array_make(pool, 64, sizeof(seal_t));
    unsigned char previous[DIGEST_BYTES] = {0}, hash[DIGEST_BYTES];
    apr_int64_t after = 0;
    int i;

    *entries = *broken = 0;
    if (read_seals(db, seals) != DB_OK)
        return db_error(db);
    for (i = 0; i < seals->nelts && *broken == 0; i++) {
        const seal_t *seal = &APR_ARRAY_IDX(seals, i, seal_t);

        if (chain_hash(db, previous, after, seal->last, hash, entries) != DB_OK)
            return db_error(db);
        if (seal->first != after + 1 || memcmp(seal->previous, previous, DIGEST_BYTES) != 0 ||
            memcmp(seal->hash, hash, DIGEST_BYTES) != 0)
            *broken = seal->id;
        memcpy(previous, seal->hash, DIGEST_BYTES);
        after = seal->last;
    }
    return DB_OK;
}
