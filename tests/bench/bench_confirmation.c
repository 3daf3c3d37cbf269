/* SPDX-License-Identifier: Apache-2.0
 *
 * What a confirmation of eighteen units costs, against a peer: the same texts and rules on as many pages,
 * drawn by libharu's public functions with Helvetica, which is not embedded, untagged and at places known
 * beforehand.
 *
 * bench_confirmation fonts-folder [rounds]: draws all in turn, so that a busy machine slows all, and prints
 * rows of a Markdown table: medians of the processor's time, their ratio, sizes.
 */
#include "../pdf/samples.h"
#include "document/letters.h"

#include <apr_general.h>
#include <apr_time.h>
#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WARM_UP 20
#define MANY 1000
#define ACADEMY 20000
#define PARAGRAPH_LINE 115 /* letters */

static apr_status_t count_bytes(void *baton, const char *bytes, apr_size_t length)
{
    (void)bytes;
    *(apr_size_t *)baton += length;
    return APR_SUCCESS;
}

/* ---------------------------------------------------------------- the peer */

typedef struct peer_t {
    HPDF_Page page;
    HPDF_Font regular, bold;
    double y;
} peer_t;

static void peer_text(peer_t *peer, HPDF_Font font, double size, double x, double y, const char *text,
                      apr_size_t length)
{
    const char *end = text + length;
    char bytes[1024];
    size_t count = 0;
    unsigned letter;

    while (count < sizeof bytes - 1 && (letter = letter_next(&text, end)))
        bytes[count++] = letter_byte(letter) ? (char)letter_byte(letter) : '?';
    bytes[count] = '\0';
    HPDF_Page_BeginText(peer->page);
    HPDF_Page_SetFontAndSize(peer->page, font, (HPDF_REAL)size);
    HPDF_Page_TextOut(peer->page, (HPDF_REAL)x, (HPDF_REAL)y, bytes);
    HPDF_Page_EndText(peer->page);
}

static void peer_line(peer_t *peer, HPDF_Font font, double size, const char *text)
{
    peer_text(peer, font, size, 45, peer->y -= 10, text, strlen(text));
}

static void peer_paragraph(peer_t *peer, double size, const char *text)
{
    while (*text) {
        apr_size_t length = strlen(text);

        if (length > PARAGRAPH_LINE)
            for (length = PARAGRAPH_LINE; length > 1 && text[length - 1] != ' '; length--)
                ;
        peer_text(peer, peer->regular, size, 45, peer->y -= 9, text, length);
        text += length;
    }
}

static void peer_rule(peer_t *peer)
{
    HPDF_Page_SetLineWidth(peer->page, 0.25f);
    HPDF_Page_MoveTo(peer->page, 45, (HPDF_REAL)peer->y - 2);
    HPDF_Page_LineTo(peer->page, 550, (HPDF_REAL)peer->y - 2);
    HPDF_Page_Stroke(peer->page);
}

static void peer_box(peer_t *peer, double x)
{
    HPDF_Page_Rectangle(peer->page, (HPDF_REAL)x, (HPDF_REAL)peer->y, 150, 60);
    HPDF_Page_Stroke(peer->page);
}

static void peer_block(peer_t *peer, const confirmation_block_t *block)
{
    int i;

    peer_line(peer, peer->bold, 10.5, block->title);
    peer_rule(peer);
    for (i = 0; i < block->fields->nelts; i++) {
        const confirmation_field_t *field = &APR_ARRAY_IDX(block->fields, i, confirmation_field_t);
        double x = i % 2 ? 307 : 45;

        if (i % 2 == 0)
            peer->y -= 14;
        peer_text(peer, peer->regular, 8.3, x, peer->y, field->label, strlen(field->label));
        peer_text(peer, peer->bold, 9.5, x + 108, peer->y, *field->value ? field->value : "—",
                  *field->value ? strlen(field->value) : 3);
        if (i % 2 == 0)
            peer_rule(peer);
    }
}

static void peer_units(peer_t *peer, const confirmation_t *c)
{
    static const double left[] = {45, 82, 245, 285, 362, 480};
    int i, j;

    for (i = 0; i < c->units->nelts; i++) {
        const confirmation_unit_t *unit = &APR_ARRAY_IDX(c->units, i, confirmation_unit_t);
        const char *texts[] = {unit->code, unit->label, unit->coefficient,
                               unit->mode, unit->state, unit->choice};

        peer->y -= 14;
        for (j = 0; j < 6; j++)
            if (texts[j])
                peer_text(peer, j < 4 ? peer->regular : peer->bold, 8.6, left[j], peer->y, texts[j],
                          strlen(texts[j]));
        peer_rule(peer);
    }
}

/* a QR code has some 75 rectangles */
static void peer_code(peer_t *peer)
{
    int i;

    for (i = 0; i < 75; i++)
        HPDF_Page_Rectangle(peer->page, (HPDF_REAL)(470 + i % 20 * 3), (HPDF_REAL)(650 + i / 20 * 3), 3, 3);
    HPDF_Page_Fill(peer->page);
}

static void peer_add_page(peer_t *peer, HPDF_Doc doc)
{
    peer->page = HPDF_AddPage(doc);
    HPDF_Page_SetSize(peer->page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    peer->y = 830;
}

static void peer_pages(peer_t *peer, HPDF_Doc doc, const confirmation_t *c)
{
    const char *const head[] = {
        c->authority,
        c->division,
        "Confirmation d’inscription",
        c->exam,
        c->session,
        c->specialty,
        "N° d’inscription",
        c->number,
        "Code personnel",
        c->code,
        "Candidat",
        c->candidate,
        "Établissement",
        c->establishment,
        "Dernière validation",
        c->validated,
        "Catégorie",
        c->category,
        "Classe",
        c->class_name,
        "Forme de passage",
        c->form,
        "Renseignements : ",
        c->contact,
        "Unité",
        "Épreuve",
        "Coef.",
        "Mode",
        "État de l’inscription",
        "Choix",
        "Vérifiez chaque ligne. S’il y a une erreur, corrigez-la en rouge sur cette feuille, puis signez.",
        c->hand_in};
    const char *const tail[] = {
        "Engagement du candidat",
        "Fait à",
        "le",
        "Signature du candidat",
        "Signature du représentant légal",
        "Visa et cachet du chef d’établissement",
        "Cadre réservé à l’administration",
        "Reçue le",
        "Complète",
        "Incomplète",
        "Il manque :",
        "Corrections (à l’encre rouge)",
        "Rubrique ou épreuve",
        "Ce qui est juste",
        "* Épreuve, coefficient ou mode à vérifier : le règlement de l’examen fait foi.",
        "Rayez en rouge ce qui est faux, là où c’est imprimé, et écrivez ici, en rouge, ce qui",
        "est juste. Si vous modifiez plutôt votre inscription en ligne, imprimez la nouvelle",
        "confirmation : seule la dernière vaut.",
        "Unité",
        "Épreuve",
        "Coef.",
        "Mode",
        "État de l’inscription",
        "Choix",
        "Cochez chaque pièce que vous joignez.",
        "Pièces à joindre"};
    const char *const foot[] = {"Inscription n° 11-0 – EDOSH - ÉLÉONORE MARIE", "Page 1/2",
                                "Code personnel : K7QM-2XRD – Dernière validation : 24/11/2026 20:31"};
    size_t i;
    int block;

    peer_add_page(peer, doc);
    peer_code(peer);
    for (i = 0; i < sizeof head / sizeof *head; i++)
        peer_line(peer, i % 2 ? peer->bold : peer->regular, 10, head[i]);
    for (block = 0; block < c->blocks->nelts; block++)
        peer_block(peer, &APR_ARRAY_IDX(c->blocks, block, confirmation_block_t));
    peer_units(peer, c);
    for (i = 0; i < sizeof foot / sizeof *foot; i++)
        peer_line(peer, peer->regular, 7.5, foot[i]);
    peer_add_page(peer, doc);
    for (block = 0; block < c->documents->nelts; block++)
        peer_paragraph(peer, 9, APR_ARRAY_IDX(c->documents, block, const char *));
    peer_paragraph(peer, 9, c->engagement);
    for (i = 0; i < sizeof tail / sizeof *tail; i++)
        peer_line(peer, peer->regular, 8, tail[i]);
    for (i = 0; i < 10; i++)
        peer_box(peer, 45 + 30.0 * (double)i);
    for (i = 0; i < 18; i++)
        peer_rule(peer);
    peer_paragraph(peer, 7, c->privacy);
    for (i = 0; i < sizeof foot / sizeof *foot; i++)
        peer_line(peer, peer->regular, 7.5, foot[i]);
}

static apr_size_t draw_peer(const confirmation_t *confirmation, int count)
{
    HPDF_Doc doc = HPDF_New(NULL, NULL);
    char bytes[4096];
    HPDF_UINT32 length;
    apr_size_t size = 0;
    peer_t peer;

    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    peer.regular = HPDF_GetFont(doc, "Helvetica", "WinAnsiEncoding");
    peer.bold = HPDF_GetFont(doc, "Helvetica-Bold", "WinAnsiEncoding");
    while (count--)
        peer_pages(&peer, doc, confirmation);
    HPDF_SaveToStream(doc);
    do {
        length = sizeof bytes;
        HPDF_ReadFromStream(doc, (HPDF_BYTE *)bytes, &length);
        size += length;
    } while (length == sizeof bytes);
    HPDF_Free(doc);
    return size;
}

/* ---------------------------------------------------------------- measuring */

typedef struct measure_t {
    const char *name;
    const confirmation_t *confirmation;
    int count; /* of confirmations in one document */
    int peer;
    apr_time_t *times;
    apr_size_t size;
} measure_t;

static apr_time_t cpu_time(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* other programs on the machine don't count */
    return (apr_time_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static apr_status_t draw_many(measure_t *m, const document_fonts_t *fonts, apr_pool_t *pool,
                              const char **error)
{
    confirmations_t *all = confirmations_begin("Confirmations", fonts, count_bytes, &m->size, pool);
    apr_pool_t *sub;
    int i;

    apr_pool_create(&sub, pool);
    for (i = 0; i < m->count; i++) {
        confirmations_add(all, m->confirmation, sub);
        apr_pool_clear(sub);
    }
    return confirmations_end(all, error);
}

static void measure(measure_t *m, const document_fonts_t *fonts, apr_pool_t *parent, int round)
{
    apr_status_t status = APR_SUCCESS;
    const char *error = NULL;
    apr_pool_t *pool;
    apr_time_t begin = cpu_time();

    m->size = 0;
    apr_pool_create(&pool, parent);
    if (m->peer)
        m->size = draw_peer(m->confirmation, m->count);
    else if (m->count > 1)
        status = draw_many(m, fonts, pool, &error);
    else
        status = confirmation_write(m->confirmation, fonts, count_bytes, &m->size, pool, &error);
    if (status != APR_SUCCESS)
        fprintf(stderr, "%s: %s\n", m->name, error);
    apr_pool_destroy(pool);
    if (round >= 0)
        m->times[round] = cpu_time() - begin;
}

static int by_time(const void *a, const void *b)
{
    apr_time_t left = *(const apr_time_t *)a, right = *(const apr_time_t *)b;

    return left < right ? -1 : left > right;
}

/* ours and its peer in turn, so many rounds: a row of the table */
static void compare(const char *name, const confirmation_t *confirmation, int count, int rounds,
                    const document_fonts_t *fonts, apr_pool_t *pool)
{
    measure_t ours = {name, confirmation, count, 0, NULL, 0}, peer = {name, confirmation, count, 1, NULL, 0};
    double mine, theirs;
    int round;

    ours.times = apr_palloc(pool, (apr_size_t)rounds * sizeof(apr_time_t));
    peer.times = apr_palloc(pool, (apr_size_t)rounds * sizeof(apr_time_t));
    for (round = count > 1 ? 0 : -WARM_UP; round < rounds; round++) {
        measure(&ours, fonts, pool, round);
        measure(&peer, fonts, pool, round);
    }
    qsort(ours.times, (size_t)rounds, sizeof(apr_time_t), by_time);
    qsort(peer.times, (size_t)rounds, sizeof(apr_time_t), by_time);
    mine = (double)ours.times[rounds / 2] / 1000;
    theirs = (double)peer.times[rounds / 2] / 1000;
    printf("| %s | %.0f µs | %.0f µs | %.2f | %lu |\n", name, mine, theirs, mine / theirs,
           (unsigned long)ours.size);
}

/* ---------------------------------------------------------------- memory */

typedef struct seen_t {
    apr_time_t began, first; /* first: when the sink got its first byte */
    apr_size_t size;
} seen_t;

static apr_status_t see_bytes(void *baton, const char *bytes, apr_size_t length)
{
    seen_t *seen = baton;

    if (!seen->size)
        seen->first = cpu_time();
    return count_bytes(&seen->size, bytes, length);
}

/* a process of its own draws so many in one document: its peak in KiB, and what was seen by the way */
static long peak_of(int count, const document_fonts_t *fonts, apr_pool_t *pool, seen_t *seen)
{
    int way[2];
    struct rusage usage;
    pid_t child;

    if (pipe(way) || (child = fork()) < 0)
        exit(1);
    if (child == 0) {
        seen_t here = {cpu_time(), 0, 0};
        confirmations_t *all = confirmations_begin("Confirmations", fonts, see_bytes, &here, pool);
        const confirmation_t *confirmation = sample_bac(pool);
        const char *error = NULL;
        apr_pool_t *sub;

        for (apr_pool_create(&sub, pool); count--; apr_pool_clear(sub))
            confirmations_add(all, confirmation, sub);
        _exit(confirmations_end(all, &error) != APR_SUCCESS ||
              write(way[1], &here, sizeof here) != sizeof here);
    }
    if (read(way[0], seen, sizeof *seen) != sizeof *seen || wait4(child, NULL, 0, &usage) != child)
        exit(1);
    close(way[0]);
    close(way[1]);
    return usage.ru_maxrss;
}

static void compare_memory(const document_fonts_t *fonts, apr_pool_t *pool)
{
    seen_t one, many;
    long least = peak_of(1, fonts, pool, &one), most = peak_of(ACADEMY, fonts, pool, &many);

    printf("\n| work | more memory than one | aim | first byte after | bytes |\n|---|--:|--:|--:|--:|\n"
           "| 20,000 confirmations in one document | %.1f MB | ≤ 10 MB | %.1f ms | %lu |\n",
           (double)(most - least) / 1024, (double)(many.first - many.began) / 1e6, (unsigned long)many.size);
}

int main(int argc, char **argv)
{
    int rounds = argc > 2 ? atoi(argv[2]) : 500;
    const document_fonts_t *fonts;
    const char *error;
    confirmation_t *letters;
    apr_pool_t *pool;

    if (argc < 2 || rounds < 1) {
        fprintf(stderr, "usage: bench_confirmation fonts-folder [rounds]\n");
        return 2;
    }
    apr_initialize();
    apr_pool_create(&pool, NULL);
    fonts = document_fonts_load(pool, argv[1], &error);
    if (!fonts) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    letters = sample_letters(pool);
    letters->units = sample_bac(pool)->units;
    printf("| work | median | libharu, Helvetica not embedded | ratio | bytes |\n|---|--:|--:|--:|--:|\n");
    compare("confirmation, common letters", sample_bac(pool), 1, rounds, fonts, pool);
    compare("confirmation, letters of all Europe", letters, 1, rounds, fonts, pool);
    compare("1,000 confirmations in one document", sample_bac(pool), MANY, rounds / 100 + 1, fonts, pool);
    compare_memory(fonts, pool);
    apr_terminate();
    return 0;
}
