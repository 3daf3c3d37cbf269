/* SPDX-License-Identifier: Apache-2.0
 *
 * What the haru files share: the prepared faces, a document in the making, its pages and its structure.
 */
#ifndef INSCRINET_DOCUMENT_HARU_INTERNAL_H
#define INSCRINET_DOCUMENT_HARU_INTERNAL_H

#include "haru.h"
#include "truetype.h"

#include <hpdf.h>
#include <string.h>

/* the inner layers are those of this version and no other */
#ifndef HARU_OBJECTS
#if HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3 && HPDF_BUGFIX_VERSION == 0
#define HARU_OBJECTS 1
#else
#define HARU_OBJECTS 0
#endif
#endif

/* A face, prepared at start-up and shared by all documents: never written to afterwards. */
typedef struct face_t {
    const char *path; /* the font file */
    const char *name; /* in the PDF, after six letters that say "a part of it" */
    int stem;
    const truetype_t *font;
    short widths[256];          /* by byte; 0: not a common letter */
    truetype_program_t program; /* the common letters, compressed */
    const char *program_entries;
    const char *dictionary; /* entries of the simple font that are the same in all documents */
    const char *descriptor;
} face_t;

struct document_fonts_t {
    face_t faces[HARU_FACES];
    truetype_program_t unicode; /* compressed: the letters of the bytes, for all simple fonts */
};

/** Prepare what documents embed of the faces; NULL, or a line for the log. */
const char *haru_prepare(apr_pool_t *pool, document_fonts_t *fonts);

/** A line for the log on an error of libharu, in pool. */
const char *haru_error_line(apr_pool_t *pool, const char *what, HPDF_STATUS error, HPDF_STATUS detail);

/** The matrix that draws a text of this width and size turned by an angle, centred on x, y. */
void haru_turn(double matrix[6], double width, double size, double x, double y, double angle);

/* A matrix of squares, and what is left to fill of it. */
typedef struct haru_squares_t {
    int side;
    unsigned char *left; /* a byte a square, rows from the top */
} haru_squares_t;

typedef struct haru_rectangle_t {
    int column, row, width, height; /* row: the topmost one */
} haru_rectangle_t;

/** The next rectangle of black squares, as wide and then as high as can be: a few dozen make a QR code. */
int haru_next_rectangle(haru_squares_t *squares, haru_rectangle_t *rectangle);

#if HARU_OBJECTS

#include <hpdf_doc.h>
#include <hpdf_streams.h>
#include <zlib.h>

/* Bytes that grow. */
typedef struct haru_buffer_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t used, size;
} haru_buffer_t;

void haru_grow(haru_buffer_t *buffer, apr_size_t length);

static inline void haru_put(haru_buffer_t *buffer, const char *bytes, apr_size_t length)
{
    if (buffer->size - buffer->used < length)
        haru_grow(buffer, length);
    memcpy(buffer->bytes + buffer->used, bytes, length);
    buffer->used += length;
}

static inline void haru_put_string(haru_buffer_t *buffer, const char *string)
{
    haru_put(buffer, string, strlen(string));
}

void haru_put_number(haru_buffer_t *buffer, long number);
/** A length in points, to the hundredth; no locale has a say in it. */
void haru_put_points(haru_buffer_t *buffer, double points);
void haru_put_hex(haru_buffer_t *buffer, unsigned value, int digits);
/** A letter in UTF-16, in hexadecimal. */
void haru_put_utf16(haru_buffer_t *buffer, unsigned letter);
/** "number 0 R" */
void haru_put_reference(haru_buffer_t *buffer, int number);
/** The bytes as a string. */
const char *haru_buffer_text(haru_buffer_t *buffer);

/* Objects that each document has: their numbers. */
enum {
    HARU_CATALOG = 1,
    HARU_INFO,
    HARU_FONTS,
    HARU_STRUCTURE,
    HARU_PARENT_TREE,
    HARU_ROW_SCOPE,
    HARU_COLUMN_SCOPE,
    HARU_TOTAL,
    HARU_LAST_RESERVED = HARU_TOTAL
};

/* Where an object is: plain, at a place in the file, or packed, at an index of the object stream "place". */
typedef enum { HARU_FREE, HARU_PLAIN, HARU_PACKED } haru_place_type_t;

typedef struct haru_place_t {
    int number;
    haru_place_type_t type;
    apr_off_t place;
    int index;
} haru_place_t;

/* Small objects that will be one stream: their numbers and places in it, then their texts. */
/* A state of zlib, whether it is there already, and the pool that ends it. */
typedef struct haru_zlib_t {
    apr_pool_t *pool;
    z_stream stream;
    int ready;
} haru_zlib_t;

typedef struct haru_pack_t {
    int number, count;
    haru_buffer_t index, texts;
    haru_zlib_t zlib;
} haru_pack_t;

#define HARU_PACK_OBJECTS 400

/* The file as it is written. */
typedef struct haru_file_t {
    apr_pool_t *scratch; /* for one object */
    document_sink_t sink;
    void *baton;
    apr_status_t status; /* the sink's first error */
    char *piece;         /* what the sink has not got yet */
    apr_size_t used;
    int given;         /* something, to the sink */
    apr_off_t written; /* with what the sink has not got yet */
    int last_number;
    haru_place_t *places; /* of the objects since the last cross-reference stream */
    int placed;
    apr_off_t last_places; /* where that stream is; 0: none yet */
    haru_pack_t pack;
    haru_zlib_t zlib; /* of other streams */
    int no_memory;    /* for zlib; libharu's memory tells by itself */
    haru_buffer_t entry, compressed;
} haru_file_t;

/* An element that is open; when it is closed, only its number is kept, by its parent. */
typedef struct element_t element_t;

/* What an element holds, in order: another element, or marked content of a page. */
typedef struct kid_t {
    int number;     /* of the other element; 0: marked content */
    int page, mark; /* page: the number of its object */
} kid_t;

struct element_t {
    const char *type;
    int heads_column; /* a TH: not its row */
    int number;
    element_t *parent;        /* or the next one of the unused */
    apr_array_header_t *kids; /* kid_t */
};

/* What is drawn, and the graphics state at the end of it, so that it is not said again. */
typedef struct layer_t {
    haru_buffer_t content;
    int font; /* of the last text; -1: none yet */
    double size, grey, line;
} layer_t;

/* One page: decoration, drawn first and under all, and what is read. */
typedef struct page_t {
    int object; /* its number */
    layer_t under, over;
    apr_array_header_t *owners; /* int: the elements that the marked contents belong to */
    int marked;                 /* the element whose content is open; 0: none */
    double grey;                /* of what is drawn from now on */
    struct page_t *next;        /* of the unused */
} page_t;

/* Pages that have left the memory, as far as the trees of pages and of elements need them. */
typedef struct left_t {
    int count;                          /* of pages */
    int node;                           /* of the page tree, which gets the next ones */
    int in_node;                        /* pages in it */
    int root;                           /* of the page tree; 0: one node is all */
    haru_buffer_t kids;                 /* the pages of the node */
    haru_buffer_t parents;              /* their elements, for the parent tree */
    apr_array_header_t *nodes, *leaves; /* int: nodes of the two trees that are written */
} left_t;

/* The font of one document for a face's letters that are not common. */
typedef struct wide_t {
    unsigned *letters; /* glyph i + 1 draws letters[i] */
    apr_size_t count, size;
} wide_t;

struct haru_t {
    apr_pool_t *pool;
    apr_pool_t *scratch; /* for pages that leave */
    const document_fonts_t *fonts;
    const char *title;
    HPDF_Doc doc; /* libharu's memory, streams and error; NULL: it had no memory for one */
    haru_file_t file;
    apr_array_header_t *pages; /* page_t *: those that are still drawn on */
    left_t left;
    page_t *page, *unused_pages;
    element_t *root, *open, *unused_elements;
    haru_face_t total_face; /* of the number of pages */
    double total_size;      /* 0: it is not drawn */
    unsigned char *squares; /* room for a matrix */
    int squares_size;
    int decoration;
    int plain[HARU_FACES]; /* whether the face's common letters were used */
    wide_t wide[HARU_FACES];
};

/* haru_file.c */
void haru_file_begin(haru_t *haru, document_sink_t sink, void *baton);
/** The number of an object that will be written. */
int haru_number(haru_t *haru);
/** Write an object of these entries. */
void haru_write_object(haru_t *haru, int number, const char *entries);
/** Write a stream whose bytes are compressed already; or of two runs of bytes, the second one NULL or not. */
void haru_write_stream(haru_t *haru, int number, const char *entries, const char *bytes, apr_size_t length);
void haru_compress_stream(haru_t *haru, int number, const char *entries, const haru_buffer_t *first,
                          const haru_buffer_t *second);
/** Write a stream without looking whether the cross-reference has room for it. */
void haru_put_stream(haru_t *haru, int number, const char *entries, const char *bytes, apr_size_t length);
/** Note where an object is. */
void haru_note_place(haru_t *haru, int number, haru_place_type_t type, apr_off_t place, int index);
/** See to it that the cross-reference has room for a few objects more. */
void haru_make_room(haru_t *haru);
/** Give the sink what it has not got yet. */
void haru_flush(haru_t *haru);
/** The last cross-reference and the end of the file. The sink's first error. */
apr_status_t haru_file_end(haru_t *haru, const char *trailer_entries);

/* haru_zlib.c */
/**
 * Compress two runs of bytes as one, the second one NULL or not, into out, from its beginning on. The state
 * keeps the level that it had first. 0: no memory.
 */
int haru_compress(haru_zlib_t *zlib, int level, const haru_buffer_t *first, const haru_buffer_t *second,
                  haru_buffer_t *out);

/* haru_pack.c */
/** Write an object with many others in one compressed stream. */
void haru_pack(haru_t *haru, int number, const char *text, apr_size_t length);
/** Write the objects that are waiting for it. */
void haru_write_pack(haru_t *haru);

/* haru_tags.c: the structure */
/** The layer to draw text of the open element on; or decoration, which is also what no element is open for.
 */
layer_t *haru_mark(haru_t *haru, int decoration);
/** When no more is drawn on a page. */
void haru_unmark(page_t *page);
/** Close and write what is open, and the root; whether the document has a structure. */
int haru_write_structure(haru_t *haru);

/* haru_pages.c */
void haru_pages_begin(haru_t *haru);
/** Write the trees of pages and of their elements; the number of the root of pages. */
int haru_write_trees(haru_t *haru);

/* haru_faces.c: the fonts of one document */
/** The glyph of a letter in the document's wide font. */
unsigned haru_wide_glyph(haru_t *haru, haru_face_t face, unsigned letter);
/** Write the fonts that were used, and the dictionary that names them for all pages. */
void haru_write_fonts(haru_t *haru);
/** Name of a font in that dictionary. */
void haru_put_font_name(haru_buffer_t *buffer, int wide, haru_face_t face);

#endif

#endif
