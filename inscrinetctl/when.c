/* SPDX-License-Identifier: Apache-2.0
 *
 * Instants as operators type them, in the authority's time zone.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/text/text.h"
#include "inscrinetctl.h"

/* Instants of this product: 2000-01-01 to 2100-01-01, UTC. */
#define EARLIEST APR_INT64_C(946684800)
#define LATEST APR_INT64_C(4102444800)
enum { OFFSET_DIGITS_MOST = 8 /* minutes of a century */ };

/* "+3d", "-90m": from now. */
static int read_offset(const char *typed, apr_int64_t now, apr_int64_t *instant)
{
    static const char units[] = "mhd";
    static const int seconds[] = {60, 3600, 24 * 3600};
    size_t digits = typed[0] != '\0' ? strspn(typed + 1, "0123456789") : 0;
    const char *end = typed + 1 + digits, *unit;
    apr_int64_t offset;

    if ((typed[0] != '+' && typed[0] != '-') || digits == 0 || *end == '\0' ||
        (unit = strchr(units, *end)) == NULL || end[1] != '\0')
        return 0;
    offset = (digits > OFFSET_DIGITS_MOST ? LATEST / 60 : apr_atoi64(typed + 1)) * seconds[unit - units];
    *instant = typed[0] == '+' ? now + offset : now - offset;
    return 1;
}

/* An hour that the change to summer time leaves out comes back as another one: it is refused. */
static int read_local(const char *typed, const char *zone, apr_int64_t *instant)
{
    int year, month, day, hour = 0, minute = 0, used = 0;
    local_time_t back;

    if (sscanf(typed, "%4d-%2d-%2d%*1[T ]%2d:%2d%n", &year, &month, &day, &hour, &minute, &used) != 5 &&
        sscanf(typed, "%2d/%2d/%4d%*1[T ]%2d:%2d%n", &day, &month, &year, &hour, &minute, &used) != 5)
        return 0;
    if (typed[used] != '\0')
        return 0;
    *instant = local_instant(zone, year, month, day, hour, minute);
    return *instant > 0 && local_time(zone, *instant, &back) && back.year == year && back.month == month &&
           back.day == day && back.hour == hour && back.minute == minute;
}

int ctl_when(const ctl_t *ctl, const char *typed, const char *zone, apr_int64_t *instant)
{
    if (strcmp(typed, "now") == 0) {
        *instant = ctl->now;
        return CTL_DONE;
    }
    if (read_offset(typed, ctl->now, instant) || read_local(typed, zone, instant))
        return *instant >= EARLIEST && *instant < LATEST ? CTL_DONE
                                                         : ctl_fail("%s: not between 2000 and 2100", typed);
    return ctl_fail("%s: not a time in %s; write 2026-11-14T17:00, 14/11/2026 17:00, +3d, -90m or now", typed,
                    zone);
}
