/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "record.h"
#include "sql.h"

#define TEXT(name)                                                                                           \
    {                                                                                                        \
        name, DB_TYPE_TEXT                                                                                   \
    }
#define INT(name)                                                                                            \
    {                                                                                                        \
        name, DB_TYPE_INT                                                                                    \
    }

const record_table_t record_specialty = {
    .name = "specialty",
    .keys = 1,
    .fields = {TEXT("code"), TEXT("examen"), TEXT("code5"), TEXT("libelle"), TEXT("groupe"), TEXT("lettre"),
               INT("premiere_session"), INT("derniere_session"), TEXT("statut"), TEXT("source")},
    .sorted_by = 3,
    .get = &sql_specialty_get_statement,
    .add = &sql_specialty_add_statement,
    .set = &sql_specialty_set_statement,
    .remove = &sql_specialty_remove_statement,
    .cited = &sql_specialty_cited_statement,
};

const record_table_t record_programme = {
    .name = "training_programme",
    .keys = 1,
    .fields = {TEXT("mef"), TEXT("mef_stat_11"), TEXT("libelle"), TEXT("specialite"), INT("duree"),
               INT("annee"), INT("derniere_annee")},
    .get = &sql_training_programme_get_statement,
    .add = &sql_training_programme_add_statement,
    .set = &sql_training_programme_set_statement,
    .remove = &sql_training_programme_remove_statement,
};

const record_table_t record_establishment = {
    .name = "establishment",
    .keys = 1,
    .fields = {TEXT("uai"), TEXT("nature"), TEXT("denomination"), TEXT("secteur"), TEXT("familles"),
               INT("habilitation_ccf"), TEXT("code_postal"), TEXT("commune"), TEXT("departement"),
               TEXT("academie")},
    .get = &sql_establishment_record_statement,
    .add = &sql_establishment_add_statement,
    .set = &sql_establishment_set_statement,
    .remove = &sql_establishment_remove_statement,
    .after_add = &sql_establishment_accounts_add_statement,
    .after_set = {&sql_registration_follow_school_statement, &sql_draft_follow_school_statement},
    .before_remove = &sql_establishment_accounts_remove_statement,
    .cited = &sql_establishment_cited_statement,
};

const record_table_t record_presentation = {
    .name = "establishment_exam",
    .keys = 2,
    .fields = {TEXT("uai"), INT("session")},
    .get = &sql_presentation_get_statement,
    .add = &sql_presentation_add_statement,
    .set = NULL,
    .remove = &sql_presentation_remove_statement,
    .cited = &sql_presentation_cited_statement,
};

const record_table_t record_offer = {
    .name = "establishment_offer",
    .keys = 4,
    .fields = {TEXT("uai"), INT("session"), TEXT("specialite"), TEXT("categorie"), INT("habilitation_ccf"),
               INT("session_debut"), INT("session_fin")},
    .get = &sql_offer_record_statement,
    .add = &sql_offer_record_add_statement,
    .set = &sql_offer_record_set_statement,
    .remove = &sql_offer_remove_statement,
    .cited = &sql_offer_cited_statement,
};

const record_table_t record_unit = {
    .name = "exam_unit",
    .keys = 2,
    .fields = {TEXT("specialite"), INT("rang"), TEXT("epreuve"), TEXT("unite"), TEXT("libelle"),
               TEXT("coefficient"), TEXT("type"), TEXT("matiere"), TEXT("mode_ccf"), TEXT("mode_ponctuel"),
               TEXT("duree"), TEXT("statut"), INT("session_debut"), INT("session_fin")},
    .get = &sql_exam_unit_get_statement,
    .add = &sql_exam_unit_put_statement,
    .set = &sql_exam_unit_set_statement,
    .remove = &sql_exam_unit_remove_statement,
};

const record_table_t record_country = {
    .name = "country",
    .keys = 1,
    .fields = {TEXT("code"), TEXT("bcn"), TEXT("iso2"), TEXT("iso3"), TEXT("nom"), INT("union_europeenne")},
    .sorted_by = 4,
    .get = &sql_country_get_statement,
    .add = &sql_country_add_statement,
    .set = &sql_country_set_statement,
    .remove = &sql_country_remove_statement,
};

const record_table_t record_commune = {
    .name = "commune",
    .keys = 2,
    .fields = {TEXT("code"), TEXT("type"), TEXT("nom"), TEXT("recherche"), TEXT("departement"),
               TEXT("chef_lieu"), TEXT("codes_postaux")},
    .get = &sql_commune_get_statement,
    .add = &sql_commune_add_statement,
    .set = &sql_commune_set_statement,
    .remove = &sql_commune_remove_statement,
};

const record_table_t record_pupil = {
    .name = "pupil",
    .keys = 3,
    .fields = {TEXT("uai"), INT("annee"), TEXT("cle"), TEXT("identite"), TEXT("nom"), TEXT("nom_naissance"),
               TEXT("nom_usage"), TEXT("prenom_1"), TEXT("prenom_2"), TEXT("prenom_3"),
               TEXT("date_naissance"), TEXT("classe"), TEXT("mef"), TEXT("specialite")},
    .sorted_by = 4,
    .forgotten_by = 2,
    .get = &sql_pupil_record_statement,
    .add = &sql_pupil_add_statement,
    .set = &sql_pupil_set_statement,
    .remove = &sql_pupil_remove_statement,
    .cited = &sql_pupil_registered_statement,
};

const record_table_t record_pupil_private = {
    .name = "pupil_private",
    .keys = 3,
    .fields = {TEXT("uai"),
               INT("annee"),
               TEXT("cle"),
               TEXT("ine"),
               TEXT("ine_bea"),
               TEXT("sexe"),
               TEXT("pays_naissance"),
               TEXT("departement_naissance"),
               TEXT("commune_naissance_code"),
               TEXT("commune_naissance"),
               TEXT("nationalite"),
               TEXT("complement_adresse"),
               TEXT("voie"),
               TEXT("lieu_dit"),
               TEXT("code_postal"),
               TEXT("commune"),
               TEXT("pays"),
               TEXT("telephone_mobile"),
               TEXT("telephone_fixe"),
               TEXT("courriel")},
    .forgotten_by = 2,
    .get = &sql_pupil_private_record_statement,
    .add = &sql_pupil_private_add_statement,
    .set = &sql_pupil_private_set_statement,
    .remove = &sql_pupil_private_remove_statement,
};

const record_table_t record_past = {
    .name = "past_candidate",
    .keys = 3,
    .fields = {TEXT("session"), TEXT("examen"), TEXT("numero"), TEXT("date_naissance"), TEXT("ine"),
               TEXT("empreinte"), TEXT("reponses")},
    .answers = 6,
    .forgotten_by = 1,
    .get = &sql_past_record_statement,
    .add = &sql_past_add_statement,
    .set = &sql_past_set_statement,
    .remove = &sql_past_remove_statement,
    .cited = &sql_past_cited_statement,
};

const record_table_t record_past_mark = {
    .name = "past_mark",
    .keys = 4,
    .fields = {TEXT("session"), TEXT("examen"), TEXT("numero"), TEXT("unite"), TEXT("etat"), TEXT("note"),
               INT("session_obtention"), TEXT("justificatif"), TEXT("academie"), TEXT("origine"),
               TEXT("dispense")},
    .forgotten_by = 1,
    .get = &sql_past_mark_record_statement,
    .add = &sql_past_mark_add_statement,
    .set = &sql_past_mark_set_statement,
    .remove = &sql_past_mark_remove_statement,
};

static const record_table_t *const tables[] = {
    &record_specialty, &record_programme,     &record_establishment, &record_presentation,
    &record_offer,     &record_unit,          &record_country,       &record_commune,
    &record_pupil,     &record_pupil_private, &record_past,          &record_past_mark};

const record_table_t *record_table_at(int ordinal)
{
    return ordinal < (int)(sizeof tables / sizeof *tables) ? tables[ordinal] : NULL;
}

const record_table_t *record_table(const char *name)
{
    int i = 0;

    while (record_table_at(i) != NULL && strcmp(tables[i]->name, name) != 0)
        i++;
    return record_table_at(i);
}
