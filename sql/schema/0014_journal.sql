-- SPDX-License-Identifier: Apache-2.0
-- The trail is searched by who, by school and by act; making a registration, the busiest entry, stays out and costs nothing.
CREATE INDEX audit_entry_actor ON audit_entry (actor, id) WHERE action <> 'registration.create';
CREATE INDEX audit_entry_establishment ON audit_entry (establishment, id)
WHERE establishment IS NOT NULL AND action <> 'registration.create';
CREATE INDEX audit_entry_action ON audit_entry (action, id) WHERE action <> 'registration.create';
