/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms with a file. An input is a body; and, parted by form feeds, the name, the file's name and the bytes
 * of a part that is written as browsers do, and is read as it was.
 */
#include "fuzz.h"

#include "multipart.h"

static const char type[] = "multipart/form-data; boundary=XyZ";

/* Parts lie within the body, one behind the other. */
static void read_body(apr_pool_t *pool, const char *bytes, size_t size)
{
    multipart_t body = multipart_begin(pool, type, bytes, size);
    const char *behind = bytes;
    multipart_part_t part;

    while (multipart_next(&body, &part) > 0) {
        holds(part.name != NULL, "a part has a name");
        holds(part.bytes >= behind && part.length <= (size_t)(bytes + size - part.bytes),
              "a part lies behind the last");
        holds(part.file == NULL || (strchr(part.file, '/') == NULL && strchr(part.file, '\\') == NULL),
              "no folder: %s", part.file);
        behind = part.bytes + part.length;
    }
}

/* What browsers don't write as it stands between quotes. */
static int is_plain(const char *text)
{
    return strpbrk(text, "\"\r\n/\\") == NULL;
}

static void read_written(apr_pool_t *pool, const char *text)
{
    const char *name = fuzz_part(pool, &text, '\f'), *file = fuzz_part(pool, &text, '\f');
    const char *bytes = apr_pstrcat(pool, "--XyZ\r\nContent-Disposition: form-data; name=\"", name,
                                    "\"; filename=\"", file, "\"\r\n\r\n", text, "\r\n--XyZ--\r\n", NULL);
    multipart_t body = multipart_begin(pool, type, bytes, strlen(bytes));
    multipart_part_t part;

    if (!is_plain(name) || !is_plain(file) || strstr(text, "--XyZ") != NULL ||
        strlen(name) + strlen(file) > 2000)
        return;
    holds(multipart_next(&body, &part) == 1, "it is a part: %s", bytes);
    holds_same(part.name, name, "its name");
    holds_same(part.file, file, "its file's name");
    holds(part.length == strlen(text) && memcmp(part.bytes, text, part.length) == 0, "its bytes: %s", bytes);
    holds(multipart_next(&body, &part) == 0, "and the last one");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();

    read_body(pool, (const char *)bytes, size);
    read_written(pool, fuzz_text(pool, bytes, size));
    fuzz_end(pool);
    return 0;
}
