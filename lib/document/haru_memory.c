/* SPDX-License-Identifier: Apache-2.0
 *
 * libharu's memory. Where there is none left, some of libharu's functions go on with what they have just
 * freed, so it is never told: small pieces come from a reserve that all documents share, and whoever is
 * making a document then sees that it is lost (haru_lost), and stops. Only pieces larger than libharu's own
 * are refused.
 */
#include "haru_internal.h"

#include <pthread.h>
#include <stdlib.h>

#define RESERVE (1024 * 1024)
#define SMALL (16 * 1024)
#define ALIGNED(size) (((size) + 15) / 16 * 16)

void *(*haru_malloc)(size_t) = malloc;
void (*haru_free)(void *) = free;

static struct {
    pthread_mutex_t lock;
    apr_size_t used;
    long pieces;
    _Alignas(16) unsigned char bytes[RESERVE];
} reserve = {.lock = PTHREAD_MUTEX_INITIALIZER};
static unsigned shortages;

unsigned haru_shortages(void)
{
    return __atomic_load_n(&shortages, __ATOMIC_ACQUIRE);
}

/* the last of it is also the process's: httpd's pools end it too */
static void *from_reserve(apr_size_t size)
{
    void *piece;

    pthread_mutex_lock(&reserve.lock);
    if (reserve.used + size > RESERVE)
        abort();
    piece = reserve.bytes + reserve.used;
    reserve.used += size;
    reserve.pieces++;
    pthread_mutex_unlock(&reserve.lock);
    return piece;
}

void *haru_allocate(HPDF_UINT size)
{
    void *piece = haru_malloc(size);

    if (piece)
        return piece;
    __atomic_add_fetch(&shortages, 1, __ATOMIC_RELEASE);
    return size <= SMALL ? from_reserve(ALIGNED(size)) : NULL;
}

void haru_release(void *piece)
{
    unsigned char *at = piece;

    if (at < reserve.bytes || at >= reserve.bytes + RESERVE) {
        haru_free(piece);
        return;
    }
    pthread_mutex_lock(&reserve.lock);
    if (--reserve.pieces == 0)
        reserve.used = 0;
    pthread_mutex_unlock(&reserve.lock);
}
