-- The test gateway's own memory. It plays an outside party, so nothing of ours refers to it.

create table gateway_records (
  key text primary key check (length(key) <= 300),
  value json not null,
  version integer not null default 1 check (version >= 1),
  written_at timestamptz not null default now()
);
