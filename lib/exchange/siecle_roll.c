/* SPDX-License-Identifier: Apache-2.0
 *
 * Records by their ids, close together in memory: a pupil costs some 250 bytes, and nothing that grows is
 * ever copied but the table of places.
 */
#include "siecle_internal.h"

#include <string.h>

#include "../text/text.h"

enum { PER_CHUNK = 512, CHUNK_BYTES = 64 << 10 };

struct siecle_roll_t {
    apr_pool_t *pool;
    siecle_record_t *chunks[SIECLE_RECORDS_MOST / PER_CHUNK + 1];
    int count;
    apr_uint32_t *places; /* by the hash of the id: the record's place, from 1 */
    apr_uint32_t slots;   /* a power of two, at least twice the count */
    apr_pool_t *places_pool;
    int next; /* behind the record found last: most come in the order of the file again */
    char *room;
    apr_size_t left;
};

siecle_roll_t *siecle_roll_make(apr_pool_t *pool)
{
    siecle_roll_t *roll = apr_pcalloc(pool, sizeof *roll);

    roll->pool = pool;
    return roll;
}

const char *siecle_roll_keep(siecle_roll_t *roll, const char *bytes, apr_size_t length)
{
    char *kept;

    if (length > roll->left) {
        roll->left = length > CHUNK_BYTES ? length : CHUNK_BYTES;
        roll->room = apr_palloc(roll->pool, roll->left);
    }
    kept = roll->room;
    memcpy(kept, bytes, length);
    roll->room += length;
    roll->left -= length;
    return kept;
}

int siecle_roll_count(const siecle_roll_t *roll)
{
    return roll->count;
}

siecle_record_t *siecle_roll_at(const siecle_roll_t *roll, int place)
{
    return &roll->chunks[place / PER_CHUNK][place % PER_CHUNK];
}

/* The slot of an id, or the free one where it would stand. */
static apr_uint32_t *slot_of(const siecle_roll_t *roll, const char *id)
{
    apr_uint32_t slot = (apr_uint32_t)text_hash(id);

    for (;; slot++) {
        apr_uint32_t *place = &roll->places[slot & (roll->slots - 1)];

        if (*place == 0 || strcmp(siecle_roll_at(roll, (int)*place - 1)->id, id) == 0)
            return place;
    }
}

siecle_record_t *siecle_roll_find(siecle_roll_t *roll, const char *id)
{
    apr_uint32_t place;

    if (roll->next < roll->count && strcmp(siecle_roll_at(roll, roll->next)->id, id) == 0)
        return siecle_roll_at(roll, roll->next++);
    place = roll->slots > 0 ? *slot_of(roll, id) : 0;
    if (place > 0)
        roll->next = (int)place;
    return place > 0 ? siecle_roll_at(roll, (int)place - 1) : NULL;
}

/* Twice as many slots; the former ones are given back. */
static void grow(siecle_roll_t *roll)
{
    apr_pool_t *former = roll->places_pool;
    int i;

    roll->slots = roll->slots > 0 ? roll->slots * 2 : 1024;
    apr_pool_create(&roll->places_pool, roll->pool);
    roll->places = apr_pcalloc(roll->places_pool, roll->slots * sizeof *roll->places);
    for (i = 0; i < roll->count; i++)
        *slot_of(roll, siecle_roll_at(roll, i)->id) = (apr_uint32_t)i + 1;
    if (former != NULL)
        apr_pool_destroy(former);
}

siecle_record_t *siecle_roll_record(siecle_roll_t *roll, const char *id)
{
    siecle_record_t *record = siecle_roll_find(roll, id);
    apr_uint32_t *place;

    if (record != NULL)
        return record;
    if ((apr_uint32_t)roll->count * 2 >= roll->slots)
        grow(roll);
    place = slot_of(roll, id);
    if (roll->count == SIECLE_RECORDS_MOST)
        return NULL;
    if (roll->count % PER_CHUNK == 0)
        roll->chunks[roll->count / PER_CHUNK] = apr_pcalloc(roll->pool, PER_CHUNK * sizeof *record);
    record = siecle_roll_at(roll, roll->count);
    record->id = siecle_roll_keep(roll, id, strlen(id) + 1);
    *place = (apr_uint32_t)++roll->count;
    return record;
}

void siecle_unpack(const siecle_record_t *record, const char **texts)
{
    const char *at = record != NULL ? record->packed : NULL;

    while (at != NULL && *at != FIELD_NONE) {
        texts[(unsigned char)*at] = at + 1;
        at += strlen(at) + 1;
    }
}
