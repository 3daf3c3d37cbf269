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

/* "+3d", "-90m": from now. */
static int read_offset(const char *typed, apr_int64_t now, apr_int64_t *instant)
{
    static const char units[] = "mhd";
    static const int seconds[] = {60, 3600, 24 * 3600};
    char *end;
    apr_int64_t offset = apr_strtoi64(typed, &end, 10);
    const char *unit = *end != '\0' ? strchr(units, *end) : NULL;

    if ((typed[0] != '+' && typed[0] != '-') || end == typed || unit == NULL || end[1] != '\0')
        return 0;
    *instant = now + offset * seconds[unit - units];
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
        return CTL_DONE;
    return ctl_fail("%s: not a time in %s; write 2026-11-14T17:00, 14/11/2026 17:00, +3d, -90m or now", typed,
                    zone);
}
