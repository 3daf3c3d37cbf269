/* SPDX-License-Identifier: Apache-2.0
 *
 * What a class that logs in costs at least: so many passwords compared, by as many threads as there are
 * processors. bench_hashes PASSWORD COUNT THREADS: prints the seconds.
 */
#include <apr_general.h>
#include <apr_thread_proc.h>
#include <apr_time.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/password.h"

static const char *password, *hash;
static int left;

static void *compare(apr_thread_t *thread, void *baton)
{
    (void)thread;
    (void)baton;
    while (__atomic_fetch_sub(&left, 1, __ATOMIC_SEQ_CST) > 0)
        if (!password_verify(password, hash))
            abort();
    return NULL;
}

int main(int argc, char **argv)
{
    apr_thread_t *threads[64];
    apr_pool_t *pool;
    apr_status_t status;
    apr_time_t began;
    int i, count;

    if (argc != 4 || (count = atoi(argv[3])) < 1 || count > 64)
        return 2;
    apr_initialize();
    apr_pool_create(&pool, NULL);
    password = argv[1];
    left = atoi(argv[2]);
    hash = password_hash(pool, password);
    began = apr_time_now();
    for (i = 0; i < count; i++)
        if (apr_thread_create(&threads[i], NULL, compare, NULL, pool) != APR_SUCCESS)
            return 1;
    for (i = 0; i < count; i++)
        apr_thread_join(&status, threads[i]);
    printf("%.6f\n", (double)(apr_time_now() - began) / 1e6);
    return 0;
}
