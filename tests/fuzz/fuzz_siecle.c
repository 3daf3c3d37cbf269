/* SPDX-License-Identifier: Apache-2.0
 *
 * Exports of SIECLE. An input is a file, XML or a zip; and the elements of a pupil, of his class and of an
 * address, parted by form feeds, within a file that is right around them.
 */
#include "fuzz.h"

#include "exchange/siecle.h"
#include "text/text.h"

static const source_column_t columns[] = {
    {"ine", NULL, 1},     {"nom_naissance", NULL, 1}, {"prenom_1", NULL, 1}, {"date_naissance", NULL, 1},
    {"sexe", NULL, 0},    {"classe", NULL, 0},        {"mef", NULL, 0},      {"adresse_1", NULL, 0},
    {"commune", NULL, 0}, {"date_sortie", NULL, 0},   {"inconnue", NULL, 0}, {NULL, NULL, 0},
};

static void is_sentence(const char *sentence)
{
    holds(sentence[0] != '\0' && strchr(sentence, '\n') == NULL && text_is_utf8(sentence, strlen(sentence)),
          "a sentence: %s", sentence);
    holds(strchr(sentence, '{') == NULL, "nothing is left to say: %s", sentence);
}

static void is_row(apr_pool_t *pool, const source_t *source, const source_row_t *row)
{
    int i;

    holds(row->line >= 1 && row->wrong == NULL, "line %d", (int)row->line);
    for (i = 0; columns[i].name != NULL; i++) {
        const char *cell = row->cells[i];

        if (cell == NULL)
            continue;
        holds(source->has[i], "%s: it isn't there", columns[i].name);
        holds(cell[0] != '\0' && text_is_utf8(cell, strlen(cell)), "%s: « %s »", columns[i].name, cell);
        holds_same(text_nfc(pool, text_trim(pool, cell)), cell, columns[i].name);
    }
}

static void read_file(apr_pool_t *pool, const char *bytes, size_t size)
{
    siecle_file_t file = {bytes, size, NULL};
    const char *error = NULL;
    source_t *source = siecle_open(pool, &file, NULL, columns, "2026-11-30", &error);
    source_row_t row;
    int rows, i;

    holds((source == NULL) == (error != NULL), "rows or an error");
    if (source == NULL) {
        is_sentence(error);
        return;
    }
    holds(siecle_begins(bytes, size), "it begins like one");
    for (rows = 0; source->next(source, pool, &row); rows++)
        is_row(pool, source, &row);
    holds(source->error == NULL && rows == siecle_facts(source)->pupils, "%d rows", rows);
    for (i = 0; i < source->warnings->nelts; i++)
        holds(text_is_utf8(APR_ARRAY_IDX(source->warnings, i, const char *),
                           strlen(APR_ARRAY_IDX(source->warnings, i, const char *))),
              "warning %d", i);
}

static void read_parts(apr_pool_t *pool, const char *text)
{
    const char *pupil = fuzz_part(pool, &text, '\f'), *classes = fuzz_part(pool, &text, '\f');
    const char *document = apr_pstrcat(
        pool,
        "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?><BEE_ELEVES><DONNEES><ELEVES><ELEVE ELEVE_ID=\"1\">",
        pupil, "</ELEVE></ELEVES><STRUCTURES><STRUCTURES_ELEVE ELEVE_ID=\"1\">", classes,
        "</STRUCTURES_ELEVE></STRUCTURES><ADRESSES><ADRESSE ADRESSE_ID=\"1\">", text,
        "</ADRESSE></ADRESSES></DONNEES></BEE_ELEVES>", NULL);

    read_file(pool, document, strlen(document));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();

    read_file(pool, (const char *)bytes, size);
    read_parts(pool, fuzz_text(pool, bytes, size));
    fuzz_end(pool);
    return 0;
}
