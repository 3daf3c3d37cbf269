/* SPDX-License-Identifier: Apache-2.0 */
#include "parameter.h"

#include <apr_lib.h>
#include <stdlib.h>
#include <string.h>

#include "../text/text.h"
#include "check.h"
#include "exam_rules.h"

#define RIGHT(name) static int name(apr_pool_t *pool, exam_t exam, const char *of, const char *value)

RIGHT(is_text)
{
    (void)pool;
    (void)exam;
    (void)of;
    return text_is_utf8(value, strlen(value));
}

/* The rule that reads it says. */
RIGHT(is_rule)
{
    return exam_rules_set(pool, exam_rules_default(pool, exam == EXAM_NONE ? EXAM_BCP : exam), of, value);
}

RIGHT(is_number)
{
    const char *kept;

    (void)exam;
    (void)of;
    return check_number(pool, value, 9999, &kept) == MSG_OK;
}

RIGHT(is_date)
{
    const char *kept;

    (void)exam;
    (void)of;
    return value[0] == '\0' || (check_date(pool, value, &kept) == MSG_OK && strcmp(kept, value) == 0);
}

RIGHT(is_zone)
{
    (void)pool;
    (void)exam;
    (void)of;
    return local_zone_has_city(value);
}

RIGHT(is_email)
{
    const char *kept;

    (void)exam;
    (void)of;
    return value[0] == '\0' || check_email(pool, value, &kept) == MSG_OK;
}

RIGHT(is_carrier)
{
    static const char *const begins[] = {"smtp://", "smtps://", "sendmail:/"};
    size_t i;

    (void)pool;
    (void)exam;
    (void)of;
    for (i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(value, begins[i], strlen(begins[i])) == 0)
            return value[strlen(begins[i])] != '\0' && strchr(value, ' ') == NULL;
    return value[0] == '\0';
}

RIGHT(is_address)
{
    (void)pool;
    (void)exam;
    (void)of;
    return value[0] == '\0' ||
           (strchr(value, ' ') == NULL && ((strncmp(value, "https://", 8) == 0 && value[8] != '\0') ||
                                           (strncmp(value, "http://", 7) == 0 && value[7] != '\0')));
}

#define YES_NO "O or N"
#define NUMBER "a number"
#define TEXT "text"

enum { LINE = 200, BLOCK = 2000, PAGE = PARAMETER_MOST };

/* clang-format off */
static const parameter_t parameters[] = {
    {"academie", PARAMETER_GLOBAL, LINE, TEXT, "name of the authority, printed on every document", is_text},
    {"accessibilite", PARAMETER_GLOBAL, PAGE, TEXT, "page « Accessibilité »", is_text},
    {"activites_eps", PARAMETER_BOTH, BLOCK, "labels parted by |", "activities of the EPS ponctuelle (Danse|Demi-fond|Tennis de table)", is_rule},
    {"activites_eps_nombre", PARAMETER_BOTH, LINE, "0, 1 or 2", "how many of them a candidate chooses (BCP 2, others 1)", is_rule},
    {"adresse_site", PARAMETER_GLOBAL, LINE, "https://…", "public address of the site, in messages and on login slips", is_address},
    {"age_min_individuel", PARAMETER_BOTH, LINE, NUMBER, "age of individuals for CAP and BEP on 31 December (18); 0: no rule", is_rule},
    {"aide", PARAMETER_GLOBAL, PAGE, TEXT, "page « Aide »", is_text},
    {"anciens_candidats_ans", PARAMETER_GLOBAL, LINE, NUMBER, "years after their session for which candidates of past sessions are kept (1)", is_number},
    {"brouillon_jours", PARAMETER_GLOBAL, LINE, NUMBER, "days for which an unfinished registration is kept (60)", is_number},
    {"centres", PARAMETER_BOTH, PAGE, "labels parted by |", "centres that individuals may wish for; empty: not asked", is_rule},
    {"confidentialite", PARAMETER_BOTH, BLOCK, TEXT, "notice on personal data, on the confirmation and under the forms", is_rule},
    {"confirmation_handicap", PARAMETER_BOTH, LINE, YES_NO, "whether the answer on adjustments for handicap prints (N)", is_rule},
    {"contact", PARAMETER_BOTH, BLOCK, TEXT, "whom to ask, printed on the confirmation", is_rule},
    {"controle_prerequis", PARAMETER_BOTH, LINE, "off, avertir or bloquer", "what lacking experience does (avertir)", is_rule},
    {"courriel_expediteur", PARAMETER_GLOBAL, LINE, "an address", "sender of messages", is_email},
    {"courriel_serveur", PARAMETER_GLOBAL, LINE, "smtp://host:port, smtps://… or sendmail:/path", "how messages are sent", is_carrier},
    {"departements_couverts", PARAMETER_GLOBAL, BLOCK, "3-character codes", "departments of the authority; an address elsewhere is warned about", is_rule},
    {"division", PARAMETER_BOTH, LINE, TEXT, "office in charge, under the name of the authority", is_rule},
    {"donnees_personnelles", PARAMETER_GLOBAL, PAGE, TEXT, "page « Données personnelles »", is_text},
    {"duree_benefice_ans", PARAMETER_BOTH, LINE, NUMBER, "years for which a mark can be kept (5)", is_rule},
    {"engagement", PARAMETER_BOTH, BLOCK, TEXT, "what the candidate signs on the confirmation", is_rule},
    {"fuseau", PARAMETER_GLOBAL, LINE, "Continent/City, as Europe/Paris", "time zone of every opening, closing and printed hour", is_zone},
    {"grace_minutes", PARAMETER_BOTH, LINE, NUMBER, "minutes after the end for a last validation begun before it (0)", is_rule},
    {"langues", PARAMETER_BOTH, BLOCK, "codes", "languages that the authority organises; empty: all that the exam accepts", is_rule},
    {"max_facultatives", PARAMETER_EXAM, LINE, NUMBER, "optional units that a candidate may take (BTS 4, others 2)", is_rule},
    {"mentions_legales", PARAMETER_GLOBAL, PAGE, TEXT, "page « Mentions légales »", is_text},
    {"modification_par_etablissement", PARAMETER_BOTH, LINE, YES_NO, "whether a school may modify its candidates' registrations until the register closes, under its own name (N)", is_rule},
    {"note_min_benefice", PARAMETER_BOTH, LINE, "a mark", "least mark that can be kept (10,00)", is_rule},
    {"questions", PARAMETER_BOTH, BLOCK, "names of questions", "asked beyond the usual ones; -name: not asked", is_rule},
    {"report_moins_de_10", PARAMETER_BOTH, LINE, YES_NO, "whether lower marks are carried over in the forme progressive (N)", is_rule},
    {"retour_adresse", PARAMETER_BOTH, BLOCK, TEXT, "where the signed confirmation goes, printed on it", is_rule},
    {"retour_confirmation", PARAMETER_BOTH, LINE, "AAAA-MM-JJ", "last day for handing in the signed confirmation", is_date},
    {"texte_accueil", PARAMETER_BOTH, BLOCK, TEXT, "welcome on an exam's entry page", is_rule},
};
/* clang-format on */
enum { PARAMETERS = sizeof parameters / sizeof *parameters };

const parameter_t *parameter_find(const char *name)
{
    int i;

    for (i = 0; i < PARAMETERS; i++)
        if (strcmp(parameters[i].name, name) == 0)
            return &parameters[i];
    return NULL;
}

const parameter_t *parameter_at(int ordinal)
{
    return ordinal < PARAMETERS ? &parameters[ordinal] : NULL;
}

int parameter_right(apr_pool_t *pool, const parameter_t *parameter, exam_t exam, const char *value)
{
    int lines = parameter->most > LINE && strcmp(parameter->form, TEXT) == 0;

    return text_characters(value) <= (apr_size_t)parameter->most &&
           (lines || strpbrk(value, "\n\t") == NULL) && parameter->right(pool, exam, parameter->name, value);
}
