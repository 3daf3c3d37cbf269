/* SPDX-License-Identifier: Apache-2.0 */
#include "load_kinds.h"

const load_kind_t *load_kind(int ordinal)
{
    static const load_kind_t *const kinds[] = {
        &load_diplomas, &load_programmes,     &load_establishments, &load_offers,
        &load_units,    &load_countries,      &load_communes,       &load_pupils,
        &load_previous, &load_previous_units, &load_previous_codes};

    return ordinal < (int)(sizeof kinds / sizeof *kinds) ? kinds[ordinal] : NULL;
}
