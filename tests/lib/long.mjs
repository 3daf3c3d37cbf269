// SPDX-License-Identifier: Apache-2.0
//
// `make check-long` runs some tests with many times their work; `make check` once.
export const times = Number(process.env.INSCRINET_TEST_TIMES ?? 1);
if (!Number.isInteger(times) || times < 1) throw new Error(`INSCRINET_TEST_TIMES=${process.env.INSCRINET_TEST_TIMES} is no number of times`);

/** The numbers 1 to so many times. */
export const rounds = Array.from({ length: times }, (_, i) => i + 1);
