/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of the demo's accounts: the only place where its passwords stand in clear. It is written before
 * the base is committed, so that no base is left whose passwords nobody knows, and gets its name after.
 */
#include <apr_strings.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "demo.h"

static void write_account(FILE *to, service_t service, const char *login, const char *password, int open)
{
    fprintf(to, "%s\t*\t%s\t%s\t%s\n", service_info(service)->code, login, password, open ? "open" : "fresh");
}

/* Nobody has logged in to a fresh school yet: its password is its code, and it has none for registration. */
static void write_school(FILE *to, const demo_school_t *school)
{
    const char *login = school->establishment.code;

    if (!school->open) {
        write_account(to, SERVICE_ESTABLISHMENT, login, login, 0);
        return;
    }
    write_account(to, SERVICE_ESTABLISHMENT, login, school->password[SERVICE_ESTABLISHMENT].generated, 1);
    write_account(to, SERVICE_SCHOOL_REGISTRATION, login,
                  school->password[SERVICE_SCHOOL_REGISTRATION].generated, 1);
}

static void write_table(FILE *to, const demo_t *demo)
{
    int i;

    fputs("service\texam\tlogin\tpassword\tstate\n", to);
    for (i = 0; i < DEMO_MANAGERS; i++)
        write_account(to, SERVICE_MANAGER, demo->managers[i].login, demo->managers[i].password.generated, 1);
    for (i = 0; i < demo->establishments; i++)
        write_school(to, &demo->schools[i]);
    for (i = 0; i < demo->individuals->nelts; i++) {
        const demo_individual_t *one = &APR_ARRAY_IDX(demo->individuals, i, demo_individual_t);

        fprintf(to, "%s\t%s\t%" APR_INT64_T_FMT "\t%s\t%s\n", service_info(SERVICE_PUBLIC_REGISTRATION)->code,
                one->session->path, one->number, one->code, one->birth_date);
    }
}

int demo_accounts_write(const demo_t *demo, const char *path, const char **temporary)
{
    char *name;
    FILE *to;
    int file, failed;

    *temporary = NULL;
    if (path == NULL) {
        write_table(stdout, demo);
        return CTL_DONE;
    }
    name = apr_pstrcat(demo->pool, path, ".XXXXXX", NULL);
    if ((file = mkstemp(name)) < 0 || (to = fdopen(file, "w")) == NULL)
        return ctl_fail("%s: %s", path, strerror(errno));
    write_table(to, demo);
    failed = ferror(to) != 0 || fflush(to) != 0 || fsync(file) != 0;
    if (fclose(to) != 0 || failed) {
        ctl_fail("%s: %s", path, strerror(errno));
        unlink(name);
        return CTL_FAILED;
    }
    *temporary = name;
    return CTL_DONE;
}

int demo_accounts_keep(const char *temporary, const char *path)
{
    return rename(temporary, path) == 0 ? CTL_DONE : ctl_fail("%s: %s", path, strerror(errno));
}
