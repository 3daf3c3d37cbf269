/* SPDX-License-Identifier: Apache-2.0
 *
 * « Candidats différents de leur classe »: of one school, for itself and for managers.
 */
#ifndef MOD_INSCRINET_FILE_CLASSES_H
#define MOD_INSCRINET_FILE_CLASSES_H

#include "../page.h"
#include "store/establishment.h"

/** Who is unlike his class, a sentence each, with the way to his file: "rows", "any", "looked_at". */
db_error_t classes_model(page_t *page, model_t *model, const establishment_t *school,
                         const establishment_exam_t *exam);

#endif
