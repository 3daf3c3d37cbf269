/* SPDX-License-Identifier: Apache-2.0
 *
 * Preloaded into a server of the tests: a libharu that says another version.
 */
const char *HPDF_GetVersion(void);

const char *HPDF_GetVersion(void)
{
    return "9.9.9";
}
