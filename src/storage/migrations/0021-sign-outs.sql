-- Who was signed out everywhere, for as long as a signed word for somebody may be good: tokens are stored nowhere, so every
-- process keeps this list beside it, and asks for what came since.

-- Moves with each, and whoever moves it holds it until they are done: whoever has seen a number has seen all before it.
create table sign_out_numbers (
  name text collate "C" primary key check (name = 'last'),
  number bigint not null
);
create table sign_outs (
  customer_id text collate "C" primary key,
  number bigint not null unique,
  -- The customer's as of then: a token that tells an earlier one is over.
  version integer not null,
  at timestamptz not null
);
create index sign_outs_by_time on sign_outs (at);
