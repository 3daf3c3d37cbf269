/* SPDX-License-Identifier: Apache-2.0
 *
 * From an address to its row: which service it is mounted at, which route, exam and step it names.
 */
#ifndef MOD_INSCRINET_ADDRESS_H
#define MOD_INSCRINET_ADDRESS_H

#include "page.h"

/** The service of a handler's name (SetHandler), or -1. */
int address_handler(const char *name);
/** The service of an address, by the mounts, and what of it lies below; -1: none. *rest NULL: slash missing.
 */
int address_mounted(const config_t *config, const char *uri, const char **rest);
/** Fill page's route, exam and step of what lies below its service's mount; 0: there is no such page. */
int address_match(page_t *page, const char *path);

/** Whether the location of a request has one of our handlers, as soon as httpd knows its location. */
int address_is_ours(struct request_rec *r);

/** Our pages are no files: httpd looks for none (hooks). */
int address_translate_name(struct request_rec *r);
int address_map_to_storage(struct request_rec *r);

#endif
