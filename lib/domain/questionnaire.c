/* SPDX-License-Identifier: Apache-2.0
 *
 * The table. A row is a question; the rules that rows name are in questionnaire_rules.c.
 */
#include "questionnaire.h"

#include <string.h>

#include "questionnaire_rules.h"

#define SCHOOL SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION)
#define PUBLIC SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION)
#define EVERYWHERE (SCHOOL | PUBLIC)
#define FRANCE "99100"
#define DATE_HINT "JJ/MM/AAAA, par exemple 07/07/2008"
#define OPTIONAL "facultatif"

static const step_t steps[STEP_COUNT] = {
    [STEP_CANDIDATURE] = {"candidature", "Candidature"},
    [STEP_IDENTITY] = {"identite", "Identité"},
    [STEP_BIRTH] = {"naissance", "Naissance et INE"},
    [STEP_CONTACT] = {"coordonnees", "Coordonnées"},
    [STEP_EXAMINATION] = {"passage", "Passage de l’examen"},
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
        .hint = OPTIONAL ", par exemple TMELEC2", .exams = EXAM_ALL, .services = SCHOOL, .max = 20,
        .check = typed_line},

    [Q_CIVILITY] = {
        .name = "civilite", .label = "Civilité", .step = STEP_IDENTITY, .kind = KIND_RADIO,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = civilities, .missing = MSG_CIVILITY_MISSING},
    [Q_BIRTH_NAME] = {
        .name = "nom_naissance", .label = "Nom de naissance", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = "Tel qu’il figure sur votre pièce d’identité : c’est lui que portera le diplôme",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .autocomplete = "family-name",
        .check = typed_birth_name, .missing = MSG_BIRTH_NAME_MISSING},
    [Q_USUAL_NAME] = {
        .name = "nom_usage", .label = "Nom d'usage", .step = STEP_IDENTITY, .kind = KIND_TEXT,
        .hint = OPTIONAL ", s’il est différent du nom de naissance",
        .exams = EXAM_ALL, .services = EVERYWHERE, .check = typed_usual_name},
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
        .hint = DATE_HINT, .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .autocomplete = "bday",
        .check = typed_birth_date, .missing = MSG_BIRTH_DATE_MISSING},
    [Q_BIRTH_COUNTRY] = {
        .name = "pays_naissance", .label = "Pays de naissance", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_BIRTH_COUNTRY_MISSING},
    [Q_BIRTH_DEPARTMENT] = {
        .name = "departement_naissance", .label = "Département de naissance", .step = STEP_BIRTH,
        .kind = KIND_SELECT, .hint = "Seulement pour une naissance en France",
        .exams = EXAM_ALL, .services = EVERYWHERE, .asked = born_in_france,
        .choices = departments, .missing = MSG_BIRTH_DEPARTMENT_MISSING},
    [Q_BIRTH_TOWN] = {
        .name = "commune_naissance", .label = "Commune de naissance", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Avec l’arrondissement pour Paris, Lyon et Marseille",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = 32,
        .check = typed_line, .missing = MSG_BIRTH_TOWN_MISSING},
    [Q_NATIONALITY] = {
        .name = "nationalite", .label = "Nationalité", .step = STEP_BIRTH, .kind = KIND_SELECT,
        .hint = "Pays dont vous avez la nationalité",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = nationalities, .missing = MSG_NATIONALITY_MISSING},
    [Q_INE] = {
        .name = "ine", .label = "INE", .step = STEP_BIRTH, .kind = KIND_TEXT,
        .hint = "Identifiant national élève, 11 chiffres et lettres : sur vos bulletins. Sinon, cochez la case ci-dessous",
        .exams = EXAM_ALL, .services = EVERYWHERE, .asked = ine_known, .check = typed_ine,
        .missing = MSG_INE_MISSING},
    [Q_INE_UNKNOWN] = {
        .name = "ine_inconnu", .label = "Je ne connais pas mon INE", .step = STEP_BIRTH, .kind = KIND_CHECKBOX,
        .hint = OPTIONAL, .exams = EXAM_ALL, .services = EVERYWHERE, .check = typed_tick},

    [Q_ADDRESS_EXTRA] = {
        .name = "complement_adresse", .label = "Résidence, bâtiment, étage", .step = STEP_CONTACT,
        .kind = KIND_TEXT, .hint = OPTIONAL, .exams = EXAM_ALL, .services = EVERYWHERE, .max = 38,
        .check = typed_line},
    [Q_ADDRESS_STREET] = {
        .name = "voie", .label = "N° et voie", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "Par exemple 12 rue des Lilas", .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = 38,
        .autocomplete = "address-line1", .check = typed_line, .missing = MSG_STREET_MISSING},
    [Q_POSTAL_CODE] = {
        .name = "code_postal", .label = "Code postal", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .hint = "5 chiffres en France", .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .autocomplete = "postal-code", .check = typed_postal_code, .missing = MSG_POSTAL_CODE_MISSING},
    [Q_TOWN] = {
        .name = "commune", .label = "Commune", .step = STEP_CONTACT, .kind = KIND_TEXT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .max = 32, .autocomplete = "address-level2",
        .check = typed_line, .missing = MSG_TOWN_MISSING},
    [Q_COUNTRY] = {
        .name = "pays", .label = "Pays", .step = STEP_CONTACT, .kind = KIND_SELECT,
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1, .preselected = FRANCE,
        .choices = countries, .missing = MSG_COUNTRY_MISSING},
    [Q_MOBILE] = {
        .name = "telephone_mobile", .label = "Téléphone mobile", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL ", par exemple 06 12 34 56 78", .exams = EXAM_ALL, .services = EVERYWHERE,
        .autocomplete = "tel", .check = typed_phone},
    [Q_PHONE] = {
        .name = "telephone_fixe", .label = "Téléphone fixe", .step = STEP_CONTACT, .kind = KIND_PHONE,
        .hint = OPTIONAL, .exams = EXAM_ALL, .services = EVERYWHERE, .check = typed_phone},
    [Q_EMAIL] = {
        .name = "courriel", .label = "Adresse électronique", .step = STEP_CONTACT, .kind = KIND_EMAIL,
        .hint = OPTIONAL ", une adresse personnelle que vous garderez après l’examen",
        .exams = EXAM_ALL, .services = SCHOOL, .autocomplete = "email", .check = typed_email},

    [Q_FORM] = {
        .name = "forme_passage", .label = "Forme de passage", .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .hint = "Globale : toutes les épreuves à la même session. Progressive : sur plusieurs sessions",
        .exams = EXAM_ALL, .services = EVERYWHERE, .required = 1,
        .choices = forms_open, .missing = MSG_FORM_MISSING},
    [Q_EUROPEAN] = {
        .name = "section_europeenne", .label = "Vous présentez-vous en section européenne ?",
        .step = STEP_EXAMINATION, .kind = KIND_RADIO,
        .exams = EXAM_BIT(EXAM_BCP), .services = SCHOOL, .required = 1, .asked = european_asked,
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
