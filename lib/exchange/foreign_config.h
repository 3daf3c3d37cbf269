/* SPDX-License-Identifier: Apache-2.0
 *
 * What an operator writes of bases of others: how each is reached (a file of connections, which nobody else
 * may read, since it holds passwords), and which tables and columns are ours (a file of mappings). Both have
 * sections, lines NAME = VALUE, and comments on lines of their own.
 */
#ifndef INSCRINET_EXCHANGE_FOREIGN_CONFIG_H
#define INSCRINET_EXCHANGE_FOREIGN_CONFIG_H

#include <apr_tables.h>

typedef struct foreign_pair_t {
    const char *name, *value;
} foreign_pair_t;

/** A connection's section. Whether its options are right is foreign_open's to say. */
typedef struct foreign_section_t {
    const char *name;
    const char *driver;
    const apr_array_header_t *options; /* foreign_pair_t, in their order */
} foreign_section_t;

/** A table or view, and our columns in it. */
typedef struct foreign_map_t {
    const char *name;                  /* "countries" */
    const char *table;                 /* "reference.pays": two or three names at most */
    const char *key;                   /* a column of theirs that is unique; or NULL: it is only written to */
    const apr_array_header_t *columns; /* foreign_pair_t: ours, theirs; each once */
} foreign_map_t;

/** The connection of a name, in pool. NULL and a French sentence: the file may be read by others, a line
 * isn't one, there is no such section. */
const foreign_section_t *foreign_section_read(apr_pool_t *pool, const char *path, const char *name,
                                              const char **error);

/** The mapping of a name, in pool. NULL with *error NULL: the file has none of that name. */
const foreign_map_t *foreign_map_read(apr_pool_t *pool, const char *path, const char *name,
                                      const char **error);

/** Whether a table or column may be called so: a letter, then letters, figures, `_`; 63 at most. */
int foreign_is_name(const char *name);

#endif
