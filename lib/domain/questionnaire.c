/* SPDX-License-Identifier: Apache-2.0
 *
 * The table. A row is a question; the rules that rows name are in questionnaire_rules.c, the walk along the
 * rows in questionnaire_check.c. Labels are what acceptance relies on: they stay as they are, whatever the
 * hints become.
 *
 * A control that must be answered carries `required`. An optional one says « facultatif » in its hint; a
 * conditional one says when it applies, stands on its page in any case (there may be no script to hide it)
 * and may be left empty where it doesn't apply.
 */
#include "questionnaire.h"

#include <string.h>

#include "questionnaire_rules.h"

#define SCHOOL SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION)
#define PUBLIC SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION)
#define EVERYWHERE (SCHOOL | PUBLIC)
#define OPTIONAL "facultatif"

enum {
    LINE_MOST = 38, /* of a postal address: NF Z10-011 */
    TOWN_MOST = 60, /* Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson, with a CEDEX */
    CLASS_MOST = 20
};

static const step_t steps[STEP_COUNT] = {
    [STEP_CANDIDATURE] = {"candidature", "Candidature"},
    [STEP_IDENTITY] = {"identite", "Identité"},
    [STEP_BIRTH] = {"naissance", "Naissance"},
    [STEP_CONTACT] = {"coordonnees", "Coordonnées"},
    [STEP_EXAMINATION] = {"passage", "Modalités de passage"},
    [STEP_SUMMARY] = {"recapitulatif", "Récapitulatif"},
};

/* clang-format off */
static const question_t questions[QUESTION_COUNT] = {
    [Q_CATEGORY] = {
        .name = "categorie", .label = "Catégorie du candidat", .step = STEP_CANDIDATURE, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = families_of_school, .missing = MSG_CATEGORY_MISSING},
    [Q_SPECIALTY] = {
        .name = "specialite", .label = "Spécialité", .step = STEP_CANDIDATURE, .kind = KIND_SELECT,
        .hint = "Code à 5 chiffres et intitulé, comme sur votre certificat de scolarité",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = specialties_offered, .missing = MSG_SPECIALTY_MISSING},
    [Q_CLASS] = {
        .name = "classe", .label = "Classe", .step = STEP_CANDIDATURE, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; par exemple TMELEC2", .exams = EXAM_ALL, .services = SCHOOL, .max = CLASS_MOST,
        .check = typed_line},

    [Q_CIVILITY] = {
        .name = "civilite", .label = "Civilité", .step = STEP_IDENTITY, .kind = KIND_RADIO,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = civilities, .missing = MSG_CIVILITY_MISSING},
    [Q_BIRTH_NAME] = {
        .name = "nom_naissance", .label = "Nom de naissance", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = "Tel qu’il figure sur votre pièce d’identité : c’est lui que portera le diplôme",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .check = typed_birth_name, .missing = MSG_BIRTH_NAME_MISSING},
    [Q_USUAL_NAME] = {
        .name = "nom_usage", .label = "Nom d'usage", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; seulement s’il est différent du nom de naissance",
        .exams = EXAM_ALL, .services = EVERYWHERE, .autocomplete = "family-name", .check = typed_usual_name},
    [Q_FORENAME_1] = {
        .name = "prenom_1", .label = "Prénom 1", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = "Le premier de votre pièce d’identité, en entier s’il est composé",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .autocomplete = "given-name",
        .check = typed_forename, .missing = MSG_FORENAME_MISSING},
    [Q_FORENAME_2] = {
        .name = "prenom_2", .label = "Prénom 2", .step = STEP_IDENTITY, .kind = KIND_TEXT, .hint = OPTIONAL,
        .exams = EXAM_ALL, .services = EVERYWHERE, .autocomplete = "additional-name", .check = typed_forename},
    [Q_FORENAME_3] = {
        .name = "prenom_3", .label = "Prénom 3", .step = STEP_IDENTITY, .kind = KIND_TEXT, .hint = OPTIONAL,
        .exams = EXAM_ALL, .services = EVERYWHERE, .check = typed_forename},

    [Q_BIRTH_DATE] = {
        .name = "date_naissance", .label = "Date de naissance", .step = STEP_BIRTH, .kind = KIND_DATE,
        .hint = "JJ/MM/AAAA, par exemple 07/07/2008", .exams = EXAM_ALL, .services = EVERYWHERE,
        .required = 1, .autocomplete = "bday", .check = typed_birth_date, .missing = MSG_BIRTH_DATE_MISSING},
    [Q_BIRTH_COUNTRY] = {
        .name = "pays_naissance", .label = "Pays de naissance", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_BIRTH_COUNTRY_MISSING},
    [Q_BIRTH_DEPARTMENT] = {
        .name = "departement_naissance", .label = "Département de naissance", .step = STEP_BIRTH,
        .kind = KIND_SELECT, .hint = "Seulement pour une naissance en France",
        .exams = EXAM_ALL, .services = EVERYWHERE, .conditional = 1, .asked = born_in_france,
        .choices = departments,
        .missing = MSG_BIRTH_DEPARTMENT_MISSING, .unasked = MSG_BIRTH_DEPARTMENT_ABROAD},
    [Q_BIRTH_TOWN] = {
        .name = "commune_naissance", .label = "Commune de naissance", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Avec l’arrondissement pour Paris, Lyon et Marseille",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = TOWN_MOST,
        .check = typed_line, .missing = MSG_BIRTH_TOWN_MISSING},
    [Q_NATIONALITY] = {
        .name = "nationalite", .label = "Nationalité", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .hint = "Pays dont vous avez la nationalité",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = nationalities, .missing = MSG_NATIONALITY_MISSING},
    [Q_INE] = {
        .name = "ine", .label = "INE", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Identifiant national élève : 11 chiffres et lettres, sur votre relevé de notes. "
                "Si vous ne le connaissez pas, cochez la case ci-dessous",
        .exams = EXAM_ALL, .services = EVERYWHERE, .conditional = 1, .asked = ine_known, .check = typed_ine,
        .missing = MSG_INE_MISSING, .unasked = MSG_INE_BOTH},
    [Q_INE_UNKNOWN] = {
        .name = "ine_inconnu", .label = "Je ne connais pas mon INE", .step = STEP_BIRTH, .kind = KIND_CHECKBOX,
        .hint = OPTIONAL " ; seulement si vous laissez l’INE vide", .exams = EXAM_ALL, .services = EVERYWHERE,
        .check = typed_tick},

    [Q_ADDRESS_EXTRA] = {
        .name = "complement_adresse", .label = "Résidence, bâtiment, étage", .step = STEP_CONTACT,
        .kind = KIND_TEXT, .hint = OPTIONAL, .exams = EXAM_ALL, .services = EVERYWHERE, .max = LINE_MOST,
        .autocomplete = "address-line2", .check = typed_line},
    [Q_ADDRESS_STREET] = {
        .name = "voie", .label = "N° et voie", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "Par exemple 12 rue des Lilas", .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .max = LINE_MOST, .autocomplete = "address-line1", .check = typed_line, .missing = MSG_STREET_MISSING},
    [Q_POSTAL_CODE] = {
        .name = "code_postal", .label = "Code postal", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "5 chiffres en France, par exemple 59000 ; à l’étranger, un tiret s’il n’y en a pas",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .autocomplete = "postal-code", .check = typed_postal_code, .missing = MSG_POSTAL_CODE_MISSING},
    [Q_TOWN] = {
        .name = "commune", .label = "Commune", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = TOWN_MOST,
        .autocomplete = "address-level2", .check = typed_line, .missing = MSG_TOWN_MISSING},
    [Q_COUNTRY] = {
        .name = "pays", .label = "Pays", .step = STEP_CONTACT, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_COUNTRY_MISSING},
    [Q_MOBILE] = {
        .name = "telephone_mobile", .label = "Téléphone mobile", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL " ; par exemple 06 12 34 56 78, ou +32 470 12 34 56 pour l’étranger",
        .exams = EXAM_ALL, .services = EVERYWHERE,
        .autocomplete = "tel", .check = typed_phone},
    [Q_PHONE] = {
        .name = "telephone_fixe", .label = "Téléphone fixe", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL " ; par exemple 03 20 12 34 56", .exams = EXAM_ALL, .services = EVERYWHERE,
        .check = typed_phone},
    [Q_EMAIL] = {
        .name = "courriel", .label = "Adresse électronique", .step = STEP_CONTACT, .kind = KIND_EMAIL,
        .hint = "Une adresse personnelle, que vous garderez après l’examen ; facultatif si vous vous inscrivez "
                "dans votre établissement",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required_in = PUBLIC, .autocomplete = "email",
        .check = typed_email, .missing = MSG_EMAIL_MISSING},

    [Q_FORM] = {
        .name = "forme_passage", .label = "Forme de passage", .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .hint = "Globale : toutes les épreuves à la même session. Progressive : sur plusieurs sessions",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = forms_open, .missing = MSG_FORM_MISSING},
    [Q_EUROPEAN] = {
        .name = "section_europeenne", .label = "Vous présentez-vous en section européenne ?",
        .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .exams = EXAM_BIT(EXAM_BCP), .services = EVERYWHERE, .required = 1, .asked = european_asked,
        .choices = yes_no, .missing = MSG_EUROPEAN_MISSING},
};
/* clang-format on */

const question_t *question(question_id_t id)
{
    return &questions[id];
}

question_id_t question_ordinal(const question_t *of)
{
    return (question_id_t)(of - questions);
}

const question_t *question_of_name(const char *name)
{
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (strcmp(questions[i].name, name) == 0)
            return &questions[i];
    return NULL;
}

const step_t *step_info(step_id_t step)
{
    return &steps[step];
}

int step_of_path(const char *path, apr_size_t length)
{
    int step;

    for (step = 0; step < STEP_COUNT; step++)
        if (strlen(steps[step].path) == length && strncmp(steps[step].path, path, length) == 0)
            return step;
    return -1;
}
