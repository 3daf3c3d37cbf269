/* SPDX-License-Identifier: Apache-2.0
 *
 * A SIECLE export read as rows, against libxml2's SAX2 reader that looks at nothing.
 * bench_siecle make FILE PUPILS: writes an export of pupils who don't exist.
 * bench_siecle rows|sax FILE: reads it; prints its rows, the seconds of processor time and the kilobytes of
 * memory.
 */
#include <apr_file_io.h>
#include <apr_general.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <sys/resource.h>

#include "../unit/siecle_sample.h"

static const source_column_t columns[] = {
    {"ine", NULL, 1},
    {"ine_bea", NULL, 0},
    {"nom_naissance", NULL, 1},
    {"nom_usage", NULL, 0},
    {"prenom_1", NULL, 1},
    {"prenom_2", NULL, 0},
    {"prenom_3", NULL, 0},
    {"date_naissance", NULL, 1},
    {"sexe", NULL, 0},
    {"pays_naissance", NULL, 0},
    {"departement_naissance", NULL, 0},
    {"commune_naissance_code", NULL, 0},
    {"commune_naissance", NULL, 0},
    {"nationalite", NULL, 0},
    {"classe", NULL, 0},
    {"mef", NULL, 0},
    {"adresse_1", NULL, 0},
    {"adresse_2", NULL, 0},
    {"adresse_3", NULL, 0},
    {"adresse_4", NULL, 0},
    {"code_postal", NULL, 0},
    {"commune", NULL, 0},
    {"pays", NULL, 0},
    {"telephone_mobile", NULL, 0},
    {"telephone_fixe", NULL, 0},
    {"courriel", NULL, 0},
    {NULL, NULL, 0},
};

static void put(FILE *file, apr_pool_t *pool, const char *utf8)
{
    apr_size_t length;
    const char *bytes = siecle_encoded(pool, utf8, "ISO-8859-15", &length);

    fwrite(bytes, 1, length, file);
    apr_pool_clear(pool);
}

static int make(apr_pool_t *pool, const char *path, int pupils)
{
    FILE *file = fopen(path, "wb");
    int i;

    if (file == NULL)
        return 1;
    fputs(SIECLE_HEAD "<BEE_ELEVES VERSION=\"2.1\">\n" SIECLE_ABOUT "<DONNEES>\n<ELEVES>\n", file);
    for (i = 1; i <= pupils; i++)
        put(file, pool, siecle_pupil(pool, i));
    fputs("</ELEVES>\n<STRUCTURES>\n", file);
    for (i = 1; i <= pupils; i++)
        put(file, pool, siecle_classes(pool, i));
    fputs("</STRUCTURES>\n<ADRESSES>\n", file);
    for (i = 1; i <= pupils; i++)
        put(file, pool, siecle_address(pool, i));
    fputs("</ADRESSES>\n</DONNEES>\n</BEE_ELEVES>\n", file);
    return fclose(file) != 0;
}

static int read_rows(apr_pool_t *pool, const char *path)
{
    siecle_file_t file = {NULL, 0, path};
    const char *error;
    source_t *source = siecle_open(pool, &file, NULL, columns, "2026-11-30", &error);
    source_row_t row;
    apr_pool_t *own;
    int rows = 0;

    if (source == NULL)
        return 0;
    apr_pool_create(&own, pool);
    for (; source->next(source, own, &row); rows++)
        apr_pool_clear(own);
    return rows;
}

static void element_begins(void *baton, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                           int namespaces, const xmlChar **namespaced, int count, int defaulted,
                           const xmlChar **attributes)
{
    (void)prefix, (void)uri, (void)namespaces, (void)namespaced, (void)count, (void)defaulted,
        (void)attributes;
    *(int *)baton += strcmp((const char *)name, "ELEVE") == 0;
}

static void nothing_ends(void *baton, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)baton, (void)name, (void)prefix, (void)uri;
}

static void text_comes(void *baton, const xmlChar *text, int length)
{
    (void)baton, (void)text, (void)length;
}

static int read_bare(const char *path)
{
    xmlSAXHandler handlers = {.startElementNs = element_begins,
                              .endElementNs = nothing_ends,
                              .characters = text_comes,
                              .initialized = XML_SAX2_MAGIC};
    FILE *file = fopen(path, "rb");
    char chunk[32768];
    int pupils = 0, length;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&handlers, &pupils, NULL, 0, NULL);

    xmlCtxtUseOptions(context, XML_PARSE_NONET);
    while ((length = (int)fread(chunk, 1, sizeof chunk, file)) > 0)
        xmlParseChunk(context, chunk, length, 0);
    xmlParseChunk(context, NULL, 0, 1);
    xmlFreeParserCtxt(context);
    fclose(file);
    return pupils;
}

int main(int argc, char **argv)
{
    struct rusage used;
    apr_pool_t *pool;
    int rows;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    if (argc == 4 && strcmp(argv[1], "make") == 0)
        return make(pool, argv[2], atoi(argv[3]));
    if (argc != 3)
        return 2;
    rows = strcmp(argv[1], "rows") == 0 ? read_rows(pool, argv[2]) : read_bare(argv[2]);
    getrusage(RUSAGE_SELF, &used);
    printf("%d %.3f %ld\n", rows, (double)used.ru_utime.tv_sec + (double)used.ru_utime.tv_usec / 1e6,
           used.ru_maxrss);
    return rows == 0;
}
