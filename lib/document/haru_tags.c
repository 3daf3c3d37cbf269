/* SPDX-License-Identifier: Apache-2.0
 *
 * The structure of a document: a tree of elements whose leaves are pieces of marked content on the pages, and
 * for each page the way back from a piece to its element (the parent tree, haru_pages.c).
 *
 * An element is written when it is closed: it names its parent, which has its number already, and its kids,
 * which are written before it. What stays in memory are the elements that are open, with the numbers of their
 * kids: for a list of 20,000 rows that is one table with 20,000 numbers.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

static element_t *new_element(haru_t *haru, const char *type, element_t *parent)
{
    element_t *element = haru->unused_elements;

    if (element) {
        haru->unused_elements = element->parent;
        element->kids->nelts = 0;
    } else {
        element = apr_palloc(haru->pool, sizeof *element);
        element->kids = apr_array_make(haru->pool, 8, sizeof(kid_t));
    }
    element->type = type;
    element->heads_column = 0;
    element->number = haru_number(haru);
    element->parent = parent;
    if (parent)
        *(kid_t *)apr_array_push(parent->kids) = (kid_t){element->number, 0, 0};
    return element;
}

void haru_open(haru_t *haru, const char *type)
{
    if (!haru->root)
        haru->root = haru->open = new_element(haru, "Document", NULL);
    haru->open = new_element(haru, type, haru->open);
}

void haru_open_column(haru_t *haru)
{
    haru_open(haru, "TH");
    haru->open->heads_column = 1;
}

/* ---------------------------------------------------------------- writing */

/* the page that the numbers of an element's marked content are about; 0: it has none */
static int home_page(const element_t *element)
{
    int i;

    for (i = 0; i < element->kids->nelts; i++)
        if (!APR_ARRAY_IDX(element->kids, i, kid_t).number)
            return APR_ARRAY_IDX(element->kids, i, kid_t).page;
    return 0;
}

static void put_kid(haru_buffer_t *entries, const kid_t *kid, int home)
{
    if (kid->number) {
        haru_put_reference(entries, kid->number);
    } else if (kid->page == home) {
        haru_put_number(entries, kid->mark);
    } else {
        haru_put_string(entries, "<</Type/MCR/Pg ");
        haru_put_reference(entries, kid->page);
        haru_put_string(entries, "/MCID ");
        haru_put_number(entries, kid->mark);
        haru_put_string(entries, ">>");
    }
}

static void put_kids(haru_buffer_t *entries, const element_t *element, int home)
{
    int i;

    haru_put_string(entries, element->kids->nelts == 1 ? "/K " : "/K[");
    for (i = 0; i < element->kids->nelts; i++) {
        if (i)
            haru_put_string(entries, " ");
        put_kid(entries, &APR_ARRAY_IDX(element->kids, i, kid_t), home);
    }
    haru_put_string(entries, element->kids->nelts == 1 ? ">>" : "]>>");
}

static void write_element(haru_t *haru, const element_t *element)
{
    haru_buffer_t *entries = &haru->file.entry;
    int home = home_page(element);

    entries->used = 0;
    haru_put_string(entries, "<</S/");
    haru_put_string(entries, element->type);
    haru_put_string(entries, "/P ");
    haru_put_reference(entries, element->parent ? element->parent->number : HARU_STRUCTURE);
    if (home) {
        haru_put_string(entries, "/Pg ");
        haru_put_reference(entries, home);
    }
    if (!strcmp(element->type, "TH")) {
        haru_put_string(entries, "/A ");
        haru_put_reference(entries, element->heads_column ? HARU_COLUMN_SCOPE : HARU_ROW_SCOPE);
    }
    put_kids(entries, element, home);
    haru_pack(haru, element->number, entries->bytes, entries->used);
}

void haru_close(haru_t *haru)
{
    element_t *element = haru->open;

    if (!element)
        return;
    haru->open = element->parent;
    write_element(haru, element);
    element->parent = haru->unused_elements;
    haru->unused_elements = element;
}

int haru_write_structure(haru_t *haru)
{
    haru_buffer_t root = {haru->pool, NULL, 0, 0};
    int document = haru->root ? haru->root->number : 0;

    if (!document)
        return 0;
    while (haru->open)
        haru_close(haru);
    haru_put_string(&root, "/Type /StructTreeRoot\n/K ");
    haru_put_reference(&root, document);
    haru_put_string(&root, "\n/ParentTree ");
    haru_put_reference(&root, HARU_PARENT_TREE);
    haru_put_string(&root, "\n/ParentTreeNextKey ");
    haru_put_number(&root, haru_pages(haru));
    haru_put_string(&root, "\n");
    haru_write_object(haru, HARU_STRUCTURE, haru_buffer_text(&root));
    haru_write_object(haru, HARU_ROW_SCOPE, "/O /Table\n/Scope /Row\n");
    haru_write_object(haru, HARU_COLUMN_SCOPE, "/O /Table\n/Scope /Column\n");
    return 1;
}

/* ---------------------------------------------------------------- marked content */

void haru_unmark(page_t *page)
{
    if (page->marked)
        haru_put_string(&page->over.content, "EMC\n");
    page->marked = 0;
}

static void open_mark(page_t *page, element_t *owner)
{
    haru_buffer_t *content = &page->over.content;

    haru_unmark(page);
    haru_put(content, "/", 1);
    haru_put_string(content, owner->type);
    haru_put_string(content, "<</MCID ");
    haru_put_number(content, page->owners->nelts);
    haru_put_string(content, ">>BDC\n");
    *(kid_t *)apr_array_push(owner->kids) = (kid_t){0, page->object, page->owners->nelts};
    *(int *)apr_array_push(page->owners) = owner->number;
    page->marked = owner->number;
}

layer_t *haru_mark(haru_t *haru, int decoration)
{
    page_t *page = haru->page;

    if (decoration || !haru->open)
        return &page->under;
    if (page->marked != haru->open->number)
        open_mark(page, haru->open);
    return &page->over;
}

#endif
