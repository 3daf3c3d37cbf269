/* SPDX-License-Identifier: Apache-2.0 */
#include "exam.h"

#include <string.h>

static const exam_info_t exams[EXAM_COUNT] = {
    [EXAM_BTS] = {"BTS", "bts", "Brevet de technicien supérieur", "Brevet de technicien supérieur (BTS)"},
    [EXAM_BCP] = {"BCP", "bcp", "Baccalauréat professionnel", "Baccalauréat professionnel (BCP)"},
    [EXAM_BP] = {"BP", "bp", "Brevet professionnel", "Brevet professionnel (BP)"},
    [EXAM_CAP] = {"CAP", "cap", "Certificat d'aptitude professionnelle",
                  "Certificat d'aptitude professionnelle (CAP)"},
    [EXAM_BEP] = {"BEP", "bep", "Brevet d'études professionnelles", "Brevet d'études professionnelles (BEP)"},
    [EXAM_MC4] = {"MC4", "mc4", "Mention complémentaire de niveau 4",
                  "Mention complémentaire de niveau 4 (MC4)"},
    [EXAM_MC5] = {"MC5", "mc5", "Mention complémentaire de niveau 5",
                  "Mention complémentaire de niveau 5 (MC5)"},
};

static const service_info_t services[SERVICE_COUNT] = {
    [SERVICE_MANAGER] = {"gestionnaire", "Service Gestionnaire"},
    [SERVICE_ESTABLISHMENT] = {"etablissement", "Service Établissement"},
    [SERVICE_SCHOOL_REGISTRATION] = {"inscription-etablissement", "Service Inscription Établissement"},
    [SERVICE_PUBLIC_REGISTRATION] = {"inscription", "Service Inscription Grand Public"},
};

const exam_info_t *exam_info(exam_t exam)
{
    return &exams[exam];
}

exam_t exam_of_code(const char *code)
{
    int exam;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        if (strcmp(exams[exam].code, code) == 0)
            return (exam_t)exam;
    return EXAM_NONE;
}

exam_t exam_of_path(const char *path, apr_size_t length)
{
    int exam;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        if (strlen(exams[exam].path) == length && strncmp(exams[exam].path, path, length) == 0)
            return (exam_t)exam;
    return EXAM_NONE;
}

const service_info_t *service_info(service_t service)
{
    return &services[service];
}

int service_of_code(const char *code)
{
    int service;

    for (service = 0; service < SERVICE_COUNT; service++)
        if (strcmp(services[service].code, code) == 0)
            return service;
    return -1;
}
