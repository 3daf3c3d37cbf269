/* SPDX-License-Identifier: Apache-2.0 */
#include "act.h"

#include <string.h>

static const act_t acts[] = {
    {"login", MSG_ACT_LOGIN},
    {"login.failed", MSG_ACT_LOGIN_FAILED},
    {"logout", MSG_ACT_LOGOUT},
    {"password.change", MSG_ACT_PASSWORD_CHANGE},
    {"password.reset", MSG_ACT_PASSWORD_RESET},
    {"password.reset_all", MSG_ACT_PASSWORD_RESET_ALL},
    {"manager.add", MSG_ACT_MANAGER_ADD},
    {"manager.remove", MSG_ACT_MANAGER_REMOVE},
    {"delegate.add", MSG_ACT_DELEGATE_ADD},
    {"delegate.reset", MSG_ACT_DELEGATE_RESET},
    {"delegate.remove", MSG_ACT_DELEGATE_REMOVE},
    {"activation.open", MSG_ACT_ACTIVATION_OPEN},
    {"activation.close", MSG_ACT_ACTIVATION_CLOSE},
    {"establishment.add", MSG_ACT_ESTABLISHMENT_ADD},
    {"establishment.set", MSG_ACT_ESTABLISHMENT_SET},
    {"offer.set", MSG_ACT_OFFER_SET},
    {"offer.remove", MSG_ACT_OFFER_REMOVE},
    {"establishment.activate", MSG_ACT_ESTABLISHMENT_ACTIVATE},
    {"establishment.european", MSG_ACT_ESTABLISHMENT_EUROPEAN},
    {"establishment.expected", MSG_ACT_ESTABLISHMENT_EXPECTED},
    {"service.open", MSG_ACT_SERVICE_OPEN},
    {"service.close", MSG_ACT_SERVICE_CLOSE},
    {"registration.create", MSG_ACT_REGISTRATION_CREATE},
    {"registration.modify", MSG_ACT_REGISTRATION_MODIFY},
    {"registration.european", MSG_ACT_REGISTRATION_EUROPEAN},
    {"registration.cancel", MSG_ACT_REGISTRATION_CANCEL},
    {"registration.restore", MSG_ACT_REGISTRATION_RESTORE},
    {"registration.proven", MSG_ACT_REGISTRATION_PROVEN},
    {"proof.failed", MSG_ACT_PROOF_FAILED},
    {"confirmation.return", MSG_ACT_CONFIRMATION_RETURN},
    {"confirmation.take_back", MSG_ACT_CONFIRMATION_TAKE_BACK},
    {"file.ask", MSG_ACT_FILE_ASK},
    {"file.came", MSG_ACT_FILE_CAME},
    {"file.complete", MSG_ACT_FILE_COMPLETE},
    {"file.set_aside", MSG_ACT_FILE_SET_ASIDE},
    {"file.set_back", MSG_ACT_FILE_SET_BACK},
    {"file.acknowledge", MSG_ACT_FILE_ACKNOWLEDGE},
    {"file.undo", MSG_ACT_FILE_UNDO},
    {"reminder.send", MSG_ACT_REMINDER_SEND},
    {"code.new", MSG_ACT_CODE_NEW},
    {"code.asked", MSG_ACT_CODE_ASKED},
    {"code.mailed", MSG_ACT_CODE_MAILED},
    {"homonym.allow", MSG_ACT_HOMONYM_ALLOW},
    {"homonym.refuse", MSG_ACT_HOMONYM_REFUSE},
    {"slips.print", MSG_ACT_SLIPS_PRINT},
    {"pupils.print", MSG_ACT_PUPILS_PRINT},
    {"confirmation.print", MSG_ACT_CONFIRMATION_PRINT},
    {"specialty.set", MSG_ACT_SPECIALTY_SET},
    {"parameter.set", MSG_ACT_PARAMETER_SET},
    {"parameter.reset", MSG_ACT_PARAMETER_RESET},
    {"base.lock", MSG_ACT_BASE_LOCK},
    {"base.unlock", MSG_ACT_BASE_UNLOCK},
    {"base.create", MSG_ACT_BASE_CREATE},
    {"base.demo", MSG_ACT_BASE_DEMO},
    {"base.backup", MSG_ACT_BASE_BACKUP},
    {"base.restore", MSG_ACT_BASE_RESTORE},
    {"base.purge", MSG_ACT_BASE_PURGE},
    {"mail.run", MSG_ACT_MAIL_RUN},
    {"load.preview", MSG_ACT_LOAD_PREVIEW},
    {"load.nomenclature", MSG_ACT_LOAD_NOMENCLATURE},
    {"load.establishments", MSG_ACT_LOAD_ESTABLISHMENTS},
    {"load.offers", MSG_ACT_LOAD_OFFERS},
    {"load.units", MSG_ACT_LOAD_UNITS},
    {"load.countries", MSG_ACT_LOAD_COUNTRIES},
    {"load.communes", MSG_ACT_LOAD_COMMUNES},
    {"load.pupils", MSG_ACT_LOAD_PUPILS},
    {"load.previous", MSG_ACT_LOAD_PREVIOUS},
    {"load.undo", MSG_ACT_LOAD_UNDO},
    {"unload.ask", MSG_ACT_UNLOAD_ASK},
    {"unload.fetch", MSG_ACT_UNLOAD_FETCH},
    {"exam_session.add", MSG_ACT_EXAM_SESSION_ADD},
    {"exam_session.set", MSG_ACT_EXAM_SESSION_SET},
    {"exam_session.main", MSG_ACT_EXAM_SESSION_MAIN},
    {"window.set", MSG_ACT_WINDOW_SET},
    {"window.extend", MSG_ACT_WINDOW_EXTEND},
    {"window.remove", MSG_ACT_WINDOW_REMOVE},
    {NULL, MSG_OK},
};

const act_t *act_all(void)
{
    return acts;
}

const char *act_words(const char *code)
{
    int i;

    for (i = 0; acts[i].code != NULL; i++)
        if (strcmp(acts[i].code, code) == 0)
            return message_text(acts[i].words);
    return code;
}
