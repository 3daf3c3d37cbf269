/* SPDX-License-Identifier: Apache-2.0
 *
 * The structure of a document: a tree of elements whose leaves are pieces of marked content on the pages, and
 * for each page the way back from a piece to its element (the parent tree).
 *
 * An element's objects are written from the tree when the document is saved: by then all have their numbers.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#include <apr_strings.h>

static element_t *new_element(haru_t *haru, const char *type, element_t *parent)
{
    element_t *element = apr_pcalloc(haru->pool, sizeof *element);

    element->haru = haru;
    element->type = type;
    element->parent = parent;
    element->kids = apr_array_make(haru->pool, 2, sizeof(kid_t));
    *(element_t **)apr_array_push(haru->elements) = element;
    if (parent)
        *(kid_t *)apr_array_push(parent->kids) = (kid_t){element, 0, 0};
    return element;
}

void haru_open(haru_t *haru, const char *type)
{
    if (!haru->root)
        haru->root = haru->open = new_element(haru, "Document", NULL);
    haru->open = new_element(haru, type, haru->open);
}

void haru_close(haru_t *haru)
{
    if (haru->open && haru->open->parent)
        haru->open = haru->open->parent;
}

/* ---------------------------------------------------------------- marked content */

void haru_unmark(page_t *page)
{
    if (page->marked || page->decorated)
        haru_put_string(&page->content, "EMC\n");
    page->marked = NULL;
    page->decorated = 0;
}

void haru_mark(haru_t *haru, int decoration)
{
    page_t *page = haru->page;
    element_t *owner = decoration || !haru->open ? NULL : haru->open;

    if (owner ? page->marked == owner : page->decorated)
        return;
    haru_unmark(page);
    if (!owner) {
        haru_put_string(&page->content, "/Artifact BMC\n");
        page->decorated = 1;
        return;
    }
    haru_put_string(&page->content, "/");
    haru_put_string(&page->content, owner->type);
    haru_put_string(&page->content, " <</MCID ");
    haru_put_number(&page->content, page->marks->nelts);
    haru_put_string(&page->content, ">> BDC\n");
    *(kid_t *)apr_array_push(owner->kids) = (kid_t){NULL, page->number, page->marks->nelts};
    *(element_t **)apr_array_push(page->marks) = owner;
    page->marked = owner;
}

/* ---------------------------------------------------------------- into the document */

static page_t *page_of(haru_t *haru, int number)
{
    return APR_ARRAY_IDX(haru->pages, number - 1, page_t *);
}

/* the page that the numbers of an element's marked content are about; 0: it has none */
static int home_page(const element_t *element)
{
    int i;

    for (i = 0; i < element->kids->nelts; i++)
        if (!APR_ARRAY_IDX(element->kids, i, kid_t).element)
            return APR_ARRAY_IDX(element->kids, i, kid_t).page;
    return 0;
}

static void put_kid(haru_buffer_t *entries, haru_t *haru, const kid_t *kid, int home)
{
    if (kid->element) {
        haru_put_reference(entries, kid->element->object);
    } else if (kid->page == home) {
        haru_put_number(entries, kid->mark);
    } else {
        haru_put_string(entries, "<</Type /MCR /Pg ");
        haru_put_reference(entries, page_of(haru, kid->page)->object);
        haru_put_string(entries, " /MCID ");
        haru_put_number(entries, kid->mark);
        haru_put_string(entries, ">>");
    }
}

static void put_element(haru_buffer_t *entries, const element_t *element, HPDF_Dict root,
                        HPDF_Dict row_header)
{
    int home = home_page(element), i;

    haru_put_string(entries, "/S/");
    haru_put_string(entries, element->type);
    haru_put_string(entries, "/P ");
    haru_put_reference(entries, element->parent ? element->parent->object : root);
    if (home) {
        haru_put_string(entries, "/Pg ");
        haru_put_reference(entries, page_of(element->haru, home)->object);
    }
    if (!strcmp(element->type, "TH")) {
        haru_put_string(entries, "/A ");
        haru_put_reference(entries, row_header);
    }
    haru_put_string(entries, element->kids->nelts == 1 ? "/K " : "/K[");
    for (i = 0; i < element->kids->nelts; i++) {
        if (i)
            haru_put_string(entries, " ");
        put_kid(entries, element->haru, &APR_ARRAY_IDX(element->kids, i, kid_t), home);
    }
    haru_put_string(entries, element->kids->nelts == 1 ? "\n" : "]\n");
}

static const char *page_owners(haru_t *haru, const page_t *page)
{
    haru_buffer_t array = {haru->pool, NULL, 0, 0};
    int i;

    haru_put_string(&array, "[");
    for (i = 0; i < page->marks->nelts; i++) {
        haru_put_reference(&array, APR_ARRAY_IDX(page->marks, i, element_t *)->object);
        haru_put_string(&array, i + 1 < page->marks->nelts ? " " : "");
    }
    haru_put_string(&array, "]");
    return haru_buffer_text(&array);
}

static HPDF_Dict parent_tree(haru_t *haru)
{
    haru_buffer_t entries = {haru->pool, NULL, 0, 0};
    int i;

    haru_put_string(&entries, "/Nums [");
    for (i = 0; i < haru->pages->nelts; i++) {
        haru_put_number(&entries, i);
        haru_put_string(&entries, " ");
        haru_put_string(&entries, page_owners(haru, page_of(haru, i + 1)));
        haru_put_string(&entries, "\n");
    }
    haru_put_string(&entries, "]\n");
    return haru_object(haru, haru_buffer_text(&entries));
}

void haru_write_structure(haru_t *haru)
{
    HPDF_Dict root, row_header, tree;
    int i;

    if (!haru->root)
        return;
    root = haru_object(
        haru, apr_psprintf(haru->pool, "/Type /StructTreeRoot\n/ParentTreeNextKey %d\n", haru->pages->nelts));
    row_header = haru_object(haru, "/O /Table\n/Scope /Row\n");
    for (i = 0; i < haru->elements->nelts; i++)
        APR_ARRAY_IDX(haru->elements, i, element_t *)->object = haru_object(haru, NULL);
    for (i = 0; i < haru->elements->nelts; i++) {
        element_t *element = APR_ARRAY_IDX(haru->elements, i, element_t *);
        haru_buffer_t entries = {haru->pool, NULL, 0, 0};

        put_element(&entries, element, root, row_header);
        haru_set_entries(element->object, haru_buffer_text(&entries));
    }
    tree = parent_tree(haru);
    haru_cite(root, "K", haru->root->object);
    haru_cite(root, "ParentTree", tree);
    haru_cite(haru->doc->catalog, "StructTreeRoot", root);
}

#endif
