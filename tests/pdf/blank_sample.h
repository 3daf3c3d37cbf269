/* SPDX-License-Identifier: Apache-2.0
 *
 * A fictitious blank form with every kind of field.
 */
#ifndef INSCRINET_TESTS_PDF_BLANK_SAMPLE_H
#define INSCRINET_TESTS_PDF_BLANK_SAMPLE_H

#include "document/blank_form.h"

typedef struct blank_sample_t {
    const char *label, *hint;
    int half;
    const char *choices[8];
} blank_sample_t;

static inline void blank_section(blank_form_t *form, const char *title, const blank_sample_t *fields)
{
    apr_pool_t *pool = form->sections->pool;
    blank_section_t *section = apr_array_push(form->sections);
    const char *const *choice;

    section->title = title;
    section->fields = apr_array_make(pool, 12, sizeof(blank_field_t));
    for (; fields->label; fields++) {
        blank_field_t *field = apr_array_push(section->fields);

        *field = (blank_field_t){fields->label, fields->hint, NULL, fields->half};
        if (fields->choices[0])
            field->choices = apr_array_make(pool, 8, sizeof(const char *));
        for (choice = fields->choices; *choice; choice++)
            APR_ARRAY_PUSH(field->choices, const char *) = *choice;
    }
}

static inline blank_form_t *blank_sample(apr_pool_t *pool)
{
    static const blank_sample_t candidature[] = {
        {"Spécialité", NULL, 0, {NULL}},
        {"Établissement", "nom et commune, ou « individuel »", 0, {NULL}},
        {"Catégorie",
         NULL,
         0,
         {"Scolaire", "Apprenti", "Formation continue", "Enseignement à distance", "Individuel",
          "Ancien scolaire"}},
        {"Classe", NULL, 1, {NULL}},
        {"Section européenne", NULL, 1, {"Oui", "Non"}},
        {"Forme de passage", NULL, 0, {"Globale", "Progressive"}},
        {NULL, NULL, 0, {NULL}},
    };
    static const blank_sample_t identity[] = {
        {"Civilité", NULL, 0, {"Madame", "Monsieur"}},
        {"Nom de naissance", NULL, 0, {NULL}},
        {"Nom d’usage", NULL, 0, {NULL}},
        {"Prénoms", "dans l’ordre de l’état civil", 0, {NULL}},
        {"Date de naissance", "JJ/MM/AAAA", 1, {NULL}},
        {"Nationalité", NULL, 1, {NULL}},
        {"Commune de naissance", NULL, 1, {NULL}},
        {"Département ou pays", NULL, 1, {NULL}},
        {"INE", "11 caractères, sur le relevé de notes", 0, {NULL}},
        {NULL, NULL, 0, {NULL}},
    };
    static const blank_sample_t contact[] = {
        {"N° et voie", NULL, 0, {NULL}},  {"Complément d’adresse", NULL, 0, {NULL}},
        {"Code postal", NULL, 1, {NULL}}, {"Commune", NULL, 1, {NULL}},
        {"Téléphone", NULL, 1, {NULL}},   {"Pays", NULL, 1, {NULL}},
        {"Courriel", NULL, 0, {NULL}},    {"Responsable légal", "si vous êtes mineur", 0, {NULL}},
        {NULL, NULL, 0, {NULL}},
    };
    static const blank_sample_t situation[] = {
        {"Recensement", NULL, 0, {"Attestation de recensement", "Certificat de la JDC", "Non concerné(e)"}},
        {"Bénéfice de notes ou d’unités", NULL, 1, {"Oui", "Non"}},
        {"Aménagement d’épreuves", NULL, 1, {"Oui", "Non"}},
        {NULL, NULL, 0, {NULL}},
    };
    blank_form_t *form = apr_pcalloc(pool, sizeof *form);

    form->authority = "Académie de démonstration";
    form->division = "DEC 4";
    form->exam = "Baccalauréat professionnel";
    form->session = "Session de juin 2027";
    form->engagement = "Je certifie l’exactitude des renseignements portés sur ce formulaire. J’ai pris "
                       "connaissance du règlement de l’examen et je ne m’inscris qu’une seule fois à cette "
                       "session.";
    form->privacy = "Les données de ce formulaire sont traitées par l’académie de démonstration pour "
                    "organiser l’examen. Vous pouvez saisir la CNIL.";
    form->hand_in = "À remettre à votre établissement, qui l’envoie au rectorat.";
    form->sections = apr_array_make(pool, 4, sizeof(blank_section_t));
    blank_section(form, "Candidature", candidature);
    blank_section(form, "Identité", identity);
    blank_section(form, "Coordonnées", contact);
    blank_section(form, "Situation", situation);
    return form;
}

#endif
