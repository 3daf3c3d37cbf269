/* SPDX-License-Identifier: Apache-2.0
 *
 * The seven exams and the four services: their codes, addresses and names.
 */
#ifndef INSCRINET_DOMAIN_EXAM_H
#define INSCRINET_DOMAIN_EXAM_H

#include <apr.h>

typedef enum { EXAM_BTS, EXAM_BCP, EXAM_BP, EXAM_CAP, EXAM_BEP, EXAM_MC4, EXAM_MC5, EXAM_COUNT } exam_t;
#define EXAM_NONE ((exam_t)-1)
#define EXAM_BIT(exam) (1u << (exam))
#define EXAM_ALL ((1u << EXAM_COUNT) - 1)

typedef enum {
    SERVICE_MANAGER,             /* Service Gestionnaire */
    SERVICE_ESTABLISHMENT,       /* Service Établissement */
    SERVICE_SCHOOL_REGISTRATION, /* Service Inscription Établissement */
    SERVICE_PUBLIC_REGISTRATION, /* Service Inscription Grand Public */
    SERVICE_COUNT
} service_t;
#define SERVICE_BIT(service) (1u << (service))

typedef struct exam_info_t {
    const char *code;  /* "BCP": as stored, and as in the nomenclatures */
    const char *path;  /* "bcp": as in addresses */
    const char *name;  /* "Baccalauréat professionnel" */
    const char *title; /* "Baccalauréat professionnel (BCP)" */
} exam_info_t;

/** The exam's facts. exam must be a real one. */
const exam_info_t *exam_info(exam_t exam);

/** The exam of a code ("BCP") or of an address's part ("bcp"); EXAM_NONE if there is none. */
exam_t exam_of_code(const char *code);
exam_t exam_of_path(const char *path, apr_size_t length);

typedef struct service_info_t {
    const char *code;  /* "inscription-etablissement": as stored, in accounts and in windows */
    const char *title; /* "Service Inscription Établissement" */
} service_info_t;

const service_info_t *service_info(service_t service);

/** The service of a code, or -1. */
int service_of_code(const char *code);

#endif
