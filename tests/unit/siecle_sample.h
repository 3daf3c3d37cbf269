/* SPDX-License-Identifier: Apache-2.0
 *
 * Exports of SIECLE as tests make them, of pupils who don't exist: the layout of ElevesAvecAdresses, in UTF-8
 * until it is asked for in another encoding; alone or in a zip.
 */
#ifndef INSCRINET_TESTS_UNIT_SIECLE_SAMPLE_H
#define INSCRINET_TESTS_UNIT_SIECLE_SAMPLE_H

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <zip.h>

#include "exchange/siecle.h"

#define SIECLE_HEAD "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n"
#define SIECLE_ABOUT                                                                                         \
    "<PARAMETRES><UAJ>0590001A</UAJ><ANNEE_SCOLAIRE>2026</ANNEE_SCOLAIRE><DATE_EXPORT>30/11/2026"            \
    "</DATE_EXPORT><HORODATAGE>30/11/2026 10:00:00</HORODATAGE></PARAMETRES>\n"

/* Element and text: "<NAME>text</NAME>". */
#define SIECLE_OF(name, text) "<" name ">" text "</" name ">"

static inline const char *siecle_document(apr_pool_t *to, const char *data)
{
    return apr_pstrcat(to, SIECLE_HEAD "<BEE_ELEVES VERSION=\"2.1\">\n" SIECLE_ABOUT "<DONNEES>\n", data,
                       "</DONNEES>\n</BEE_ELEVES>\n", NULL);
}

/* A pupil of a number, complete; the numbers after 26 come back with other names. */
static inline const char *siecle_pupil(apr_pool_t *to, int number)
{
    static const char *const names[] = {"MARTIN",  "LE GOFF",         "DUBŒUF",
                                        "N'DIAYE", "LEFÈVRE-ŒUVRARD", "DA SILVA"};
    static const char *const forenames[] = {"Léa", "Noël", "Anaïs", "Karim", "Zoé", "Maÿlis", "Inès"};

    return apr_psprintf(
        to,
        "<ELEVE ELEVE_ID=\"%d\" ELENOET=\"%d\">\n<ID_NATIONAL>%09dAB</ID_NATIONAL>\n<ELENOET>%d</ELENOET>\n"
        "<ID_ELEVE_ETAB>%d</ID_ELEVE_ETAB>\n<NOM_DE_FAMILLE>%s</NOM_DE_FAMILLE>\n<NOM_USAGE></NOM_USAGE>\n"
        "<PRENOM>%s</PRENOM>\n<PRENOM2>Camille</PRENOM2>\n<PRENOM3/>\n<DATE_NAISS>%02d/%02d/2009</"
        "DATE_NAISS>\n"
        "<DOUBLEMENT>0</DOUBLEMENT>\n<CODE_PAYS>100</CODE_PAYS>\n<ACCEPTE_SMS>1</ACCEPTE_SMS>\n"
        "<TEL_PERSONNEL>03 20 %02d %02d 00</TEL_PERSONNEL>\n<TEL_PORTABLE>06 12 %02d %02d 00</TEL_PORTABLE>\n"
        "<MEL>eleve%d@exemple.fr</MEL>\n<CODE_REGIME>2</CODE_REGIME>\n<DATE_ENTREE>01/09/2025</DATE_ENTREE>\n"
        "<CODE_COMMUNE_INSEE_NAISS>59350</CODE_COMMUNE_INSEE_NAISS>\n"
        "<CODE_DEPARTEMENT_NAISS>059</CODE_DEPARTEMENT_NAISS>\n<CODE_SEXE>%d</CODE_SEXE>\n"
        "<CODE_PAYS_NAT>100</CODE_PAYS_NAT>\n<CODE_STATUT>ST</CODE_STATUT>\n<CODE_MEF>24720002330</"
        "CODE_MEF>\n"
        "<CODE_PROVENANCE>1</CODE_PROVENANCE>\n<SCOLARITE_AN_DERNIER>\n<CODE_STRUCTURE>2GT1</"
        "CODE_STRUCTURE>\n"
        "<CODE_RNE>0590002B</CODE_RNE>\n<CODE_MEF>20010018110</CODE_MEF>\n<SIGLE>LYC</SIGLE>\n"
        "<DENOM_PRINC>LYCEE GENERAL</DENOM_PRINC>\n<MEL>ce.0590002B@exemple.fr</MEL>\n"
        "<TELEPHONE>0320000000</TELEPHONE>\n</SCOLARITE_AN_DERNIER>\n<ADRESSE_ID>%d</ADRESSE_ID>\n</ELEVE>\n",
        number, number, number, number, number, names[number % 6], forenames[number % 7], number % 28 + 1,
        number % 12 + 1, number / 100 % 100, number % 100, number / 100 % 100, number % 100, number,
        number % 2 + 1, number);
}

static inline const char *siecle_classes(apr_pool_t *to, int number)
{
    return apr_psprintf(
        to,
        "<STRUCTURES_ELEVE ELEVE_ID=\"%d\" ELENOET=\"%d\">\n"
        "<STRUCTURE><CODE_STRUCTURE>T%dANGL</CODE_STRUCTURE><TYPE_STRUCTURE>G</TYPE_STRUCTURE></STRUCTURE>\n"
        "<STRUCTURE><CODE_STRUCTURE>TMELEC%d</CODE_STRUCTURE><TYPE_STRUCTURE>D</TYPE_STRUCTURE></STRUCTURE>\n"
        "</STRUCTURES_ELEVE>\n",
        number, number, number % 4, number / 30 % 40);
}

static inline const char *siecle_address(apr_pool_t *to, int number)
{
    return apr_psprintf(
        to,
        "<ADRESSE ADRESSE_ID=\"%d\">\n<LIGNE1_ADRESSE>%d rue de l'Hôtel-de-Ville</LIGNE1_ADRESSE>\n"
        "<LIGNE2_ADRESSE/>\n<LIGNE3_ADRESSE/>\n<LIGNE4_ADRESSE/>\n<CODE_PAYS>100</CODE_PAYS>\n"
        "<LL_PAYS>FRANCE</LL_PAYS>\n<CODE_POSTAL>59000</CODE_POSTAL>\n<LIBELLE_POSTAL>LILLE</"
        "LIBELLE_POSTAL>\n"
        "</ADRESSE>\n",
        number, number % 200 + 1);
}

/* In another encoding of ICU's; *length is set. */
static inline const char *siecle_encoded(apr_pool_t *to, const char *utf8, const char *name,
                                         apr_size_t *length)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t room = (int32_t)strlen(utf8) * 4 + 8;
    char *bytes = apr_palloc(to, (apr_size_t)room);

    *length = (apr_size_t)ucnv_convert(name, "UTF-8", bytes, room, utf8, (int32_t)strlen(utf8), &error);
    if (U_FAILURE(error))
        abort();
    return bytes;
}

/* A zip of members: name, bytes; ends with a NULL name. */
typedef struct siecle_member_t {
    const char *name, *bytes;
    apr_size_t length;
    const char *password;
} siecle_member_t;

static inline siecle_file_t siecle_zip(apr_pool_t *to, const siecle_member_t *members)
{
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    zip_stat_t about;
    char *bytes;

    zip_source_keep(source);
    for (; members->name != NULL; members++) {
        zip_int64_t at =
            zip_file_add(zip, members->name, zip_source_buffer(zip, members->bytes, members->length, 0), 0);

        if (members->password != NULL)
            zip_file_set_encryption(zip, (zip_uint64_t)at, ZIP_EM_AES_256, members->password);
    }
    if (zip_close(zip) != 0 || zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0)
        abort();
    bytes = apr_palloc(to, about.size);
    if (zip_source_read(source, bytes, about.size) != (zip_int64_t)about.size)
        abort();
    zip_source_close(source);
    zip_source_free(source);
    return (siecle_file_t){bytes, about.size, NULL};
}

#endif
