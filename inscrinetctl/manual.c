/* SPDX-License-Identifier: Apache-2.0 */
#include "manual.h"

#include <apr_lib.h>
#include <string.h>

/* ---------------------------------------------------------------- roff */

/* Hyphens that are typed as they stand; what would begin a request doesn't. */
static void put_roff(FILE *to, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", to);
    for (; *text != '\0'; text++)
        if (*text == '-')
            fputs("\\-", to);
        else if (*text == '\\')
            fputs("\\e", to);
        else if (strncmp(text, "…", 3) == 0) {
            fputs("...", to);
            text += 2;
        } else
            fputc(*text, to);
}

void manual_page(FILE *to, const manual_verb_t *verbs, int count)
{
    int i;

    fputs(".TH INSCRINETCTL 1 \"\" \"Inscrinet EXAPRO " INSCRINET_VERSION "\"\n"
          ".SH NAME\ninscrinetctl \\- the operators' command of Inscrinet EXAPRO\n"
          ".SH SYNOPSIS\n.B inscrinetctl\n[\\fB\\-d\\fR \\fIDATABASE\\fR] \\fIVERB\\fR ...\n"
          ".SH DESCRIPTION\nWorks on the base of an academy's registrations for its vocational exams, "
          "whether the "
          "server runs or not.\n.I DATABASE\nis sqlite3:\\fIFILE\\fR or pgsql:\\fICONNINFO\\fR.\n"
          "Standard output is for the answer alone; progress is shown on a terminal only.\n.SH VERBS\n",
          to);
    for (i = 0; i < count; i++) {
        fputs(".TP\n.B ", to);
        put_roff(to, verbs[i].usage);
        fputc('\n', to);
        put_roff(to, verbs[i].does);
        fputc('\n', to);
    }
    fputs(".SH EXIT STATUS\n.TP\n0\ndone\n.TP\n1\nrefused or failed, with one line on standard "
          "error\n.TP\n2\nwrong "
          "usage\n.SH ENVIRONMENT\n.TP\n.B INSCRINET_DATABASE\nthe base where \\fB\\-d\\fR names none\n",
          to);
}

/* ---------------------------------------------------------------- bash */

static int is_word(char sign)
{
    return apr_islower(sign) || apr_isdigit(sign) || sign == '-';
}

/* Options and words that are typed as they stand: what is in capitals stands for something else. */
static void put_words(FILE *to, const char *usage)
{
    const char *at = usage;

    while (*at != '\0') {
        size_t length = 0;

        while (is_word(at[length]))
            length++;
        if (length > 1 && at != usage && at[length] != ':' && at[length] != '/' && !apr_isupper(at[length]))
            fprintf(to, " %.*s", (int)length, at);
        at += length;
        while (*at != '\0' && !is_word(*at))
            at++;
    }
}

void manual_completion(FILE *to, const manual_verb_t *verbs, int count)
{
    int i;

    fputs("# bash completion for inscrinetctl\n_inscrinetctl()\n{\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} verb= words= i\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n        -d) ((i++)) ;;\n"
          "        *) verb=${COMP_WORDS[i]} && break ;;\n        esac\n    done\n"
          "    case $verb in\n    '') words='-d --help --version",
          to);
    for (i = 0; i < count; i++)
        fprintf(to, " %s", verbs[i].name);
    fputs("' ;;\n", to);
    for (i = 0; i < count; i++) {
        fprintf(to, "    %s) words='--help", verbs[i].name);
        put_words(to, verbs[i].usage);
        fputs("' ;;\n", to);
    }
    fputs("    esac\n    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n}\n"
          "complete -o default -F _inscrinetctl inscrinetctl\n",
          to);
}
