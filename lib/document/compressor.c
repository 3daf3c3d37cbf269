/* SPDX-License-Identifier: Apache-2.0 */
#include "compressor.h"

#include <pthread.h>
#include <stdlib.h>

#define IDLE_MOST 4

static struct {
    pthread_mutex_t lock;
    compressor_t *first;
    int count;
} idle = {.lock = PTHREAD_MUTEX_INITIALIZER};

static compressor_t *create(void)
{
    compressor_t *made = calloc(1, sizeof *made);

    if (made && deflateInit(&made->zlib, Z_BEST_SPEED) == Z_OK)
        return made;
    free(made);
    return NULL;
}

compressor_t *compressor_take(void)
{
    compressor_t *one;

    pthread_mutex_lock(&idle.lock);
    one = idle.first;
    if (one) {
        idle.first = one->next;
        idle.count--;
    }
    pthread_mutex_unlock(&idle.lock);
    return one ? one : create();
}

void compressor_give_back(compressor_t *compressor)
{
    int kept;

    pthread_mutex_lock(&idle.lock);
    kept = idle.count < IDLE_MOST;
    if (kept) {
        compressor->next = idle.first;
        idle.first = compressor;
        idle.count++;
    }
    pthread_mutex_unlock(&idle.lock);
    if (kept)
        return;
    deflateEnd(&compressor->zlib);
    free(compressor);
}
