-- Cards that gateways keep for customers, by references of theirs; no number and no security code is here.
create table stored_cards (
  -- What clients name it by: random, ours.
  token text collate "C" primary key check (token ~ '^[0-9a-f]{64}$'),
  customer_id text collate "C" not null references customers (id) on delete cascade,
  channel text collate "C" not null,
  method text not null,
  provider text not null,
  gateway_token text not null,
  brand text not null,
  -- Four digits: a longer one could be a card's number.
  last_four text not null check (last_four ~ '^[0-9]{4}$'),
  expiry_month integer not null check (expiry_month between 1 and 12),
  expiry_year integer not null check (expiry_year between 2000 and 9999),
  -- When it was made the default; the latest of a customer's in a channel is.
  default_since timestamptz,
  created_at timestamptz not null,
  -- Kept again, it is the same card with a newer reference.
  unique (customer_id, channel, method, brand, last_four, expiry_month, expiry_year)
);
