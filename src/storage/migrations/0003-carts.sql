-- One row per cart, read once and written once per request. No indexed column changes with an ordinary write (the expiry
-- is indexed by its day), so that PostgreSQL can keep the new row version on the same page.

create table carts (
  id text collate "C" primary key,
  integer_id bigint not null unique check (integer_id between 1 and 2147483647),
  number text collate "C" not null unique,
  version integer not null check (version >= 1),
  channel text collate "C" not null,
  status text not null check (status in ('open', 'placing', 'closed')),
  owner_kind text not null,
  -- Customer id, visitor id or guest key; null for owners without an identity.
  owner_key text collate "C",
  is_default boolean not null,
  -- The owner may have no second one of these in the channel.
  is_sole boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  expires_on date not null,
  body json not null
) with (fillfactor = 70);
create index carts_by_owner on carts (owner_key, owner_kind, channel) where status = 'open' and owner_key is not null;
create unique index carts_sole_of_owner on carts (owner_key, owner_kind, channel)
  where is_sole and status = 'open' and owner_key is not null;
create index carts_by_expiry on carts (expires_on);
