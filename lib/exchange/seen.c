/* SPDX-License-Identifier: Apache-2.0 */
#include "seen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../text/text.h"

enum { FIRST_SLOTS = 1 << 11 };

/* Numbers, each in the first free slot from its own on; 0: free. Two of three are in use at most. */
struct seen_t {
    uint64_t *slots;
    size_t size; /* a power of 2 */
    size_t count;
};

static apr_status_t free_slots(void *baton)
{
    free(((seen_t *)baton)->slots);
    return APR_SUCCESS;
}

seen_t *seen_make(apr_pool_t *pool)
{
    seen_t *seen = apr_pcalloc(pool, sizeof *seen);

    apr_pool_cleanup_register(pool, seen, free_slots, apr_pool_cleanup_null);
    return seen;
}

void seen_clear(seen_t *seen)
{
    if (seen->count > 0)
        memset(seen->slots, 0, seen->size * sizeof *seen->slots);
    seen->count = 0;
}

/* Its bits are mixed as MurmurHash3 does at its end. */
static uint64_t number_of(int kind, const char *of, const char *text)
{
    uint64_t number = TEXT_HASH_LONG ^ (uint64_t)(unsigned)kind;

    number = text_hash_long(number, of, strlen(of) + 1);
    number = text_hash_long(number, text, strlen(text) + 1);
    number = (number ^ (number >> 33)) * 0xff51afd7ed558ccdu;
    number = (number ^ (number >> 33)) * 0xc4ceb9fe1a85ec53u;
    number ^= number >> 33;
    return number != 0 ? number : 1;
}

static uint64_t *slot_of(uint64_t *slots, size_t size, uint64_t number)
{
    size_t i = (size_t)number & (size - 1);

    while (slots[i] != 0 && slots[i] != number)
        i = (i + 1) & (size - 1);
    return &slots[i];
}

/* Without memory it ends the process, as pools do. */
static void grow(seen_t *seen)
{
    size_t i, size = seen->size > 0 ? seen->size * 2 : FIRST_SLOTS;
    uint64_t *slots = calloc(size, sizeof *slots);

    if (slots == NULL)
        abort();
    for (i = 0; i < seen->size; i++)
        if (seen->slots[i] != 0)
            *slot_of(slots, size, seen->slots[i]) = seen->slots[i];
    free(seen->slots);
    seen->slots = slots;
    seen->size = size;
}

int seen_has(const seen_t *seen, int kind, const char *of, const char *text)
{
    return seen->count > 0 && *slot_of(seen->slots, seen->size, number_of(kind, of, text)) != 0;
}

void seen_add(seen_t *seen, int kind, const char *of, const char *text)
{
    uint64_t number = number_of(kind, of, text), *slot;

    if (seen->count * 3 >= seen->size * 2)
        grow(seen);
    slot = slot_of(seen->slots, seen->size, number);
    seen->count += *slot == 0;
    *slot = number;
}

/* ---------------------------------------------------------------- a Bloom filter */

enum { BITS = 1 << 25, PROBES = 3, PROBE_SHIFT = 19 };

struct glimpsed_t {
    unsigned char *bits;
};

static apr_status_t free_bits(void *baton)
{
    free(((glimpsed_t *)baton)->bits);
    return APR_SUCCESS;
}

glimpsed_t *glimpsed_make(apr_pool_t *pool)
{
    glimpsed_t *glimpsed = apr_pcalloc(pool, sizeof *glimpsed);

    if ((glimpsed->bits = calloc(BITS / 8, 1)) == NULL)
        abort();
    apr_pool_cleanup_register(pool, glimpsed, free_bits, apr_pool_cleanup_null);
    return glimpsed;
}

int glimpsed_add(glimpsed_t *glimpsed, int kind, const char *of, const char *text)
{
    uint64_t number = number_of(kind, of, text);
    int i, there = 1;

    for (i = 0; i < PROBES; i++, number >>= PROBE_SHIFT) {
        unsigned char *byte = &glimpsed->bits[number % BITS / 8], bit = (unsigned char)(1 << number % 8);

        there &= (*byte & bit) != 0;
        *byte |= bit;
    }
    return there;
}
