/* SPDX-License-Identifier: Apache-2.0
 *
 * The structure of a document: a tree of elements whose leaves are pieces of marked content on the pages, and
 * for each page the way back from a piece to its element (the parent tree).
 *
 * Elements live until their section ends, which packs them into one object stream (PDF 1.5), beside libharu's
 * table that any reader follows: those that know better find the elements by /XRefStm in its trailer. An
 * element that is still open gets its number then, by which those inside it name it, and is written in the
 * section that it ends in; of those inside it that have left, it keeps the numbers.
 */
#include "haru_internal.h"

#include <apr_strings.h>

#define PIECE 16384 /* of texts */

void haru_tags_begin(haru_t *haru)
{
    structure_t *structure = &haru->structure;

    structure->end = &structure->closed;
    structure->open = &structure->above;
    structure->above.end = &structure->above.kids;
    haru_open(haru, "Document");
    structure->document = structure->open;
}

void haru_tags_keep(haru_t *haru)
{
    structure_t *structure = &haru->structure;
    HPDF_Dict catalog = haru->doc->catalog, tree;

    HPDF_Dict_AddBoolean(haru_inner(haru, catalog, "MarkInfo"), "Marked", HPDF_TRUE);
    structure->root = haru_dictionary(haru, haru->kept);
    tree = haru_dictionary(haru, haru->kept);
    structure->leaves = haru_array(haru, tree, "Kids");
    HPDF_Dict_AddName(structure->root, "Type", "StructTreeRoot");
    HPDF_Dict_Add(structure->root, "ParentTree", tree);
    HPDF_Dict_Add(catalog, "StructTreeRoot", structure->root);
    structure->above.number = haru_number(structure->root);
}

/* ---------------------------------------------------------------- elements */

static void add_kid(haru_t *haru, element_t *element, kid_t kid)
{
    kid_t *added = *element->end = apr_pmemdup(haru->scratch, &kid, sizeof kid);

    element->end = &added->next;
}

void haru_open(haru_t *haru, const char *type)
{
    structure_t *structure = &haru->structure;
    element_t *element = structure->unused;

    if (element)
        structure->unused = element->next;
    else
        element = apr_palloc(haru->pool, sizeof *element);
    *element = (element_t){.type = type, .parent = structure->open};
    element->end = &element->kids;
    add_kid(haru, structure->open, (kid_t){element, 0, -1, NULL});
    structure->open = element;
}

void haru_open_column(haru_t *haru)
{
    haru_open(haru, "TH");
    haru->structure.open->heads_column = 1;
}

void haru_close(haru_t *haru)
{
    structure_t *structure = &haru->structure;
    element_t *element = structure->open;

    structure->open = element->parent;
    *structure->end = element;
    structure->end = &element->next;
}

/* ---------------------------------------------------------------- marked content */

void haru_unmark(page_t *page)
{
    if (page->marked)
        HPDF_Stream_WriteStr(page->over.stream, "EMC\n");
    page->marked = NULL;
}

static void open_mark(haru_t *haru, page_t *page, element_t *owner)
{
    pen_t pen;
    int mark = page->owners->nelts;

    pen_begin(&pen, page->over.stream);
    haru_unmark(page);
    pen_char(&pen, '/');
    pen_string(&pen, owner->type);
    pen_string(&pen, "<</MCID ");
    pen_number(&pen, mark);
    pen_string(&pen, ">>BDC\n");
    pen_lift(&pen);
    add_kid(haru, owner, (kid_t){NULL, haru_number(page->page), mark, NULL});
    APR_ARRAY_PUSH(page->owners, element_t *) = owner;
    page->marked = owner;
}

layer_t *haru_mark(haru_t *haru, int decoration)
{
    page_t *page = haru->page;
    element_t *open = haru->structure.open;

    if (decoration || open->parent == &haru->structure.above)
        return &page->under;
    if (page->marked != open)
        open_mark(haru, page, open);
    return &page->over;
}

/* ---------------------------------------------------------------- writing: hooks of HPDF_Dict_Write */

static HPDF_UINT32 number_of_kid(const kid_t *kid)
{
    return kid->element ? kid->element->number : kid->number;
}

/* the page that the numbers of an element's marked content are about; 0: it has none */
static HPDF_UINT32 home_page(const element_t *element)
{
    const kid_t *kid;
    int i;

    for (i = 0; element->gone && i < element->gone->nelts; i++)
        if (APR_ARRAY_IDX(element->gone, i, kid_t).mark >= 0)
            return APR_ARRAY_IDX(element->gone, i, kid_t).number;
    for (kid = element->kids; kid; kid = kid->next)
        if (kid->mark >= 0)
            return kid->number;
    return 0;
}

static void put_kid(pen_t *pen, const kid_t *kid, HPDF_UINT32 home)
{
    if (kid->mark < 0) {
        pen_reference(pen, number_of_kid(kid));
    } else if (kid->number == home) {
        pen_number(pen, kid->mark);
    } else {
        pen_string(pen, "<</Type/MCR/Pg ");
        pen_reference(pen, kid->number);
        pen_string(pen, "/MCID ");
        pen_number(pen, kid->mark);
        pen_string(pen, ">>");
    }
    pen_char(pen, ' ');
}

static HPDF_STATUS write_element(HPDF_Dict dictionary, HPDF_Stream stream)
{
    const element_t *element = dictionary->attr;
    HPDF_UINT32 home = home_page(element);
    pen_t pen;
    const kid_t *kid;
    int i;

    pen_begin(&pen, stream);
    pen_string(&pen, "/S/");
    pen_string(&pen, element->type);
    pen_string(&pen, "/P ");
    pen_reference(&pen, element->parent->number);
    if (home) {
        pen_string(&pen, "/Pg ");
        pen_reference(&pen, home);
    }
    if (!strcmp(element->type, "TH"))
        pen_string(&pen, element->heads_column ? "/A<</O/Table/Scope/Column>>" : "/A<</O/Table/Scope/Row>>");
    pen_string(&pen, "/K[");
    for (i = 0; element->gone && i < element->gone->nelts; i++)
        put_kid(&pen, &APR_ARRAY_IDX(element->gone, i, kid_t), home);
    for (kid = element->kids; kid; kid = kid->next)
        put_kid(&pen, kid, home);
    pen_char(&pen, ']');
    pen_lift(&pen);
    return HPDF_OK;
}

/* of the parent tree: the elements of the section's pages */
static HPDF_STATUS write_leaf(HPDF_Dict dictionary, HPDF_Stream stream)
{
    const haru_t *haru = dictionary->attr;
    pen_t pen;
    int i, j;

    pen_begin(&pen, stream);
    pen_string(&pen, "/Limits[");
    pen_number(&pen, haru->left);
    pen_char(&pen, ' ');
    pen_number(&pen, haru_pages(haru) - 1);
    pen_string(&pen, "]/Nums[");
    for (i = 0; i < haru->pages->nelts; i++) {
        const apr_array_header_t *owners = APR_ARRAY_IDX(haru->pages, i, page_t).owners;

        pen_number(&pen, haru->left + i);
        pen_char(&pen, '[');
        for (j = 0; j < owners->nelts; j++) {
            pen_reference(&pen, APR_ARRAY_IDX(owners, j, element_t *)->number);
            pen_char(&pen, ' ');
        }
        pen_char(&pen, ']');
    }
    pen_char(&pen, ']');
    pen_lift(&pen);
    return HPDF_OK;
}

/* ---------------------------------------------------------------- packing */

/* What a section packs: the objects' texts, where they begin, and their rows of the cross-reference stream.
 */
typedef struct pack_t {
    haru_t *haru;
    HPDF_Xref xref;
    HPDF_UINT32 own;  /* the object stream's number; the cross-reference's is the next one */
    HPDF_Dict writer; /* one dictionary writes all of them */
    HPDF_Stream texts, index, rows;
    HPDF_Dict table;
    apr_array_header_t *runs; /* of numbers, in the cross-reference: first, count, first … */
    int count;
} pack_t;

/* HPDF_Xref_WriteToStream has written the objects and asks for the trailer */
static HPDF_STATUS complete_trailer(HPDF_Dict trailer)
{
    const pack_t *pack = trailer->attr;
    HPDF_XrefEntry entry =
        HPDF_Xref_GetEntry(pack->xref, haru_number(pack->table) - pack->xref->start_offset);

    HPDF_Dict_AddNumber(trailer, "Size", (HPDF_INT32)pack->haru->next_number);
    return HPDF_Dict_AddNumber(trailer, "XRefStm", (HPDF_INT32)entry->byte_offset);
}

/* its row says: packed, in which stream, at which index, in 1, 3 and 3 bytes */
static void pack_object(pack_t *pack, HPDF_UINT32 number, HPDF_Dict_OnWriteFunc write, const void *what)
{
    const HPDF_BYTE row[7] = {2,
                              (HPDF_BYTE)(pack->own >> 16),
                              (HPDF_BYTE)(pack->own >> 8),
                              (HPDF_BYTE)pack->own,
                              (HPDF_BYTE)(pack->count >> 16),
                              (HPDF_BYTE)(pack->count >> 8),
                              (HPDF_BYTE)pack->count};
    pen_t index;

    pen_begin(&index, pack->index);
    pen_number(&index, (long)number);
    pen_char(&index, ' ');
    pen_number(&index, (long)HPDF_Stream_Size(pack->texts));
    pen_char(&index, ' ');
    pen_lift(&index);
    HPDF_Stream_Write(pack->rows, row, sizeof row);
    pack->writer->write_fn = write;
    pack->writer->attr = (void *)what;
    HPDF_Obj_WriteValue(pack->writer, pack->texts, NULL);
    HPDF_Stream_WriteChar(pack->texts, '\n');
    pack->count++;
}

static void add_run(pack_t *pack, HPDF_UINT32 first, HPDF_UINT32 count)
{
    APR_ARRAY_PUSH(pack->runs, HPDF_UINT32) = first;
    APR_ARRAY_PUSH(pack->runs, HPDF_UINT32) = count;
}

/* the open ones first, which a later section holds; then those that this one does. The number after the last.
 */
static HPDF_UINT32 give_numbers(structure_t *structure, HPDF_UINT32 number)
{
    element_t *element;

    for (element = structure->open; element != &structure->above; element = element->parent)
        if (!element->number)
            element->number = number++;
    return number;
}

/* the closed elements that got their numbers in an earlier section: a few, in rising order */
static apr_array_header_t *numbered_earlier(haru_t *haru)
{
    apr_array_header_t *found = apr_array_make(haru->scratch, 8, sizeof(element_t *));
    element_t *element, **all;
    int i;

    for (element = haru->structure.closed; element; element = element->next) {
        if (!element->number)
            continue;
        apr_array_push(found);
        all = (element_t **)found->elts;
        for (i = found->nelts - 1; i && all[i - 1]->number > element->number; i--)
            all[i] = all[i - 1];
        all[i] = element;
    }
    return found;
}

static void pack_elements(pack_t *pack)
{
    structure_t *structure = &pack->haru->structure;
    HPDF_UINT32 number = give_numbers(structure, pack->own + 2), first = number;
    apr_array_header_t *earlier = numbered_earlier(pack->haru);
    element_t *element;
    int i;

    for (element = structure->closed; element; element = element->next)
        if (!element->number)
            element->number = number++;
    for (i = 0; i < earlier->nelts; i++) {
        element = APR_ARRAY_IDX(earlier, i, element_t *);
        pack_object(pack, element->number, write_element, element);
        add_run(pack, element->number, 1);
    }
    for (element = structure->closed; element; element = element->next)
        if (element->number >= first)
            pack_object(pack, element->number, write_element, element);
    if (pack->haru->pages->nelts) {
        haru_refer(pack->haru, structure->leaves, number);
        pack_object(pack, number++, write_leaf, pack->haru);
    }
    add_run(pack, first, number - first);
    pack->haru->next_number = number;
}

/* those that were written are used again; of what open ones hold, the numbers stay */
static void forget_elements(haru_t *haru)
{
    structure_t *structure = &haru->structure;
    element_t *element;
    kid_t *kid;

    for (element = structure->open; element != &structure->above; element = element->parent) {
        if (!element->gone)
            element->gone = apr_array_make(haru->pool, 8, sizeof(kid_t));
        for (kid = element->kids; kid; kid = kid->next)
            APR_ARRAY_PUSH(element->gone, kid_t) = (kid_t){NULL, number_of_kid(kid), kid->mark, NULL};
        element->kids = NULL;
        element->end = &element->kids;
    }
    *structure->end = structure->unused;
    structure->unused = structure->closed;
    structure->closed = NULL;
    structure->end = &structure->closed;
}

static void write_pack(pack_t *pack)
{
    haru_t *haru = pack->haru;
    HPDF_Dict packed;
    HPDF_Array widths, runs;
    int i;

    haru_deflate_begin(haru, HPDF_Stream_Size(pack->index) + HPDF_Stream_Size(pack->texts));
    haru_deflate_stream(haru, pack->index);
    haru_deflate_stream(haru, pack->texts);
    packed = haru_deflated(haru, pack->xref);
    HPDF_Dict_AddName(packed, "Type", "ObjStm");
    HPDF_Dict_AddNumber(packed, "N", pack->count);
    HPDF_Dict_AddNumber(packed, "First", (HPDF_INT32)HPDF_Stream_Size(pack->index));
    haru_deflate_begin(haru, HPDF_Stream_Size(pack->rows));
    haru_deflate_stream(haru, pack->rows);
    pack->table = haru_deflated(haru, pack->xref);
    HPDF_Dict_AddName(pack->table, "Type", "XRef");
    HPDF_Dict_AddNumber(pack->table, "Size", (HPDF_INT32)haru->next_number);
    widths = haru_array(haru, pack->table, "W");
    HPDF_Array_AddNumber(widths, 1);
    HPDF_Array_AddNumber(widths, 3);
    HPDF_Array_AddNumber(widths, 3);
    runs = haru_array(haru, pack->table, "Index");
    for (i = 0; i < pack->runs->nelts; i++)
        HPDF_Array_AddNumber(runs, (HPDF_INT32)APR_ARRAY_IDX(pack->runs, i, HPDF_UINT32));
    pack->xref->trailer->before_write_fn = complete_trailer;
    pack->xref->trailer->attr = pack;
}

void haru_pack(haru_t *haru, HPDF_Xref xref)
{
    HPDF_MMgr mmgr = haru->doc->mmgr;
    pack_t *pack = apr_pcalloc(haru->scratch, sizeof *pack);

    pack->haru = haru;
    pack->xref = xref;
    pack->own = xref->start_offset + xref->entries->count;
    pack->runs = apr_array_make(haru->scratch, 4, sizeof(HPDF_UINT32));
    pack->writer = HPDF_Dict_New(mmgr);
    pack->texts = HPDF_MemStream_New(mmgr, PIECE);
    pack->index = HPDF_MemStream_New(mmgr, HARU_PIECE);
    pack->rows = HPDF_MemStream_New(mmgr, HARU_PIECE);
    if (!haru_lost(haru)) {
        pack_elements(pack);
        write_pack(pack);
    }
    HPDF_Stream_Free(pack->rows);
    HPDF_Stream_Free(pack->index);
    HPDF_Stream_Free(pack->texts);
    HPDF_Dict_Free(pack->writer);
    haru->file.too_large |= haru->next_number > haru_limits.objects;
    forget_elements(haru);
}

void haru_tags_end(haru_t *haru)
{
    const structure_t *structure = &haru->structure;

    haru_refer_entry(haru, structure->root, "K", structure->document->number);
    HPDF_Dict_AddNumber(structure->root, "ParentTreeNextKey", haru_pages(haru));
}
