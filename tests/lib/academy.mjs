// SPDX-License-Identifier: Apache-2.0
//
// The demo's academy, asked and altered in its base: what a test needs of it that the demo doesn't give every school.
const list = (values) => values.map((one) => `'${one}'`).join(', ');

/** In SQL: the session of an exam, its main one ("bp") or a dated one ("bp-2027-11"). */
export function sessionOf(exam) {
  const [, name, year, month] = /^(\w+?)(?:-(\d{4})-(\d\d))?$/.exec(exam);
  return `(SELECT id FROM exam_session WHERE exam = '${name.toUpperCase()}' AND ${year ? `year = ${year} AND month = ${Number(month)}` : 'main = 1'})`;
}

/** In SQL: which windows are a session's in a service. */
export const windowsOf = (exam, service = 'inscription-etablissement') => `exam_session = ${sessionOf(exam)} AND service = '${service}'`;

/** The year of the demo's sessions. */
export const yearOf = (server) => Number(server.query('SELECT max(year) FROM exam_session'));

/** The code of a specialty (8 signs) of an exam, the first whose units are loaded or aren't; of a school: that it offers. */
export function specialtyOf(server, exam, { units, school } = {}) {
  const offered = school
    ? `AND code IN (SELECT o.specialty FROM establishment_offer o JOIN establishment e ON e.id = o.establishment WHERE e.code = '${school}')`
    : '';
  const known = units === undefined ? '' : `AND code ${units ? '' : 'NOT '}IN (SELECT specialty FROM exam_unit)`;
  const session = yearOf(server);
  const found =
    server.query(`SELECT code FROM specialty WHERE exam = '${exam.toUpperCase()}' AND (last_session IS NULL OR last_session >= ${exam === 'bep' ? 0 : session})
    AND (first_session IS NULL OR first_session <= ${session}) ${offered} ${known} ORDER BY code LIMIT 1`);
  if (!found) throw new Error(`no specialty of ${exam}, units ${units}, of ${school ?? 'anybody'}`);
  return found;
}

/** What stands in the lists for a specialty: its five figures and a blank, which no other option begins with. */
export const optionOf = (code) => `${code.slice(3)} `;

/** Let a school present exams (or sessions of them), offer specialties in its sessions of their exams, have families of candidates. */
export function extend(server, school, { exams = [], specialties = [], families }) {
  const id = server.query(`SELECT id FROM establishment WHERE code = '${school}'`);
  for (const exam of exams)
    server.query(
      `INSERT INTO establishment_exam (establishment, exam_session, service_open, european) VALUES (${id}, ${sessionOf(exam)}, 1, 1) ON CONFLICT DO NOTHING`,
    );
  if (specialties.length)
    server.query(
      `INSERT INTO establishment_offer (establishment, exam_session, specialty)
       SELECT ${id}, e.id, s.code FROM specialty s JOIN exam_session e ON e.exam = s.exam WHERE s.code IN (${list(specialties)}) ON CONFLICT DO NOTHING`,
    );
  if (families) server.query(`UPDATE establishment SET families = '|${families.join('|')}|' WHERE id = ${id}`);
}

/** Another valid registration of the exam that a registration is from now on said to look like: its number. */
export function alike(server, number, exam = 'BCP') {
  const other = server.query(`SELECT min(number) FROM registration WHERE exam = '${exam}' AND state = 'V' AND number <> ${number}
    AND exam_session = (SELECT exam_session FROM registration WHERE exam = '${exam}' AND number = ${number})`);
  server.query(
    `INSERT INTO registration_double (exam, number, other, reason, found) VALUES ('${exam}', ${number}, ${other}, 'identity', 0) ON CONFLICT DO NOTHING`,
  );
  return other;
}
