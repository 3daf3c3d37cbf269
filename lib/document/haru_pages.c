/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages, and the sections that they leave in.
 *
 * A long document's file is a chain of cross-reference sections. Each holds a node of the page tree, some
 * pages with their contents and elements, and a leaf of the parent tree: libharu writes it whole (objects,
 * table, trailer) and frees it. What the document has once (catalog, roots, resources) stays in the section
 * that HPDF_New made, which is written last but one; the last one holds fonts, and has the highest numbers,
 * so that its trailer tells how many there are. A short document is one section.
 */
#include "haru_internal.h"

#define MOST_PAGES 32 /* in a section: 1, 2, 4, … */
#define NOT_SET (-1.0)

void haru_pages_begin(haru_t *haru)
{
    haru->pages = apr_array_make(haru->pool, MOST_PAGES, sizeof(page_t));
    haru->section_pages = 1;
}

void haru_pages_keep(haru_t *haru)
{
    HPDF_Doc doc = haru->doc;

    haru->kept = doc->xref;
    haru->nodes = HPDF_Dict_GetItem(doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    haru->resources = haru_dictionary(haru, haru->kept);
    if (haru->length == HARU_SHORT)
        haru->section = haru->kept;
}

static void begin_section(haru_t *haru)
{
    HPDF_Doc doc = haru->doc;
    HPDF_Pages node;

    if (!haru->next_number)
        haru->next_number = haru->kept->entries->count;
    haru->section = HPDF_Xref_New(doc->mmgr, haru->next_number);
    doc->xref = haru->section;
    node = HPDF_Pages_New(doc->mmgr, NULL, haru->section);
    HPDF_Dict_Add(node, "Parent", doc->root_pages);
    HPDF_Doc_SetCurrentPages(doc, node);
    haru_refer(haru, haru->nodes, haru_number(node));
}

/* ---------------------------------------------------------------- a page */

static void clear_layer(layer_t *layer, HPDF_Stream stream)
{
    *layer = (layer_t){stream, -1, NOT_SET, 0, NOT_SET};
}

/* one of libharu's, with what all have in common; its own dictionary of resources gives way to it */
static HPDF_Page new_page(haru_t *haru)
{
    HPDF_Page page = haru_lost(haru) ? NULL : HPDF_AddPage(haru->doc);

    if (!page)
        return NULL;
    HPDF_Page_SetSize(page, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
    HPDF_Dict_Add(page, "Resources", haru->resources);
    HPDF_Dict_AddNumber(page, "StructParents", haru_pages(haru));
    HPDF_Dict_AddName(page, "Tabs", "S");
    return page;
}

int haru_add_page(haru_t *haru)
{
    HPDF_Page drawn;
    page_t *page;

    if (!haru_lost(haru) && !haru->section)
        begin_section(haru);
    drawn = new_page(haru);
    page = apr_array_push(haru->pages);
    memset(page, 0, sizeof *page);
    page->page = drawn;
    clear_layer(&page->over, drawn ? ((HPDF_PageAttr)drawn->attr)->stream : NULL);
    clear_layer(&page->under, NULL);
    page->owners = apr_array_make(haru->scratch, 128, sizeof(element_t *));
    haru->page = page;
    return haru_pages(haru);
}

int haru_pages(const haru_t *haru)
{
    return haru->left + haru->pages->nelts;
}

void haru_turn_to(haru_t *haru, int page)
{
    haru->page = &APR_ARRAY_IDX(haru->pages, page - 1 - haru->left, page_t);
}

/* the page's operators, decoration first, deflated */
static void finish_page(haru_t *haru, page_t *page)
{
    HPDF_Stream under = page->under.stream, over = page->over.stream;
    HPDF_PageAttr attr;

    if (!page->page || page->finished || haru_lost(haru))
        return;
    haru_unmark(page);
    page->finished = 1;
    if (under)
        HPDF_Stream_WriteStr(under, "Q\nEMC\n");
    haru_deflate_begin(haru, HPDF_Stream_Size(over) + (under ? HPDF_Stream_Size(under) : 0));
    haru_deflate_stream(haru, under);
    haru_deflate_stream(haru, over);
    attr = page->page->attr;
    haru_replace_contents(haru, attr->contents);
    attr->stream = attr->contents->stream;
    HPDF_Stream_Free(under);
    page->under.stream = NULL;
}

static void finish_pages(haru_t *haru)
{
    int i;

    for (i = 0; i < haru->pages->nelts; i++)
        finish_page(haru, &APR_ARRAY_IDX(haru->pages, i, page_t));
}

/* ---------------------------------------------------------------- leaving */

static void write_section(haru_t *haru, HPDF_Xref xref)
{
    if (haru_lost(haru))
        return;
    HPDF_Dict_Add(xref->trailer, "Root", haru->doc->catalog);
    HPDF_Dict_Add(xref->trailer, "Info", haru->doc->info);
    if (haru->last_table)
        HPDF_Dict_AddNumber(xref->trailer, "Prev", (HPDF_INT32)haru->last_table);
    HPDF_Xref_WriteToStream(xref, haru->file.stream, NULL);
    haru->last_table = xref->addr;
}

/* the pages and elements of a section go, and what doc holds of them */
static void free_section(haru_t *haru)
{
    HPDF_Doc doc = haru->doc;

    if (haru->section && haru->section != haru->kept)
        HPDF_Xref_Free(haru->section);
    haru->section = NULL;
    doc->xref = haru->kept;
    HPDF_List_Clear(doc->page_list);
    doc->cur_page = NULL;
    doc->cur_pages = doc->root_pages;
}

void haru_pages_free(haru_t *haru)
{
    int i;

    for (i = 0; i < haru->pages->nelts; i++)
        HPDF_Stream_Free(APR_ARRAY_IDX(haru->pages, i, page_t).under.stream);
    haru->pages->nelts = 0;
    if (haru->kept)
        free_section(haru);
}

static void end_section(haru_t *haru)
{
    int first = !haru->last_table;

    if (!haru->section)
        return;
    haru_pack(haru, haru->section);
    write_section(haru, haru->section);
    free_section(haru);
    haru->left += haru->pages->nelts;
    haru->pages->nelts = 0;
    haru->page = NULL;
    apr_pool_clear(haru->scratch);
    if (first) /* a reader sees something soon; then in pieces */
        haru_flush(haru);
    if (haru->section_pages < MOST_PAGES)
        haru->section_pages *= 2;
}

void haru_leave(haru_t *haru)
{
    if (haru->length == HARU_SHORT || haru_lost(haru))
        return;
    finish_pages(haru);
    if (haru->pages->nelts >= haru->section_pages)
        end_section(haru);
}

static void write_last(haru_t *haru, HPDF_Xref xref)
{
    if (haru->total_size > 0)
        haru_write_total(haru, xref);
    haru_write_fonts(haru, xref);
    haru_pack(haru, xref);
    haru_tags_end(haru);
}

static void end_long(haru_t *haru)
{
    HPDF_Pages root = haru->doc->root_pages;
    HPDF_Xref last;

    end_section(haru);
    root->before_write_fn = NULL; /* it would count in nodes that have left */
    HPDF_Dict_AddNumber(root, "Count", haru_pages(haru));
    last = haru->section = HPDF_Xref_New(haru->doc->mmgr, haru->next_number);
    write_last(haru, last);
    write_section(haru, haru->kept);
    write_section(haru, last);
    free_section(haru);
}

void haru_pages_end(haru_t *haru)
{
    if (!haru_pages(haru)) /* a document has one at least */
        haru_add_page(haru);
    finish_pages(haru);
    while (haru->structure.open != &haru->structure.above)
        haru_close(haru);
    if (haru_lost(haru))
        return;
    if (haru->length == HARU_LONG) {
        end_long(haru);
    } else {
        write_last(haru, haru->kept);
        write_section(haru, haru->kept);
    }
}
