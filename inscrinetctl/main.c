/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl [-d DATABASE] VERB …: the operators' command. One table of verbs, verbs.def; each verb is a
 * file of its name.
 */
#include <apr_env.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/parameter.h"
#include "../lib/text/text.h"
#include "manual.h"
#include "verbs.h"

typedef struct verb_t {
    const char *name;
    int (*run)(ctl_t *ctl, int argc, const char *const *argv);
    manual_verb_t told;
} verb_t;

static const verb_t verbs[] = {
#define VERB(name, usage, does) {#name, verb_##name, {#name, usage, does}},
#include "verbs.def"
#undef VERB
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static void print_help(FILE *to)
{
    int i;

    fprintf(to, "usage: inscrinetctl [-d DATABASE] VERB …\n"
                "DATABASE is sqlite3:FILE or pgsql:CONNINFO (or INSCRINET_DATABASE in the environment).\n\n");
    for (i = 0; i < VERBS; i++)
        fprintf(to, "  %s\n      %s\n", verbs[i].told.usage, verbs[i].told.does);
    fprintf(to, "\nExit status: 0 done, 1 refused or failed, 2 wrong usage.\n");
}

/* What packages install beside the command: --man, --completion. 0: it is none of these. */
static int print_for_system(const char *option)
{
    manual_verb_t told[VERBS];
    int i;

    for (i = 0; i < VERBS; i++)
        told[i] = verbs[i].told;
    if (strcmp(option, "--man") == 0)
        manual_page(stdout, told, VERBS);
    else if (strcmp(option, "--completion") == 0)
        manual_completion(stdout, told, VERBS);
    else
        return 0;
    return 1;
}

static const verb_t *verb_of(const char *name)
{
    int i;

    for (i = 0; i < VERBS; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static int wants_help(int argc, const char *const *argv)
{
    int i;

    for (i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0)
            return 1;
    return 0;
}

/* A path is what the system says it is; "" stands for each word of the verb. */
static int is_path(const char *verb, const char *before)
{
    static const struct {
        const char *verb, *before;
    } paths[] = {{"demo", "--accounts"}, {"mail", "--templates"}, {"template", ""}, {"unload", ""},
                 {"load", ""},           {"backup", ""},          {"restore", ""},  {"work", ""}};
    size_t i;

    for (i = 0; i < sizeof paths / sizeof *paths; i++)
        if (strcmp(verb, paths[i].verb) == 0 &&
            (paths[i].before[0] == '\0' || strcmp(before, paths[i].before) == 0))
            return 1;
    return 0;
}

/* A reason, a label, a name: a line of a page. A parameter may be a page itself. */
enum { WORD_MOST = 200 };

/* A word or value through the gate that forms go through. NULL after a message, which doesn't tell a terminal
 * what was refused. */
static const char *let_in(ctl_t *ctl, const char *verb, const char *word, int place)
{
    int is_parameter = strcmp(verb, "parameter") == 0;
    const char *text = text_entered(ctl->pool, word, is_parameter ? "\n\t" : "");
    apr_size_t most = is_parameter ? PARAMETER_MOST : WORD_MOST;

    if (text == NULL)
        ctl_fail("word %d after %s: not a text (UTF-8, without control characters)", place, verb);
    else if (text_characters(text) > most)
        ctl_fail("word %d after %s: longer than %d characters", place, verb, (int)most);
    else
        return text;
    return NULL;
}

/* argv[0] is the verb. NULL after a message. */
static const char *const *let_all_in(ctl_t *ctl, int argc, const char *const *argv)
{
    const char **words = apr_pcalloc(ctl->pool, (apr_size_t)(argc + 1) * sizeof *words);
    int i;

    words[0] = argv[0];
    for (i = 1; i < argc; i++) {
        words[i] = is_path(argv[0], argv[i - 1]) ? argv[i] : let_in(ctl, argv[0], argv[i], i);
        if (words[i] == NULL)
            return NULL;
    }
    return words;
}

static int run(ctl_t *ctl, int argc, const char *const *argv)
{
    const verb_t *verb;

    if (argc > 2 && strcmp(argv[1], "-d") == 0) {
        ctl->database = argv[2];
        argc -= 2;
        argv += 2;
    }
    if (argc < 2) {
        print_help(stderr);
        return CTL_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return CTL_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("inscrinetctl %s\n", INSCRINET_VERSION);
        return CTL_DONE;
    }
    if (print_for_system(argv[1]))
        return CTL_DONE;
    verb = verb_of(argv[1]);
    if (verb == NULL) {
        fprintf(stderr, "inscrinetctl: no such verb: %s (--help lists them)\n", argv[1]);
        return CTL_USAGE;
    }
    if (wants_help(argc - 1, argv + 1)) {
        printf("usage: inscrinetctl [-d DATABASE] %s\n%s\n", verb->told.usage, verb->told.does);
        return CTL_DONE;
    }
    if ((argv = let_all_in(ctl, argc - 1, argv + 1)) == NULL)
        return CTL_FAILED;
    return verb->run(ctl, argc - 1, argv);
}

int main(int argc, const char *const *argv)
{
    const char *database = NULL;
    ctl_t ctl = {0};
    int status;

    if (apr_app_initialize(&argc, &argv, NULL) != APR_SUCCESS ||
        apr_pool_create(&ctl.pool, NULL) != APR_SUCCESS)
        return CTL_FAILED;
    apr_env_get((char **)&database, "INSCRINET_DATABASE", ctl.pool);
    ctl.database = database;
    ctl_begin(&ctl);
    status = run(&ctl, argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout))
        status = ctl_fail("can't write to standard output");
    apr_terminate();
    return status;
}
