-- What is sold, where, and by which rules. Whole values stand in `body` (json, not jsonb: it keeps the order of keys
-- and every string as it was written); columns beside it are what is searched, joined or guarded.
-- Keys are compared byte by byte (collate "C"), so that locks are taken in one order everywhere.

create table catalog_epoch (
  is_only boolean primary key default true check (is_only),
  epoch bigint not null
);
insert into catalog_epoch (epoch) values (1);

create table channels (
  id text collate "C" primary key,
  position bigint generated always as identity,
  body json not null
);

create table tax_zones (
  channel text collate "C" not null references channels (id),
  id text collate "C" not null,
  position bigint generated always as identity,
  body json not null,
  primary key (channel, id)
);

create table shipping_methods (
  channel text collate "C" not null references channels (id),
  id text collate "C" not null,
  position bigint generated always as identity,
  body json not null,
  primary key (channel, id)
);

create table payment_methods (
  channel text collate "C" not null references channels (id),
  id text collate "C" not null,
  position bigint generated always as identity,
  body json not null,
  primary key (channel, id)
);

create table pickup_points (
  channel text collate "C" not null references channels (id),
  id text collate "C" not null,
  position bigint generated always as identity,
  body json not null,
  primary key (channel, id)
);

create table sellers (
  id text collate "C" primary key,
  position bigint generated always as identity,
  body json not null
);

create table variants (
  sku text collate "C" primary key,
  variant_id bigint not null unique check (variant_id between 0 and 9007199254740991),
  product_id bigint not null check (product_id between 0 and 9007199254740991),
  product_sku text collate "C" not null,
  is_active boolean not null,
  -- Lower case: name, SKU and brand.
  search_text text not null,
  body json not null
);
create index variants_by_product on variants (product_id, variant_id);
create index variants_by_product_sku on variants (product_sku);

-- The channels in which an active variant has a price.
create table variant_channels (
  channel text collate "C" not null,
  product_id bigint not null,
  variant_id bigint not null,
  sku text collate "C" not null references variants (sku) on delete cascade,
  primary key (channel, product_id, variant_id)
);
create index variant_channels_by_sku on variant_channels (sku);

create table variant_external_ids (
  name text collate "C" not null,
  value text collate "C" not null,
  sku text collate "C" not null references variants (sku) on delete cascade,
  primary key (name, value, sku)
);
create index variant_external_ids_by_sku on variant_external_ids (sku);

create table stock (
  sku text collate "C" not null references variants (sku) on delete cascade,
  location text collate "C" not null,
  -- Pieces that may still be promised.
  available integer not null check (available >= 0),
  primary key (sku, location)
) with (fillfactor = 60);

create table promotions (
  id text collate "C" primary key,
  position bigint generated always as identity,
  channels text[] not null,
  usage_limit integer check (usage_limit >= 0),
  usage_limit_per_customer integer check (usage_limit_per_customer >= 0),
  used integer not null default 0 check (used >= 0),
  body json not null
) with (fillfactor = 80);

-- `code_key` is the code in lower case, as JavaScript lowers it.
create table coupons (
  code_key text collate "C" primary key,
  position bigint generated always as identity,
  promotion_id text collate "C" not null references promotions (id),
  usage_limit integer check (usage_limit >= 0),
  usage_limit_per_customer integer check (usage_limit_per_customer >= 0),
  used integer not null default 0 check (used >= 0),
  body json not null
) with (fillfactor = 80);
create index coupons_by_promotion on coupons (promotion_id);

create table coupon_uses (
  code_key text collate "C" not null references coupons (code_key) on delete cascade,
  customer_id text collate "C" not null,
  used integer not null check (used >= 0),
  primary key (code_key, customer_id)
);

create table promotion_uses (
  promotion_id text collate "C" not null references promotions (id) on delete cascade,
  customer_id text collate "C" not null,
  used integer not null check (used >= 0),
  primary key (promotion_id, customer_id)
);

create table gift_cards (
  code_key text collate "C" primary key,
  position bigint generated always as identity,
  channels text[] not null,
  -- Minor units: the sum of the card's ledger, held amounts taken off.
  balance bigint not null check (balance >= 0),
  body json not null
) with (fillfactor = 80);

create table gift_card_ledger (
  id bigint generated always as identity primary key,
  code_key text collate "C" not null references gift_cards (code_key),
  order_id text collate "C",
  kind text not null check (kind in ('initial', 'hold', 'release')),
  -- Minor units, signed: a hold is negative. A hold that no release follows is spent.
  amount bigint not null,
  at timestamptz not null default now(),
  check ((kind = 'initial') = (order_id is null)),
  check ((kind = 'hold') = (amount < 0) or amount = 0)
);
create unique index gift_card_ledger_once on gift_card_ledger (order_id, code_key, kind) where order_id is not null;
create unique index gift_card_ledger_opened_once on gift_card_ledger (code_key) where kind = 'initial';

create table postal_places (
  country text collate "C" not null,
  -- Upper case, letters and digits only.
  postal_key text collate "C" not null,
  place text not null,
  postal_code text not null,
  subdivision text not null,
  subdivision_name text not null,
  district text not null default '',
  street text not null default '',
  latitude double precision,
  longitude double precision,
  primary key (country, postal_key, place, district, street)
);
