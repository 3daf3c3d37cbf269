/* SPDX-License-Identifier: Apache-2.0
 *
 * A request along its row of the table.
 */
#ifndef MOD_INSCRINET_DISPATCH_H
#define MOD_INSCRINET_DISPATCH_H

struct request_rec;

/** The content handler of all our handlers' names (hook). */
int dispatch_handler(struct request_rec *r);

#endif
