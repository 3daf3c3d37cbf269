/* SPDX-License-Identifier: Apache-2.0
 *
 * The assembler takes each file in as it is; it looks for them where the compiler was told by -I.
 */
#include "seeds.h"

#include <string.h>

#include "../lib/store/seed_parameters.h"
#include "inscrinetctl.h"

#define EMBED(symbol, file)                                                                                  \
    __asm__(".pushsection .rodata\n"                                                                         \
            "seed_" #symbol "_start:\n"                                                                      \
            ".incbin \"" file "\"\n"                                                                         \
            "seed_" #symbol "_end:\n"                                                                        \
            ".popsection\n");                                                                                \
    extern const char seed_##symbol##_start[], seed_##symbol##_end[] __attribute__((visibility("hidden")))

EMBED(academies, "academies.csv");
EMBED(categories, "categories.csv");
EMBED(countries, "countries.csv");
EMBED(departments, "departments.csv");
EMBED(languages, "languages.csv");
EMBED(sessions, "sessions.csv");
EMBED(specialties, "specialties.csv");
EMBED(training_programmes, "training_programmes.csv");
EMBED(units, "units.csv");
EMBED(demo_addresses, "demo/addresses.csv");
EMBED(demo_forenames, "demo/forenames.csv");
EMBED(demo_parameters, "demo/parameters.csv");
EMBED(demo_school_kinds, "demo/school_kinds.csv");
EMBED(demo_schools, "demo/schools.csv");
EMBED(demo_sessions, "demo/sessions.csv");
EMBED(demo_surnames, "demo/surnames.csv");
EMBED(demo_towns, "demo/towns.csv");

#define SEED(name, symbol)                                                                                   \
    {                                                                                                        \
        name, seed_##symbol##_start, seed_##symbol##_end                                                     \
    }

typedef struct seed_t {
    const char *name; /* "specialties", "demo/surnames" */
    const char *start, *end;
} seed_t;

static const seed_t seeds[] = {
    SEED("academies", academies),
    SEED("categories", categories),
    SEED("countries", countries),
    SEED("departments", departments),
    SEED("languages", languages),
    SEED("parameters", parameters),
    SEED("sessions", sessions),
    SEED("specialties", specialties),
    SEED("training_programmes", training_programmes),
    SEED("units", units),
    SEED("demo/addresses", demo_addresses),
    SEED("demo/forenames", demo_forenames),
    SEED("demo/parameters", demo_parameters),
    SEED("demo/school_kinds", demo_school_kinds),
    SEED("demo/schools", demo_schools),
    SEED("demo/sessions", demo_sessions),
    SEED("demo/surnames", demo_surnames),
    SEED("demo/towns", demo_towns),
};
enum { SEEDS = sizeof seeds / sizeof *seeds };

const seed_table_t *seeds_table(apr_pool_t *pool, const char *name)
{
    const char *error = "no such seed";
    const seed_table_t *table = NULL;
    int i;

    for (i = 0; i < SEEDS; i++)
        if (strcmp(seeds[i].name, name) == 0)
            table = seed_parse(pool, seeds[i].start, seeds[i].end - seeds[i].start, &error);
    if (table == NULL)
        ctl_fail("seeds/%s.csv: %s", name, error);
    return table;
}
