/* SPDX-License-Identifier: Apache-2.0 */
#include "parameter.h"

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
#define A_TEXT "un texte"
#define A_LINE "un texte de 200 caractères au plus"
#define YES_OR_NO "OUI ou NON"

enum { LINE = 200, BLOCK = 2000, PAGE = PARAMETER_MOST };

/* Each in two lines: what the rules and the command know, what people read. */
/* clang-format off */
static const parameter_t parameters[] = {
    {"academie", PARAMETER_GLOBAL, PARAMETER_AUTHORITY, PARAMETER_LINE, LINE, is_text, "", TEXT, "name of the authority, printed on every document",
     .label = "Nom de l’académie", .hint = "En tête de chaque page et de chaque document", .shape = A_LINE, .needed = 1},
    {"accessibilite", PARAMETER_GLOBAL, PARAMETER_TEXTS, PARAMETER_LINES, PAGE, is_text, "", TEXT, "page « Accessibilité »",
     .label = "Page « Accessibilité »", .hint = "Une ligne vide sépare deux paragraphes", .shape = A_TEXT},
    {"activites_eps", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_LIST, BLOCK, is_rule, "Danse|Demi-fond|Tennis de table", "labels parted by |", "activities of the EPS ponctuelle (Danse|Demi-fond|Tennis de table)",
     .label = "Activités de l’EPS ponctuelle", .hint = "Celles entre lesquelles le candidat choisit, une par ligne", .shape = "une activité par ligne"},
    {"activites_eps_nombre", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_NUMBER, LINE, is_rule, "1", "0, 1 or 2", "how many of them a candidate chooses (BCP 2, others 1)",
     .label = "Nombre d’activités d’EPS à choisir", .shape = "0, 1 ou 2", .other = EXAM_BCP, .other_usual = "2"},
    {"adresse_site", PARAMETER_GLOBAL, PARAMETER_AUTHORITY, PARAMETER_LINE, LINE, is_address, "", "https://…", "public address of the site, in messages and on login slips",
     .label = "Adresse publique du site", .hint = "Dans les messages et sur les fiches de connexion", .shape = "une adresse qui commence par https:// ou http://"},
    {"age_min_individuel", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_NUMBER, LINE, is_rule, "18", NUMBER, "age of individuals for CAP and BEP on 31 December (18); 0: no rule",
     .label = "Âge minimal des candidats individuels au CAP et au BEP", .hint = "Au 31 décembre de l’année de l’examen ; 0 : aucune règle", .shape = "un nombre de 0 à 99"},
    {"aide", PARAMETER_GLOBAL, PARAMETER_TEXTS, PARAMETER_LINES, PAGE, is_text, "", TEXT, "page « Aide »",
     .label = "Page « Aide et contact »", .hint = "Une ligne vide sépare deux paragraphes", .shape = A_TEXT},
    {"anciens_candidats_ans", PARAMETER_GLOBAL, PARAMETER_DATES, PARAMETER_NUMBER, LINE, is_number, "1", NUMBER, "years after their session for which candidates of past sessions are kept (1)",
     .label = "Années de conservation des anciens candidats", .hint = "Après leur session", .shape = "un nombre de 0 à 9999"},
    {"brouillon_jours", PARAMETER_GLOBAL, PARAMETER_DATES, PARAMETER_NUMBER, LINE, is_number, "60", NUMBER, "days for which an unfinished registration is kept (60)",
     .label = "Jours de conservation d’une inscription non terminée", .shape = "un nombre de 0 à 9999"},
    {"centres", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_LIST, PAGE, is_rule, "", "labels parted by |", "centres that individuals may wish for; empty: not asked",
     .label = "Centres d’examen proposés aux individuels", .hint = "Un par ligne ; vide : la question n’est pas posée", .shape = "un centre par ligne"},
    {"confidentialite", PARAMETER_BOTH, PARAMETER_DOCUMENTS, PARAMETER_LINES, BLOCK, is_rule, "", TEXT, "notice on personal data, on the confirmation and under the forms",
     .label = "Mention sur les données personnelles", .hint = "Sur la confirmation et sous les formulaires", .shape = A_TEXT},
    {"confirmation_handicap", PARAMETER_BOTH, PARAMETER_DOCUMENTS, PARAMETER_YES_NO, LINE, is_rule, "N", YES_NO, "whether the answer on adjustments for handicap prints (N)",
     .label = "Imprimer la réponse sur les aménagements d’épreuves", .hint = "Sur la confirmation d’inscription", .shape = YES_OR_NO},
    {"contact", PARAMETER_BOTH, PARAMETER_DOCUMENTS, PARAMETER_LINES, BLOCK, is_rule, "", TEXT, "whom to ask, printed on the confirmation",
     .label = "Service à contacter", .hint = "Imprimé sur la confirmation d’inscription", .shape = A_TEXT},
    {"controle_prerequis", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_CHOICE, LINE, is_rule, "avertir", "off, avertir or bloquer", "what lacking experience does (avertir)",
     .label = "Expérience ou diplôme requis qui manque", .shape = "un des choix proposés", .choices = "off=Ne rien dire|avertir=Avertir le candidat|bloquer=Refuser l’inscription"},
    {"courriel_expediteur", PARAMETER_GLOBAL, PARAMETER_AUTHORITY, PARAMETER_LINE, LINE, is_email, "", "an address", "sender of messages",
     .label = "Expéditeur des messages", .hint = "Adresse à laquelle les candidats répondent", .shape = "une adresse électronique"},
    {"courriel_serveur", PARAMETER_GLOBAL, PARAMETER_AUTHORITY, PARAMETER_LINE, LINE, is_carrier, "", "smtp://host:port, smtps://… or sendmail:/path", "how messages are sent",
     .label = "Serveur d’envoi des messages", .hint = "Un programme du serveur (sendmail:/…) se règle par la commande inscrinetctl", .shape = "smtp://serveur:port ou smtps://serveur:port", .operators = "sendmail:"},
    {"departements_couverts", PARAMETER_GLOBAL, PARAMETER_AUTHORITY, PARAMETER_LINE, BLOCK, is_rule, "", "3-character codes", "departments of the authority; an address elsewhere is warned about",
     .label = "Départements de l’académie", .hint = "Codes à 3 caractères ; un candidat qui habite ailleurs est averti", .shape = "des codes à 3 caractères, par exemple 021 058"},
    {"division", PARAMETER_BOTH, PARAMETER_AUTHORITY, PARAMETER_LINE, LINE, is_rule, "", TEXT, "office in charge, under the name of the authority",
     .label = "Service chargé des examens", .hint = "Sous le nom de l’académie", .shape = A_LINE},
    {"donnees_personnelles", PARAMETER_GLOBAL, PARAMETER_TEXTS, PARAMETER_LINES, PAGE, is_text, "", TEXT, "page « Données personnelles »",
     .label = "Page « Données personnelles »", .hint = "Une ligne vide sépare deux paragraphes", .shape = A_TEXT},
    {"duree_benefice_ans", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_NUMBER, LINE, is_rule, "5", NUMBER, "years for which a mark can be kept (5)",
     .label = "Années pendant lesquelles une note peut être conservée", .shape = "un nombre de 0 à 99"},
    {"engagement", PARAMETER_BOTH, PARAMETER_DOCUMENTS, PARAMETER_LINES, BLOCK, is_rule, "", TEXT, "what the candidate signs on the confirmation",
     .label = "Engagement du candidat", .hint = "Au-dessus de la signature, sur la confirmation", .shape = A_TEXT},
    {"fuseau", PARAMETER_GLOBAL, PARAMETER_DATES, PARAMETER_LINE, LINE, is_zone, "Europe/Paris", "Continent/City, as Europe/Paris", "time zone of every opening, closing and printed hour",
     .label = "Fuseau horaire", .hint = "Celui de toutes les heures affichées et imprimées", .shape = "Continent/Ville, par exemple Europe/Paris"},
    {"grace_minutes", PARAMETER_BOTH, PARAMETER_DATES, PARAMETER_NUMBER, LINE, is_rule, "0", NUMBER, "minutes after the end for a last validation begun before it (0)",
     .label = "Minutes de grâce après la clôture", .hint = "Pour valider une inscription commencée avant elle", .shape = "un nombre de 0 à 1440"},
    {"langues", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_LINE, BLOCK, is_rule, "", "codes", "languages that the authority organises; empty: all that the exam accepts",
     .label = "Langues organisées par l’académie", .hint = "Leurs codes ; vide : toutes celles que l’examen admet", .shape = "des codes de langues, par exemple ANG ALL"},
    {"max_facultatives", PARAMETER_EXAM, PARAMETER_RULES, PARAMETER_NUMBER, LINE, is_rule, "2", NUMBER, "optional units that a candidate may take (BTS 4, others 2)",
     .label = "Nombre d’épreuves facultatives", .shape = "un nombre de 0 à 9", .other = EXAM_BTS, .other_usual = "4"},
    {"mentions_legales", PARAMETER_GLOBAL, PARAMETER_TEXTS, PARAMETER_LINES, PAGE, is_text, "", TEXT, "page « Mentions légales »",
     .label = "Page « Mentions légales »", .hint = "Une ligne vide sépare deux paragraphes", .shape = A_TEXT},
    {"modification_par_etablissement", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_YES_NO, LINE, is_rule, "N", YES_NO, "whether a school may modify its candidates' registrations until the register closes, under its own name (N)",
     .label = "Modification par l’établissement", .hint = "L’établissement modifie les inscriptions de ses candidats, en son nom, jusqu’à la clôture", .shape = YES_OR_NO},
    {"note_min_benefice", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_LINE, LINE, is_rule, "10,00", "a mark", "least mark that can be kept (10,00)",
     .label = "Note minimale qui peut être conservée", .shape = "une note sur 20, par exemple 8,50"},
    {"piece_jours_candidat", PARAMETER_BOTH, PARAMETER_DATES, PARAMETER_NUMBER, LINE, is_number, "7", NUMBER, "days after which a missing piece is the school's to see to (7)",
     .label = "Jours laissés au candidat à qui une pièce manque", .hint = "Après le message, puis son établissement est chargé de le prévenir", .shape = "un nombre de 0 à 9999"},
    {"piece_jours_etablissement", PARAMETER_BOTH, PARAMETER_DATES, PARAMETER_NUMBER, LINE, is_number, "7", NUMBER, "days after that until the office calls the candidate (7)",
     .label = "Jours laissés à l’établissement pour prévenir le candidat", .hint = "Ensuite, le candidat figure parmi ceux que le service des examens appelle", .shape = "un nombre de 0 à 9999"},
    {"questions", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_LINE, BLOCK, is_rule, "", "names of questions", "asked beyond the usual ones; -name: not asked",
     .label = "Questions posées en plus ou en moins", .hint = "Par exemple : profession -deja_candidat, où le tiret retire une question", .shape = "des noms de questions, chacun avec un tiret devant s’il est retiré"},
    {"report_moins_de_10", PARAMETER_BOTH, PARAMETER_RULES, PARAMETER_YES_NO, LINE, is_rule, "N", YES_NO, "whether lower marks are carried over in the forme progressive (N)",
     .label = "Report des notes inférieures à 10", .hint = "En forme progressive", .shape = YES_OR_NO},
    {"retour_adresse", PARAMETER_BOTH, PARAMETER_DOCUMENTS, PARAMETER_LINES, BLOCK, is_rule, "", TEXT, "where the signed confirmation goes, printed on it",
     .label = "Adresse de retour de la confirmation", .hint = "Imprimée sur la confirmation d’inscription", .shape = A_TEXT, .needed = 1},
    {"retour_confirmation", PARAMETER_BOTH, PARAMETER_DATES, PARAMETER_DATE, LINE, is_date, "", "AAAA-MM-JJ", "last day for handing in the signed confirmation",
     .label = "Date limite de retour de la confirmation", .hint = "Facultative ; imprimée sur la confirmation", .shape = "une date JJ/MM/AAAA"},
    {"texte_accueil", PARAMETER_BOTH, PARAMETER_TEXTS, PARAMETER_LINES, BLOCK, is_rule, "", TEXT, "welcome on an exam's entry page",
     .label = "Accueil de l’inscription", .hint = "En tête de la page d’entrée d’un examen", .shape = A_TEXT},
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
    return text_characters(value) <= (apr_size_t)parameter->most &&
           (parameter->kind == PARAMETER_LINES || strpbrk(value, "\n\t") == NULL) &&
           parameter->right(pool, exam, parameter->name, value);
}

int parameter_takes(const parameter_t *parameter, exam_t exam)
{
    return (parameter->scope & (exam == EXAM_NONE ? PARAMETER_GLOBAL : PARAMETER_EXAM)) != 0;
}

const char *parameter_usual(const parameter_t *parameter, exam_t exam)
{
    return parameter->other_usual != NULL && exam == parameter->other ? parameter->other_usual
                                                                      : parameter->usual;
}

int parameter_incomplete(const parameter_t *parameter, const char *value)
{
    return (parameter->needed && value[0] == '\0') || strstr(value, "[À compléter") != NULL;
}
