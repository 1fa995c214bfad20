-- First answers of repeated requests, events on their way out, and secrets of this store.

create table idempotency_keys (
  key text collate "C" primary key,
  body_hash text not null,
  is_answered boolean not null default false,
  answer json,
  -- Until then the first request is taken to be at work.
  leased_until timestamptz not null,
  expires_at timestamptz not null
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

create table outbox (
  id bigint generated always as identity primary key,
  type text not null,
  -- Cart or order id: events of one subject are delivered in order.
  subject text collate "C" not null,
  data json not null,
  at timestamptz not null default now(),
  -- Until then one process is delivering it.
  claimed_until timestamptz
);
create index outbox_by_subject on outbox (subject, id);

create table settings (
  name text collate "C" primary key,
  value text not null
);
