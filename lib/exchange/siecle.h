/* SPDX-License-Identifier: Apache-2.0
 *
 * The schools' export of SIECLE, « ElevesAvecAdresses »: XML, or a zip that holds it. The file is read once
 * and whole, so that its rows are given only if all of it is right; of each pupil only what the load wants is
 * kept.
 *
 * Columns that it has: uai annee_scolaire (the first of its two) ine ine_bea nom_naissance nom_usage prenom_1
 * prenom_2 prenom_3 date_naissance sexe (M, F) pays_naissance (SIECLE's 3 digits) departement_naissance (041,
 * 02A) commune_naissance_code commune_naissance (abroad) nationalite classe mef (10 signs) mef_rattachement
 * (10) mef_libelle adresse_1 to adresse_4 code_postal commune pays telephone_mobile telephone_fixe courriel
 * date_sortie. Dates are ISO; one that is none comes as it was written.
 */
#ifndef INSCRINET_EXCHANGE_SIECLE_H
#define INSCRINET_EXCHANGE_SIECLE_H

#include "source.h"

/** A file: bytes in memory, or a path to them. */
typedef struct siecle_file_t {
    const char *bytes; /* NULL: path */
    apr_size_t length;
    const char *path;
} siecle_file_t;

/** What is told of a file beside its rows. */
typedef struct siecle_facts_t {
    const char *establishment; /* UAI, or NULL */
    const char *year;          /* in which the school year begins, or NULL */
    const char *exported;      /* day of the export, ISO, or NULL */
    int pupils;                /* that come as rows */
    int departed;              /* left out: they have left the school */
} siecle_facts_t;

/** Whether a file's first bytes are XML's or a zip's: a CSV has neither. */
int siecle_begins(const char *bytes, apr_size_t length);

/**
 * Opens an export. NULL: *error is a French sentence. columns outlive the source. nomenclature: «
 * Nomenclature », for labels of MEFs and the national ones of local ones; or NULL. today: ISO, pupils who
 * have left before then are left out. Rows come in the order of the file.
 */
source_t *siecle_open(apr_pool_t *pool, const siecle_file_t *file, const siecle_file_t *nomenclature,
                      const source_column_t *columns, const char *today, const char **error);

/** Whether siecle_open has given it: such a file has all of its school's pupils. */
int siecle_gave(const source_t *source);
/** Of a source that siecle_open has given. */
const siecle_facts_t *siecle_facts(const source_t *source);

#endif
