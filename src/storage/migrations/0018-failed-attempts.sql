-- Failures at log-in, codes and payments within a window of time: one count for all processes, which a restart keeps.
-- Keys are hashes, since they are e-mail addresses and addresses of clients.
create table failed_attempts (
  kind text collate "C" not null,
  key_hash text collate "C" not null,
  failures integer not null check (failures >= 0),
  ends_at timestamptz not null,
  primary key (kind, key_hash)
);
create index failed_attempts_by_end on failed_attempts (ends_at);
