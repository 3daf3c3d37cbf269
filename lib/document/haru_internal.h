/* SPDX-License-Identifier: Apache-2.0
 *
 * What the haru files share: the prepared faces, a document in the making, its pages and its structure.
 *
 * Members of libharu's records that they touch. 2.3.0 and 2.4.6 have them by the same names, at other places:
 * a program runs with the version that it was compiled for (document_library_error).
 * - HPDF_Doc: mmgr catalog info xref root_pages cur_pages page_list cur_page
 * - HPDF_Xref: entries->count start_offset addr trailer
 * - HPDF_Dict: header attr stream write_fn before_write_fn free_fn
 * - HPDF_Number: header, since a length that is known stays in its dictionary
 * - HPDF_PageAttr: stream contents
 * - HPDF_Stream: attr
 * - HPDF_FontDef: mmgr error ascent descent cap_height font_bbox attr; of attr: num_glyphs num_h_metric
 * stream glyph_tbl.flgs offset_tbl
 */
#ifndef INSCRINET_DOCUMENT_HARU_INTERNAL_H
#define INSCRINET_DOCUMENT_HARU_INTERNAL_H

#include "compressor.h"
#include "haru.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_streams.h>
#include <string.h>

#define HARU_PIECE 4096 /* of a stream in memory */

/* Letters that a face's tables know; others are drawn as its box. */
#define HARU_LETTERS 0x2800

/* Bytes, deflated, and how many they were. */
typedef struct haru_bytes_t {
    const unsigned char *bytes;
    apr_size_t length, inflated;
} haru_bytes_t;

/* A face, prepared at start-up and shared by all documents: never written to afterwards. */
typedef struct face_t {
    const char *name; /* in the PDF, after six letters that say "a part of it" */
    int stem;
    const unsigned char *file; /* as it is */
    apr_size_t file_length;
    HPDF_FontDef definition;          /* what libharu read of it; documents reduce copies */
    haru_bytes_t program;             /* the common letters */
    const char *dictionary;           /* entries of the simple font that are the same in all documents */
    short byte_widths[256];           /* in thousandths of the size; 0: not a common letter */
    short widths[HARU_LETTERS];       /* [0]: of the box */
    HPDF_UINT16 glyphs[HARU_LETTERS]; /* 0: the box */
} face_t;

struct document_fonts_t {
    face_t faces[HARU_FACES];
    haru_bytes_t unicode; /* the letters of the bytes, for all simple fonts */
};

/* haru_memory.c: what libharu allocates and frees with, and what that stands on; tests let it fail. */
void *haru_allocate(HPDF_UINT size);
void haru_release(void *piece);
extern void *(*haru_malloc)(size_t);
extern void (*haru_free)(void *);
/** How often there was no memory: documents that were being made then are lost. */
unsigned haru_shortages(void);

/* What a file may be at most: libharu's offsets and object numbers end there. Tests lower them. */
typedef struct haru_limits_t {
    apr_off_t bytes;
    HPDF_UINT32 objects;
} haru_limits_t;
extern haru_limits_t haru_limits;

/* ---------------------------------------------------------------- the structure */

typedef struct element_t element_t;

/* What an element holds, in order: another element, or marked content of a page. */
typedef struct kid_t {
    const element_t *element; /* NULL: marked content, or an element that has left */
    HPDF_UINT32 number;       /* of an element that has left, or of the page's object */
    int mark;                 /* of marked content; -1: an element that has left */
    struct kid_t *next;
} kid_t;

struct element_t {
    const char *type;
    int heads_column;         /* a TH: not its row */
    HPDF_UINT32 number;       /* given when its section ends; 0: not yet */
    element_t *parent, *next; /* next: closed after it in this section, or unused */
    apr_array_header_t *gone; /* kid_t: of sections that have left; or NULL */
    kid_t *kids, **end;
};

/* Elements that are open, and those that were closed in this section. */
typedef struct structure_t {
    HPDF_Dict root;
    HPDF_Array leaves; /* of the parent tree */
    element_t above;   /* stands for the root, above the document */
    element_t *document, *open, *closed, **end, *unused;
} structure_t;

/* ---------------------------------------------------------------- pages */

/* What is drawn, and the state at the end of it, so that it is not said again. */
typedef struct layer_t {
    HPDF_Stream stream;
    int font; /* of the last text; -1: none yet */
    double size, grey, line;
} layer_t;

/* One page: decoration, drawn first and under all, and what is read. */
typedef struct page_t {
    HPDF_Page page; /* NULL: there was no memory for it */
    layer_t under, over;
    apr_array_header_t *owners; /* element_t *: what the marked contents belong to */
    element_t *marked;          /* whose content is open, or NULL */
    double grey;                /* of what is drawn from now on */
    int finished;
} page_t;

/* The font of one document for a face's letters that are not common: code i + 1 draws letters[i]. */
typedef struct wide_t {
    unsigned *letters;
    apr_size_t count, size;
} wide_t;

/* What goes to the sink. */
typedef struct file_t {
    HPDF_Stream stream;
    document_sink_t sink;
    void *baton;
    apr_status_t status; /* the sink's first error */
    char *piece;         /* what the sink has not got yet */
    apr_size_t used;
    apr_off_t written; /* with what the sink has not got yet */
    int too_large;
} file_t;

struct haru_t {
    apr_pool_t *pool, *scratch; /* scratch: for the section */
    const document_fonts_t *fonts;
    haru_length_t length;
    HPDF_Doc doc;            /* NULL: it had no memory for one */
    HPDF_Xref kept, section; /* kept: what the document has once; section: NULL between two */
    HPDF_Dict resources;
    HPDF_Array nodes;   /* of the page tree */
    unsigned shortages; /* of memory, before it began */
    file_t file;
    compressor_t *compressor; /* NULL until something is deflated */
    int no_memory;            /* for the compressor; libharu's memory tells by itself */
    unsigned char *deflated;
    apr_size_t deflated_size;

    HPDF_UINT32 next_number;   /* of the section that begins next */
    HPDF_UINT32 last_table;    /* where the last cross-reference table is; 0: none yet */
    int section_pages;         /* as many it shall have */
    apr_array_header_t *pages; /* page_t: of the section */
    int left;                  /* pages that have left */
    page_t *page;
    structure_t structure;

    haru_face_t total_face; /* of the number of pages */
    double total_size;      /* 0: it is not drawn */
    unsigned char *squares; /* room for a matrix */
    int squares_size;
    int decoration;
    int plain[HARU_FACES]; /* whether the face's common letters were used */
    wide_t wide[HARU_FACES];
};

/* haru.c */
/** Whether nothing that is drawn now will be read. */
int haru_lost(const haru_t *haru);
/** A line for the log on an error of libharu, in pool; error 0: no memory. */
const char *haru_error_line(apr_pool_t *pool, const char *what, HPDF_STATUS error, HPDF_STATUS detail);

/* haru_pen.c: operators and entries, written in pieces of some length */
typedef struct pen_t {
    HPDF_Stream stream;
    apr_size_t used;
    char bytes[480];
} pen_t;

/** What the pen holds, goes to the stream. */
void pen_lift(pen_t *pen);

static inline void pen_begin(pen_t *pen, HPDF_Stream stream)
{
    pen->stream = stream;
    pen->used = 0;
}

static inline void pen_char(pen_t *pen, char c)
{
    if (pen->used == sizeof pen->bytes)
        pen_lift(pen);
    pen->bytes[pen->used++] = c;
}

static inline void pen_string(pen_t *pen, const char *string)
{
    while (*string)
        pen_char(pen, *string++);
}

void pen_number(pen_t *pen, long number);
/** A length in points, to the hundredth; no locale has a say in it. */
void pen_points(pen_t *pen, double points);
void pen_hex(pen_t *pen, unsigned value, int digits);
/** "number 0 R" */
void pen_reference(pen_t *pen, HPDF_UINT32 number);

/* haru_streams.c */
/** Begin to write: what goes to the stream, goes to the sink in pieces. */
void haru_file_begin(haru_t *haru, document_sink_t sink, void *baton);
/** Give the sink what it has not got yet. */
void haru_flush(haru_t *haru);
HPDF_UINT32 haru_number(const void *object);
/** A dictionary with a number of its own; or one in another, directly; and an array in one. */
HPDF_Dict haru_dictionary(haru_t *haru, HPDF_Xref xref);
HPDF_Dict haru_inner(haru_t *haru, HPDF_Dict outer, const char *key);
HPDF_Array haru_array(haru_t *haru, HPDF_Dict outer, const char *key);
/** Add the number of an object that is, or will be, elsewhere. */
void haru_refer(haru_t *haru, HPDF_Array array, HPDF_UINT32 number);
void haru_refer_entry(haru_t *haru, HPDF_Dict dictionary, const char *key, HPDF_UINT32 number);
/** A reader of bytes that stay the caller's. */
HPDF_Stream haru_reader(HPDF_MMgr mmgr, apr_pool_t *pool, const void *bytes, apr_size_t length);
/** A stream of bytes prepared at start-up, deflated. */
HPDF_Dict haru_prepared(haru_t *haru, HPDF_Xref xref, const haru_bytes_t *bytes);
/** Deflate with one compressor for the document: libharu would make one for each stream. */
void haru_deflate_begin(haru_t *haru, apr_size_t length);
void haru_deflate(haru_t *haru, const void *bytes, apr_size_t length);
void haru_deflate_stream(haru_t *haru, HPDF_Stream stream);
/** A stream of what was deflated. */
HPDF_Dict haru_deflated(haru_t *haru, HPDF_Xref xref);
/** Put what was deflated in the place of a page's operators. */
void haru_replace_contents(haru_t *haru, HPDF_Dict contents);
void haru_deflate_end(haru_t *haru);

/* haru_pages.c */
void haru_pages_begin(haru_t *haru);
/** What the document has once. */
void haru_pages_keep(haru_t *haru);
/** Write what the document has once and its last section. */
void haru_pages_end(haru_t *haru);
/** Free what has not left and is not libharu's to free. */
void haru_pages_free(haru_t *haru);

/* haru_tags.c */
void haru_tags_begin(haru_t *haru);
void haru_tags_keep(haru_t *haru);
/** What the root tells of all elements, when they are packed. */
void haru_tags_end(haru_t *haru);
/** The layer to draw text of the open element on; or decoration, which is also what no element is open for.
 */
layer_t *haru_mark(haru_t *haru, int decoration);
/** The content that is open ends. */
void haru_unmark(page_t *page);
/** Give the elements of a section their numbers and write them, with the way back from its pages to them. */
void haru_pack(haru_t *haru, HPDF_Xref xref);

/* haru_faces.c */
/** Which letters the codes of a font stand for, in pool: the code of letters[i] is first + i, and 0 is none.
 */
const char *haru_unicode(apr_pool_t *pool, const unsigned *letters, apr_size_t count, unsigned first,
                         int digits);
/** Whether a file is a whole font, unchanged since it was made: its sum is what it should be. */
int haru_font_is_whole(const unsigned char *bytes, apr_size_t length);

/* haru_fonts.c */
/** The code of a letter in the document's second font of a face. */
unsigned haru_wide_code(haru_t *haru, haru_face_t face, unsigned letter);
const char *haru_font_name(haru_face_t face, int wide);
/** Write the fonts that were used, and name them. */
void haru_write_fonts(haru_t *haru, HPDF_Xref xref);

/* haru_draw.c */
/** Write the number of pages, which is drawn on them. */
void haru_write_total(haru_t *haru, HPDF_Xref xref);

#endif
