/* SPDX-License-Identifier: Apache-2.0
 *
 * How somebody is reached: phones, post codes, addresses of e-mail.
 */
#include "fuzz.h"

#include <ctype.h>

#include "domain/check.h"
#include "text/text.h"

enum { E164_LEAST = 6, E164_MOST = 15, EMAIL_MOST = 100, FOREIGN_MOST = 10 };

#define DIGITS "0123456789"

static void phone(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_phone, typed), *shown;
    size_t digits;

    if (kept == NULL)
        return;
    digits = strspn(kept + 1, DIGITS);
    holds(kept[0] == '+' && kept[1] != '0' && kept[1 + digits] == '\0' && digits >= E164_LEAST &&
              digits <= E164_MOST,
          "E.164: %s", kept);
    shown = phone_display(pool, kept);
    holds(strspn(shown, "+ " DIGITS) == strlen(shown), "shown: %s", shown);
    holds_same(fuzz_kept(pool, check_phone, shown), kept, "what is shown is kept as it was");
}

/* A number of metropole or overseas, dialled at home and from elsewhere. */
static void drawn_phone(apr_pool_t *pool, fuzz_draw_t *draw)
{
    unsigned number = 100000000 + (unsigned)fuzz_below(draw, 900000000);
    const char *home = fuzz_kept(pool, check_phone, apr_psprintf(pool, "0%u", number));

    holds_same(fuzz_kept(pool, check_phone, apr_psprintf(pool, "+33 (0)%u", number)), home, "from elsewhere");
    holds_same(fuzz_kept(pool, check_phone, apr_psprintf(pool, "0033-%u", number)), home, "from elsewhere");
}

static message_t check_french_code(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_postal_code(pool, typed, 1, kept);
}

static message_t check_foreign_code(apr_pool_t *pool, const char *typed, const char **kept)
{
    return check_postal_code(pool, typed, 0, kept);
}

static void postal_code(apr_pool_t *pool, const char *typed)
{
    const char *french = fuzz_kept_again(pool, check_french_code, typed), *department;
    const char *foreign = fuzz_kept_again(pool, check_foreign_code, typed);

    holds(french == NULL || (strlen(french) == 5 && strspn(french, DIGITS) == 5), "a French one: %s", french);
    holds(foreign == NULL || (text_characters(foreign) <= FOREIGN_MOST && text_is_drawable(foreign)),
          "a foreign one: %s", foreign);
    department = department_of_postal_code(pool, french != NULL ? french : typed);
    holds(department[0] == '\0' || strlen(department) == 3, "a department: %s", department);
}

static const char *with_capitals(apr_pool_t *pool, const char *text, const char *from)
{
    char *result = apr_pstrdup(pool, text), *at;

    for (at = result + (from - text); *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return result;
}

static void email(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_email, typed), *domain, *meant, *at;

    if (kept == NULL)
        return;
    domain = strchr(kept, '@');
    holds(domain != NULL && domain > kept && strchr(domain + 1, '@') == NULL && strchr(domain, '.') != NULL,
          "one @, a dotted domain: %s", kept);
    holds(strlen(kept) <= EMAIL_MOST && strstr(kept, "..") == NULL, "its length: %s", kept);
    for (at = kept; *at != '\0'; at++)
        holds(isgraph((unsigned char)*at) && strchr("\"(),:;<>[\\]", *at) == NULL, "its signs: %s", kept);
    holds_same(fuzz_kept(pool, check_email, with_capitals(pool, kept, domain)), kept,
               "capitals of a domain don't count");
    if ((meant = email_suggestion(kept)) == NULL)
        return;
    meant = apr_pstrcat(pool, "x@", meant, NULL);
    holds(fuzz_kept(pool, check_email, meant) != NULL && email_suggestion(meant) == NULL, "meant: %s", meant);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *typed = text_entered(pool, fuzz_text(pool, bytes, size), "");

    if (typed != NULL && text_trim(pool, typed)[0] != '\0') {
        phone(pool, typed);
        postal_code(pool, typed);
        email(pool, typed);
    }
    drawn_phone(pool, &draw);
    fuzz_end(pool);
    return 0;
}
