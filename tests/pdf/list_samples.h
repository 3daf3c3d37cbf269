/* SPDX-License-Identifier: Apache-2.0
 *
 * Fictitious lists: candidates in groups, a bordereau to tick off, slips to log in with.
 */
#ifndef INSCRINET_TESTS_PDF_LIST_SAMPLES_H
#define INSCRINET_TESTS_PDF_LIST_SAMPLES_H

#include "document/list.h"
#include "document/slips.h"

#include <apr_strings.h>

static const table_column_t candidate_columns[] = {
    {"Numéro", 44, HARU_REGULAR, TABLE_NAME},
    {"Nom - prénom", 140, HARU_BOLD, TABLE_TEXT},
    {"Date de naissance", 62, HARU_REGULAR, TABLE_TEXT},
    {"Spécialité", 150, HARU_REGULAR, TABLE_TEXT},
    {"Forme", 52, HARU_REGULAR, TABLE_TEXT},
    {"État", 46, HARU_REGULAR, TABLE_TEXT},
};

static const table_column_t bordereau_columns[] = {
    {"Numéro", 50, HARU_REGULAR, TABLE_NAME},  {"Nom - prénom", 230, HARU_BOLD, TABLE_TEXT},
    {"Classe", 100, HARU_REGULAR, TABLE_TEXT}, {"Pièces", 30, HARU_REGULAR, TABLE_NUMBER},
    {"Remise", 36, HARU_REGULAR, TABLE_TICK},
};

static const table_column_t sum_columns[] = {
    {"Spécialité", 300, HARU_REGULAR, TABLE_NAME},
    {"Attendues", 50, HARU_REGULAR, TABLE_NUMBER},
    {"Jointes", 50, HARU_REGULAR, TABLE_TEXT},
};

static inline list_t list_sample(apr_pool_t *pool, const char *title, const table_column_t *columns,
                                 int count)
{
    list_t list = {.authority = "Académie de démonstration",
                   .division = "DEC 4",
                   .title = title,
                   .subtitles = apr_array_make(pool, 3, sizeof(const char *)),
                   .columns = columns,
                   .column_count = count};

    APR_ARRAY_PUSH(list.subtitles, const char *) = "Baccalauréat professionnel, session de juin 2027";
    APR_ARRAY_PUSH(list.subtitles, const char *) = "0590001A Lycée professionnel Jean-Moulin, Lille";
    APR_ARRAY_PUSH(list.subtitles, const char *) = "État au 24/11/2026 20:31 (heure de Paris)";
    return list;
}

static inline void candidate_row(list_writer_t *writer, apr_pool_t *scratch, int number)
{
    static const char *const names[] = {"EDOSH - ÉLÉONORE MARIE", "ŁĘCKA-NGUYỄN - ȘTEFĂNIA", "OH SRHF - YANN",
                                        "WOLFESCHLEGELSTEINHAUSENBERGERDORFF-MONTMORENCY - JOSÉPHINE"};
    const char *texts[] = {apr_psprintf(scratch, "%d-%d", number, number % 3),
                           names[number % 17 == 3 ? 3 : number % 3],
                           "07/07/2008",
                           number % 5 ? "25214 Maintenance des véhicules option A voitures particulières"
                                      : "22704 Technicien du bâtiment",
                           "Globale",
                           number % 12 ? "Valide" : "Annulée"};

    if (number % 12)
        list_row(writer, texts);
    else
        list_row_struck(writer, texts);
    apr_pool_clear(scratch);
}

/** So many rows in groups of so many, each on a new page. */
static inline apr_status_t list_of_candidates(apr_pool_t *pool, const document_fonts_t *fonts, int rows,
                                              int in_group, document_sink_t sink, void *baton,
                                              const char **error)
{
    list_t list = list_sample(pool, "Liste des candidats par spécialité", candidate_columns, 6);
    list_writer_t *writer = list_begin(&list, fonts, sink, baton, pool);
    apr_pool_t *scratch;
    int i;

    apr_pool_create(&scratch, pool);
    for (i = 0; i < rows; i++) {
        if (i % in_group == 0)
            list_group(writer, apr_psprintf(scratch, "Groupe %d", i / in_group + 1), 1);
        candidate_row(writer, scratch, i + 1);
        if (i % in_group == in_group - 1)
            list_line(writer, apr_psprintf(scratch, "Sous-total : %d candidats", in_group));
    }
    list_line(writer, apr_psprintf(scratch, "Total : %d candidats", rows));
    return list_end(writer, error);
}

static inline apr_status_t bordereau(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink,
                                     void *baton, const char **error)
{
    list_t list = list_sample(pool, "Bordereau d’envoi des confirmations", bordereau_columns, 5);
    list_writer_t *writer = list_begin(&list, fonts, sink, baton, pool);
    int i;

    for (i = 0; i < 30; i++) {
        const char *texts[] = {apr_psprintf(pool, "%d-0", i + 11), "EDOSH - ÉLÉONORE MARIE", "T BAC PRO MV A",
                               apr_psprintf(pool, "%d", i % 4), NULL};

        list_row(writer, texts);
    }
    list_line(writer, "30 confirmations");
    list_columns(writer, sum_columns, 3);
    list_group(writer, "Récapitulatif", 0);
    list_row(writer, (const char *[]){"22704 Technicien du bâtiment", "30", NULL});
    list_stamp(writer);
    return list_end(writer, error);
}

static inline apr_status_t login_slips(apr_pool_t *pool, const document_fonts_t *fonts, document_sink_t sink,
                                       void *baton, const char **error)
{
    slips_t *slips =
        slips_begin("Accès des établissements", "Académie de démonstration – inscription aux examens", fonts,
                    sink, baton, pool);
    int i;

    for (i = 0; i < 13; i++) {
        slip_t slip = {
            .school =
                i % 4 ? "Lycée professionnel Jean-Moulin, Lille"
                      : "Centre de formation d’apprentis des métiers du bâtiment et des travaux publics de "
                        "l’agglomération de Nœux-les-Mines et de ses environs",
            .address = "https://inscrinet.exemple.fr/etablissement/",
            .code = apr_psprintf(pool, "059%04dA", i + 1),
            .password = "Kp7-Qm2x-Rd9w",
            .validity = "Première connexion du 12/10/2026 8h00 au 18/11/2026 17h00 (heure de Paris)"};

        slips_add(slips, &slip);
    }
    slips_add(slips, &(slip_t){.school = "Lycée professionnel Jean-Moulin",
                               .address = "https://inscrinet.exemple.fr/inscription-etablissement/",
                               .code = "0590001A",
                               .pupil = "ŒUVRARD-LEFÈVRE - ÉLÉONORE MARIE",
                               .class_name = "TMELEC2",
                               .pupil_code = "ABCD-2345",
                               .scan = "https://inscrinet.exemple.fr/inscription-etablissement/"});
    return slips_end(slips, error);
}

#endif
