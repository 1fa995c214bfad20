-- People with accounts, and what callers prove themselves with.

create sequence customer_integer_ids;

create table customers (
  id text collate "C" primary key,
  integer_id bigint not null unique default nextval('customer_integer_ids'),
  reference text collate "C" not null unique,
  -- The address in lower case, as JavaScript lowers it.
  email_key text collate "C" not null unique,
  version integer not null,
  body json not null
);

-- Apart, so that reading a customer never reads a password hash.
create table customer_passwords (
  customer_id text collate "C" primary key references customers (id) on delete cascade,
  hash text not null
);

create table credentials (
  kind text not null check (kind in ('refresh_token', 'session', 'api_key', 'single_use')),
  -- SHA-256 of a random secret; the secret itself is nowhere.
  secret_hash text collate "C" not null,
  subject text collate "C" not null,
  dialect text,
  permissions text[] not null,
  data json not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  primary key (kind, secret_hash)
);
create index credentials_by_subject on credentials (kind, subject);
create index credentials_by_expiry on credentials (expires_at) where expires_at is not null;
