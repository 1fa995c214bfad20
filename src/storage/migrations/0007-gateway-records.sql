-- Memory of the sandbox gateway. It plays another party, so nothing of ours refers to it, and it never holds a card number.

create table gateway_records (
  key text collate "C" primary key,
  value json not null,
  version integer not null default 1 check (version > 0),
  changed_at timestamptz not null default now()
);
