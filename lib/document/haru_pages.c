/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages: those still drawn on, and those that have left.
 *
 * Of a page that has left, its number stays until its node of the page tree is full and written; of a node
 * stays its number. The same goes for the parent tree, which tells for each page the elements that its marked
 * contents belong to.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#include <apr_strings.h>

#define NODE_PAGES 64
#define NOT_SET (-1.0)

void haru_pages_begin(haru_t *haru)
{
    left_t *left = &haru->left;

    haru->pages = apr_array_make(haru->pool, 4, sizeof(page_t *));
    left->nodes = apr_array_make(haru->pool, 16, sizeof(int));
    left->leaves = apr_array_make(haru->pool, 16, sizeof(int));
    left->kids.pool = left->parents.pool = haru->pool;
    left->node = haru_number(haru);
}

static void clear_layer(layer_t *layer)
{
    layer->content.used = 0;
    layer->font = -1;
    layer->size = layer->line = NOT_SET;
    layer->grey = 0;
}

static page_t *new_page(haru_t *haru)
{
    page_t *page = haru->unused_pages;

    if (page) {
        haru->unused_pages = page->next;
    } else {
        page = apr_pcalloc(haru->pool, sizeof *page);
        page->under.content.pool = page->over.content.pool = haru->pool;
        page->owners = apr_array_make(haru->pool, 128, sizeof(int));
    }
    clear_layer(&page->under);
    clear_layer(&page->over);
    page->owners->nelts = 0;
    page->marked = 0;
    page->grey = 0;
    return page;
}

int haru_add_page(haru_t *haru)
{
    page_t *page = haru->page = new_page(haru);

    page->object = haru_number(haru);
    *(page_t **)apr_array_push(haru->pages) = page;
    return haru_pages(haru);
}

int haru_pages(const haru_t *haru)
{
    return haru->left.count + haru->pages->nelts;
}

void haru_turn_to(haru_t *haru, int page)
{
    haru->page = APR_ARRAY_IDX(haru->pages, page - 1 - haru->left.count, page_t *);
}

/* ---------------------------------------------------------------- leaving */

/* what all pages have, said once, in the nodes at the top of their tree */
static void put_shared(haru_buffer_t *entries, int total)
{
    haru_put_string(entries, "/MediaBox [0 0 ");
    haru_put_points(entries, HARU_A4_WIDTH);
    haru_put_string(entries, " ");
    haru_put_points(entries, HARU_A4_HEIGHT);
    haru_put_string(entries, "]\n/Resources <</Font ");
    haru_put_reference(entries, HARU_FONTS);
    if (total) {
        haru_put_string(entries, " /XObject <</N ");
        haru_put_reference(entries, HARU_TOTAL);
        haru_put_string(entries, ">>");
    }
    haru_put_string(entries, ">>\n");
}

static void write_node(haru_t *haru, int number, int parent, const char *kids, int count)
{
    haru_buffer_t entries = {haru->scratch, NULL, 0, 0};

    haru_put_string(&entries, "/Type /Pages\n");
    if (parent) {
        haru_put_string(&entries, "/Parent ");
        haru_put_reference(&entries, parent);
        haru_put_string(&entries, "\n");
    } else {
        put_shared(&entries, haru->total_size > 0);
    }
    haru_put_string(&entries, "/Kids [");
    haru_put_string(&entries, kids);
    haru_put_string(&entries, "]\n/Count ");
    haru_put_number(&entries, count);
    haru_put_string(&entries, "\n");
    haru_write_object(haru, number, haru_buffer_text(&entries));
}

/* the node of the parent tree for the same pages */
static void write_leaf(haru_t *haru)
{
    left_t *left = &haru->left;
    haru_buffer_t leaf = {haru->scratch, NULL, 0, 0};
    int number = haru_number(haru);

    haru_put_string(&leaf, apr_psprintf(haru->scratch, "<</Limits[%d %d]/Nums[", left->count - left->in_node,
                                        left->count - 1));
    haru_put(&leaf, left->parents.bytes, left->parents.used);
    haru_put_string(&leaf, "]>>");
    *(int *)apr_array_push(left->leaves) = number;
    haru_pack(haru, number, leaf.bytes, leaf.used);
    left->parents.used = 0;
}

static void close_node(haru_t *haru)
{
    left_t *left = &haru->left;

    if (!left->root)
        left->root = haru_number(haru);
    write_leaf(haru);
    write_node(haru, left->node, left->root, haru_buffer_text(&left->kids), left->in_node);
    *(int *)apr_array_push(left->nodes) = left->node;
    left->kids.used = 0;
    left->in_node = 0;
}

static void put_owners(haru_buffer_t *parents, int page, const apr_array_header_t *owners)
{
    int i;

    haru_put_number(parents, page);
    haru_put_string(parents, "[");
    for (i = 0; i < owners->nelts; i++) {
        haru_put_reference(parents, APR_ARRAY_IDX(owners, i, int));
        haru_put_string(parents, i + 1 < owners->nelts ? " " : "");
    }
    haru_put_string(parents, "]");
}

static void write_page(haru_t *haru, page_t *page)
{
    left_t *left = &haru->left;
    int content = haru_number(haru);
    const char *entries;

    if (left->in_node == NODE_PAGES) {
        close_node(haru);
        left->node = haru_number(haru);
    }
    haru_unmark(page);
    if (page->under.content.used)
        haru_put_string(&page->under.content, "Q\nEMC\n");
    haru_compress_stream(haru, content, "", &page->under.content, &page->over.content);
    entries =
        apr_psprintf(haru->scratch, "<</Type/Page/Parent %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S>>",
                     left->node, content, left->count);
    haru_pack(haru, page->object, entries, strlen(entries));
    haru_put_reference(&left->kids, page->object);
    haru_put_string(&left->kids, " ");
    put_owners(&left->parents, left->count, page->owners);
    left->in_node++;
    left->count++;
}

void haru_leave(haru_t *haru)
{
    int i;

    if (!haru->pages->nelts)
        return;
    for (i = 0; i < haru->pages->nelts; i++) {
        page_t *page = APR_ARRAY_IDX(haru->pages, i, page_t *);

        write_page(haru, page);
        page->next = haru->unused_pages;
        haru->unused_pages = page;
    }
    haru->pages->nelts = 0;
    haru->page = NULL;
    apr_pool_clear(haru->scratch);
    if (!haru->file.given) /* a reader sees something soon; then in pieces */
        haru_flush(haru);
}

/* ---------------------------------------------------------------- the end */

static const char *references(haru_t *haru, const apr_array_header_t *numbers)
{
    haru_buffer_t text = {haru->pool, NULL, 0, 0};
    int i;

    for (i = 0; i < numbers->nelts; i++) {
        haru_put_reference(&text, APR_ARRAY_IDX(numbers, i, int));
        haru_put_string(&text, " ");
    }
    return haru_buffer_text(&text);
}

int haru_write_trees(haru_t *haru)
{
    left_t *left = &haru->left;
    haru_buffer_t tree = {haru->pool, NULL, 0, 0};

    if (!left->root) {
        haru_put_string(&tree, "/Nums [");
        haru_put(&tree, left->parents.bytes, left->parents.used);
        haru_put_string(&tree, "]\n");
        write_node(haru, left->node, 0, haru_buffer_text(&left->kids), left->count);
    } else {
        close_node(haru);
        haru_put_string(&tree,
                        apr_pstrcat(haru->pool, "/Kids [", references(haru, left->leaves), "]\n", NULL));
        write_node(haru, left->root, 0, references(haru, left->nodes), left->count);
    }
    haru_write_object(haru, HARU_PARENT_TREE, haru_buffer_text(&tree));
    return left->root ? left->root : left->node;
}

#endif
