/* SPDX-License-Identifier: Apache-2.0
 *
 * Not for secrets: anybody who knows the seed knows what comes.
 */
#include "demo.h"

/* splitmix64: a counter that goes round in 2^64 odd steps, each value well mixed. */
static apr_uint64_t next(demo_random_t *random)
{
    apr_uint64_t mixed = random->state += APR_UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * APR_UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * APR_UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

void demo_random_seed(demo_random_t *random, apr_uint64_t seed, apr_uint64_t stream)
{
    random->state = seed;
    random->state = next(random) ^ stream;
    random->state = next(random);
}

int demo_random_below(demo_random_t *random, int below)
{
    return (int)(((next(random) >> 32) * (apr_uint64_t)below) >> 32);
}

int demo_random_percent(demo_random_t *random, int percent)
{
    return demo_random_below(random, 100) < percent;
}
