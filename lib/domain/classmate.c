/* SPDX-License-Identifier: Apache-2.0 */
#include "classmate.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "message.h"

/* How often each choice was made in a class. */
typedef struct class_t {
    int size;
    apr_hash_t *times[CLASS_ASPECTS]; /* int, by what was chosen */
    const char *most[CLASS_ASPECTS];  /* the choice that was made most often, */
    int most_times[CLASS_ASPECTS];
} class_t;

static const char *key_of(apr_pool_t *pool, const classmate_t *mate)
{
    return mate->class_name != NULL ? text_bare(pool, mate->class_name) : "";
}

static class_t *class_named(apr_pool_t *pool, apr_hash_t *classes, const char *key)
{
    class_t *found = apr_hash_get(classes, key, APR_HASH_KEY_STRING);
    int i;

    if (found != NULL)
        return found;
    found = apr_pcalloc(pool, sizeof *found);
    for (i = 0; i < CLASS_ASPECTS; i++)
        found->times[i] = apr_hash_make(pool);
    apr_hash_set(classes, key, APR_HASH_KEY_STRING, found);
    return found;
}

static void count(apr_pool_t *pool, class_t *class, const classmate_t *mate)
{
    int i;

    class->size++;
    for (i = 0; i < CLASS_ASPECTS; i++) {
        int *times = apr_hash_get(class->times[i], mate->chosen[i], APR_HASH_KEY_STRING);

        if (times == NULL) {
            times = apr_pcalloc(pool, sizeof *times);
            apr_hash_set(class->times[i], mate->chosen[i], APR_HASH_KEY_STRING, times);
        }
        if (++*times > class->most_times[i]) {
            class->most_times[i] = *times;
            class->most[i] = mate->chosen[i];
        }
    }
}

static int is_unlike(const class_t *class, const classmate_t *mate, int aspect)
{
    const int *times = apr_hash_get(class->times[aspect], mate->chosen[aspect], APR_HASH_KEY_STRING);
    int others = class->size - 1;

    return others >= CLASS_LEAST && strcmp(mate->chosen[aspect], class->most[aspect]) != 0 &&
           class->most_times[aspect] * 100 >= others * CLASS_ALIKE &&
           (*times == 1 || *times * 100 <= class->size * CLASS_RARE);
}

static void compare(apr_array_header_t *found, const class_t *class, const classmate_t *mate, int place)
{
    int i;

    for (i = 0; i < CLASS_ASPECTS; i++) {
        if (!is_unlike(class, mate, i))
            continue;
        APR_ARRAY_PUSH(found, class_unlike_t) = (class_unlike_t){
            place, (class_aspect_t)i, mate->chosen[i], class->most[i], class->most_times[i], class->size - 1};
        if (i == CLASS_SPECIALTY)
            return;
    }
}

apr_array_header_t *class_unlike(apr_pool_t *pool, const apr_array_header_t *mates)
{
    apr_array_header_t *found = apr_array_make(pool, 8, sizeof(class_unlike_t));
    apr_hash_t *classes = apr_hash_make(pool);
    int i;

    for (i = 0; i < mates->nelts; i++) {
        const classmate_t *mate = &APR_ARRAY_IDX(mates, i, classmate_t);

        count(pool, class_named(pool, classes, key_of(pool, mate)), mate);
    }
    for (i = 0; i < mates->nelts; i++) {
        const classmate_t *mate = &APR_ARRAY_IDX(mates, i, classmate_t);
        const char *key = key_of(pool, mate);

        if (key[0] != '\0')
            compare(found, class_named(pool, classes, key), mate, i);
    }
    return found;
}

const char *class_unlike_sentence(apr_pool_t *pool, const class_unlike_t *unlike)
{
    static const message_t labels[CLASS_ASPECTS] = {MSG_CLASS_SPECIALTY, MSG_CLASS_FORM, MSG_CLASS_LANGUAGE,
                                                    MSG_CLASS_OPTION};
    const char *nothing = message_text(MSG_CLASS_NOTHING);

    return message_format(pool, MSG_CLASS_UNLIKE, message_text(labels[unlike->aspect]),
                          unlike->chosen[0] != '\0' ? unlike->chosen : nothing, apr_itoa(pool, unlike->alike),
                          apr_itoa(pool, unlike->of), unlike->others[0] != '\0' ? unlike->others : nothing,
                          NULL);
}
