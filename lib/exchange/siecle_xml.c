/* SPDX-License-Identifier: Apache-2.0
 *
 * A SIECLE export through libxml2's SAX2 push interface. No file may declare anything (a DOCTYPE ends it at
 * once), nothing outside is ever asked for, and all of libxml2's own bounds stand.
 */
#include "siecle_internal.h"

#include <apr_strings.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "../text/text.h"

enum { CHUNK = 32768 };

typedef struct reader_t {
    apr_pool_t *pool;
    xmlParserCtxtPtr context;
    siecle_kind_t kind;
    const unsigned char *wanted;
    siecle_content_t *content;
    const xmlChar *names[SIECLE_ELEMENTS]; /* as the parser's dictionary has them: compared by their places */
    int first[SIECLE_ELEMENTS];            /* of the children of each */
    int at;                                /* the element that is open */
    int skipped;                           /* elements open below it that nobody wants */
    siecle_record_t *record;               /* whose fields come */
    int length, packed;                    /* of text, of pack */
    int is_class, is_ending;
    const char *class_name;
    const char *error; /* ours: nothing more is read */
    int problem;       /* libxml2's first, with its line */
    apr_int64_t problem_line;
    char text[SIECLE_TEXT_MOST + 1];
    char pack[SIECLE_RECORD_MOST];
} reader_t;

static const char *line_of(const reader_t *reader)
{
    return apr_itoa(reader->pool, xmlSAX2GetLineNumber(reader->context));
}

/* The end: nothing more is looked at. Past the last byte libxml2 gives half an element as a whole one, of
 * which nothing can be said but that the rest is missing. */
static void refuse(reader_t *reader, const char *sentence)
{
    if (reader->error == NULL)
        reader->error = reader->is_ending
                            ? message_format(reader->pool, MSG_SIECLE_CUT, line_of(reader), NULL)
                            : sentence;
    xmlStopParser(reader->context);
}

/* ---------------------------------------------------------------- which file it is */

static void refuse_root(reader_t *reader, const char *root)
{
    message_t kind = siecle_kind_of(root), message = MSG_SIECLE_ROOT;
    const char *told = message_text(kind);

    if (kind == MSG_OK)
        told = text_first(reader->pool, root, 40);
    else
        message = reader->kind == SIECLE_PUPILS ? MSG_SIECLE_SISTER : MSG_SIECLE_NO_NOMENCLATURE;
    refuse(reader, message_format(reader->pool, message, told, NULL));
}

/* ---------------------------------------------------------------- elements */

static int child_of(const reader_t *reader, int parent, const xmlChar *name)
{
    int i;

    for (i = reader->first[parent]; i > 0 && i < SIECLE_ELEMENTS && siecle_elements[i].parent == parent; i++)
        if (reader->names[i] == name)
            return i;
    return PATH_TOP;
}

/* An attribute's text, of at most so many bytes; NULL: there is none, or it is longer. */
static const char *attribute(reader_t *reader, const char *name, int count, const xmlChar **attributes)
{
    int i;

    for (i = 0; i < count; i++, attributes += 5)
        if (strcmp((const char *)attributes[0], name) == 0 && attributes[4] > attributes[3] &&
            attributes[4] - attributes[3] <= SIECLE_TEXT_MOST) {
            int length = (int)(attributes[4] - attributes[3]);

            memcpy(reader->text, attributes[3], (size_t)length);
            reader->text[length] = '\0';
            return reader->text;
        }
    return NULL;
}

/* Its record, which begins; a number stands for one record only. */
static void begin_record(reader_t *reader, siecle_roll_t *roll, const char *id)
{
    siecle_record_t *record = id != NULL ? siecle_roll_record(roll, id) : NULL;

    reader->packed = 0;
    reader->record = record;
    if (id == NULL || (record != NULL && record->packed != NULL))
        refuse(reader, message_format(reader->pool, MSG_SIECLE_ID, line_of(reader), NULL));
    else if (record == NULL)
        refuse(reader, message_format(reader->pool, MSG_SIECLE_MANY, line_of(reader), NULL));
    else
        record->line = (apr_uint32_t)xmlSAX2GetLineNumber(reader->context);
}

static void begin_membership(reader_t *reader, const char *id)
{
    reader->record = id != NULL ? siecle_roll_record(reader->content->pupils, id) : NULL;
    if (reader->record == NULL)
        refuse(reader, message_format(reader->pool, id == NULL ? MSG_SIECLE_ID : MSG_SIECLE_MANY,
                                      line_of(reader), NULL));
}

static void begin_element(reader_t *reader, int count, const xmlChar **attributes)
{
    siecle_content_t *content = reader->content;

    switch (siecle_elements[reader->at].role) {
    case ROLE_PUPIL:
        begin_record(reader, content->pupils, attribute(reader, "ELEVE_ID", count, attributes));
        break;
    case ROLE_ADDRESS:
        begin_record(reader, content->addresses, attribute(reader, "ADRESSE_ID", count, attributes));
        break;
    case ROLE_PROGRAMME:
        begin_record(reader, content->programmes, attribute(reader, "CODE_MEF", count, attributes));
        break;
    case ROLE_MEMBERSHIP:
        begin_membership(reader, attribute(reader, "ELEVE_ID", count, attributes));
        break;
    case ROLE_STRUCTURE:
        reader->is_class = 0;
        reader->class_name = NULL;
        break;
    default:
        break;
    }
    reader->length = 0;
}

static void element_begins(void *baton, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                           int namespaces, const xmlChar **namespaced, int count, int defaulted,
                           const xmlChar **attributes)
{
    reader_t *reader = baton;
    int at;

    (void)prefix, (void)uri, (void)namespaces, (void)namespaced, (void)defaulted;
    if (reader->error != NULL || reader->problem != 0)
        return;
    if (reader->skipped > 0 || (at = child_of(reader, reader->at, name)) == PATH_TOP) {
        if (reader->at == PATH_TOP)
            refuse_root(reader, (const char *)name);
        else if (++reader->skipped > SIECLE_DEPTH_MOST)
            refuse(reader, message_format(reader->pool, MSG_SIECLE_DEEP, line_of(reader), NULL));
        return;
    }
    if (siecle_elements[at].parent == PATH_TOP &&
        (at == PATH_PUPILS_ROOT) != (reader->kind == SIECLE_PUPILS)) {
        refuse_root(reader, (const char *)name);
        return;
    }
    reader->at = at;
    begin_element(reader, count, attributes);
}

/* ---------------------------------------------------------------- texts */

static void text_comes(void *baton, const xmlChar *text, int length)
{
    reader_t *reader = baton;

    if (reader->skipped > 0 || siecle_elements[reader->at].role != ROLE_LEAF || reader->error != NULL)
        return;
    if (length > SIECLE_TEXT_MOST - reader->length) {
        refuse(reader, message_format(reader->pool, MSG_SIECLE_TEXT, line_of(reader), NULL));
        return;
    }
    memcpy(reader->text + reader->length, text, (size_t)length);
    reader->length += length;
}

/* The text that was gathered, without blanks at its ends; NULL: nothing. */
static const char *gathered(reader_t *reader)
{
    const char *from = reader->text;
    int length = reader->length;

    while (length > 0 && (unsigned char)from[length - 1] <= ' ')
        length--;
    reader->text[length] = '\0';
    while ((unsigned char)*from <= ' ' && *from != '\0')
        from++;
    reader->length = length - (int)(from - reader->text);
    return *from != '\0' ? from : NULL;
}

/* A field of the record goes to the others. */
static void pack(reader_t *reader, int field, const char *text)
{
    if (reader->packed + reader->length + 3 > SIECLE_RECORD_MOST) {
        refuse(reader, message_format(reader->pool, MSG_SIECLE_TEXT, line_of(reader), NULL));
        return;
    }
    reader->pack[reader->packed] = (char)field;
    memcpy(reader->pack + reader->packed + 1, text, (size_t)reader->length + 1);
    reader->packed += reader->length + 2;
}

static void leaf_ends(reader_t *reader)
{
    int field = siecle_elements[reader->at].field;
    const char *text = gathered(reader);

    if (text == NULL)
        return;
    switch (siecle_elements[reader->at].parent) {
    case PATH_ABOUT:
        reader->content->about[field] = apr_pstrdup(reader->pool, text);
        break;
    case PATH_ONE_STRUCTURE:
        if (field == FIELD_CLASS_KIND)
            reader->is_class = strcmp(text, "D") == 0;
        else if (siecle_roll_record(reader->content->classes, text) != NULL)
            reader->class_name = siecle_roll_find(reader->content->classes, text)->id;
        break;
    default:
        if (reader->wanted[field])
            pack(reader, field, text);
    }
}

static void record_ends(reader_t *reader, siecle_roll_t *roll)
{
    reader->pack[reader->packed++] = FIELD_NONE;
    reader->record->packed = siecle_roll_keep(roll, reader->pack, (apr_size_t)reader->packed);
}

/* The first class counts. */
static void structure_ends(reader_t *reader)
{
    siecle_record_t *pupil = reader->record;

    if (!reader->is_class || reader->class_name == NULL || pupil->class_name == reader->class_name)
        return;
    if (pupil->class_name == NULL)
        pupil->class_name = reader->class_name;
    if (pupil->classes < 255)
        pupil->classes++;
}

static void element_ends(void *baton, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    reader_t *reader = baton;
    siecle_content_t *content = reader->content;

    (void)name, (void)prefix, (void)uri;
    if (reader->error != NULL || reader->problem != 0)
        return;
    if (reader->skipped > 0) {
        reader->skipped--;
        return;
    }
    switch (siecle_elements[reader->at].role) {
    case ROLE_LEAF:
        leaf_ends(reader);
        break;
    case ROLE_STRUCTURE:
        structure_ends(reader);
        break;
    case ROLE_PUPIL:
        record_ends(reader, content->pupils);
        break;
    case ROLE_ADDRESS:
        record_ends(reader, content->addresses);
        break;
    case ROLE_PROGRAMME:
        record_ends(reader, content->programmes);
        break;
    default:
        break;
    }
    reader->at = siecle_elements[reader->at].parent;
}

/* ---------------------------------------------------------------- what isn't right */

static void doctype_comes(void *baton, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    reader_t *reader = baton;

    (void)name, (void)external, (void)system;
    refuse(reader, message_format(reader->pool, MSG_SIECLE_DOCTYPE, line_of(reader), NULL));
}

/* Also of what libxml2 says to nobody in particular, which would go to standard error. */
static void problem_comes(void *baton, const xmlError *problem)
{
    reader_t *reader = baton;

    if (reader->problem != 0 || (problem->level != XML_ERR_FATAL && problem->domain != XML_FROM_I18N))
        return;
    reader->problem = problem->code;
    reader->problem_line = xmlSAX2GetLineNumber(reader->context);
}

/* Bytes that are none in an encoding may read as characters that there are not. */
static int is_of_encoding(int problem)
{
    return problem == XML_ERR_INVALID_ENCODING || problem == XML_I18N_CONV_FAILED ||
           problem == XML_ERR_INVALID_CHAR;
}

/* The sentence of libxml2's problem. */
static const char *sentence_of(const reader_t *reader)
{
    message_t message = reader->is_ending ? MSG_SIECLE_CUT : MSG_SIECLE_MALFORMED;

    switch (reader->problem) {
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF:
        message = MSG_SIECLE_CONTROL;
        break;
    case XML_ERR_INVALID_ENCODING:
    case XML_I18N_CONV_FAILED:
    case XML_ERR_UNSUPPORTED_ENCODING:
    case XML_ERR_UNKNOWN_ENCODING:
        message = MSG_SIECLE_ENCODING;
        break;
    case XML_ERR_TAG_NAME_MISMATCH:
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_ERR_RESERVED_XML_NAME:
        message = MSG_SIECLE_MALFORMED;
        break;
    default:
        break;
    }
    return message_format(reader->pool, message,
                          apr_psprintf(reader->pool, "%" APR_INT64_T_FMT, reader->problem_line), NULL);
}

/* ---------------------------------------------------------------- the reading */

static apr_status_t free_context(void *baton)
{
    xmlFreeParserCtxt(baton);
    return APR_SUCCESS;
}

/* as: the encoding that it has, whatever it says; NULL: the one it says. */
static int begin(reader_t *reader, const char *as)
{
    static const xmlSAXHandler handlers = {
        .internalSubset = doctype_comes,
        .characters = text_comes,
        .cdataBlock = text_comes,
        .startElementNs = element_begins,
        .endElementNs = element_ends,
        .serror = (xmlStructuredErrorFunc)problem_comes,
        .initialized = XML_SAX2_MAGIC,
    };
    xmlSAXHandler own = handlers; /* the interface takes no constant */
    int i;

    reader->context = xmlCreatePushParserCtxt(&own, reader, NULL, 0, NULL);
    if (reader->context == NULL)
        return 0;
    apr_pool_cleanup_register(reader->pool, reader->context, free_context, apr_pool_cleanup_null);
    xmlCtxtUseOptions(reader->context, XML_PARSE_NONET | (as != NULL ? XML_PARSE_IGNORE_ENC : 0));
    if (as != NULL && strcmp(as, "UTF-8") != 0 &&
        xmlSwitchToEncoding(reader->context, xmlFindCharEncodingHandler(as)) != 0)
        return 0;
    for (i = SIECLE_ELEMENTS - 1; i > 0; i--) {
        reader->names[i] = xmlDictLookup(reader->context->dict, (const xmlChar *)siecle_elements[i].name, -1);
        reader->first[siecle_elements[i].parent] = i;
    }
    return 1;
}

/* A chunk, or NULL for the end. 0: there is something wrong, and reader->error says what unless it is of the
 * encoding. */
static int parse(reader_t *reader, const char *chunk, int length)
{
    reader->is_ending = chunk == NULL;
    xmlParseChunk(reader->context, chunk, length, reader->is_ending);
    if (reader->error == NULL && reader->problem != 0 && !is_of_encoding(reader->problem))
        reader->error = sentence_of(reader);
    return reader->error == NULL && reader->problem == 0;
}

/* The same of a chunk with a NUL, at which the file is refused. */
static void parse_to_nul(reader_t *reader, const char *chunk, int length)
{
    if (parse(reader, chunk, length))
        refuse(reader, message_format(reader->pool, MSG_SIECLE_CONTROL, line_of(reader), NULL));
}

/* What a file of its kind fills; a second reading begins anew. */
static void make_rolls(reader_t *reader)
{
    siecle_content_t *content = reader->content;

    if (reader->kind == SIECLE_NOMENCLATURE) {
        content->programmes = siecle_roll_make(reader->pool);
        return;
    }
    content->pupils = siecle_roll_make(reader->pool);
    content->addresses = siecle_roll_make(reader->pool);
    content->classes = siecle_roll_make(reader->pool);
}

/* All of it, once. After a problem of the encoding the bytes alone are looked at, to the end. */
static void read_whole(reader_t *reader, siecle_bytes_t *bytes, siecle_encoding_t *encoding, const char *as)
{
    int is_first = 1, goes_on = 1, length;
    char chunk[CHUNK];

    while ((length = siecle_bytes_read(bytes, chunk, CHUNK, &reader->error)) > 0 && reader->error == NULL) {
        const char *nul;

        if (is_first) {
            siecle_encoding_begin(encoding, reader->pool, chunk, length);
            if (!begin(reader, as != NULL ? as : siecle_encoding_first(encoding))) {
                reader->error = message_text(MSG_SOURCE_UNREADABLE);
                return;
            }
            is_first = 0;
        }
        encoding_look(&encoding->guess, (const unsigned char *)chunk, (apr_size_t)length);
        if ((nul = encoding->is_wide ? NULL : memchr(chunk, '\0', (size_t)length)) != NULL)
            parse_to_nul(reader, chunk, (int)(nul - chunk));
        else if (goes_on)
            goes_on = parse(reader, chunk, length);
        if (reader->error != NULL)
            return;
    }
    if (goes_on && reader->error == NULL)
        parse(reader, NULL, 0);
}

static const char *read_as(reader_t *reader, siecle_bytes_t *bytes, siecle_encoding_t *encoding,
                           const char *as)
{
    xmlStructuredErrorFunc former = xmlStructuredError;
    void *former_baton = xmlStructuredErrorContext;

    make_rolls(reader);
    xmlSetStructuredErrorFunc(reader, (xmlStructuredErrorFunc)problem_comes);
    read_whole(reader, bytes, encoding, as);
    xmlSetStructuredErrorFunc(former_baton, former);
    return reader->error;
}

static reader_t *make_reader(apr_pool_t *pool, siecle_kind_t kind, const unsigned char *wanted,
                             siecle_content_t *content)
{
    reader_t *reader;
    apr_pool_t *own;

    apr_pool_create(&own, pool);
    reader = apr_pcalloc(own, sizeof *reader);
    reader->pool = own;
    reader->kind = kind;
    reader->wanted = wanted;
    reader->content = content;
    return reader;
}

const char *siecle_xml_read(apr_pool_t *pool, const siecle_file_t *file, siecle_kind_t kind,
                            const unsigned char *wanted, siecle_content_t *content)
{
    reader_t *reader = make_reader(pool, kind, wanted, content);
    siecle_encoding_t encoding = {0};
    const char *error, *told;
    siecle_bytes_t *bytes = siecle_bytes_open(pool, file, &error);

    if (bytes == NULL)
        return error;
    error = read_as(reader, bytes, &encoding, NULL);
    told = error == NULL ? siecle_encoding_again(&encoding) : NULL;
    if (told != NULL) {
        apr_pool_destroy(reader->pool);
        reader = make_reader(pool, kind, wanted, content);
        if (siecle_bytes_rewind(bytes, &error))
            error = read_as(reader, bytes, &encoding, told);
    }
    if (error == NULL && reader->problem != 0)
        error = sentence_of(reader);
    if (error != NULL && reader->problem != 0)
        siecle_bytes_drain(bytes, &error);
    return error;
}
