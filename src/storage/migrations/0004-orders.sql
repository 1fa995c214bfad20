-- Orders, what they hold, and the attempts to pay for them.

create sequence order_integer_ids;
create sequence payment_integer_ids;

-- Numbers that count up, one row per channel; taken late inside the placing transaction, so they have no gaps.
create table order_counters (
  channel text collate "C" primary key,
  last bigint not null
) with (fillfactor = 50);

create table orders (
  id text collate "C" primary key,
  integer_id bigint not null unique default nextval('order_integer_ids'),
  number text collate "C" not null unique,
  -- How the numbers of the parts follow from `number`; `stored`: they stand in `body`.
  part_numbering text not null check (part_numbering in ('stored', 'plain', 'suffixed')),
  version integer not null check (version >= 1),
  channel text collate "C" not null,
  cart_id text collate "C" not null,
  purchase integer not null,
  status text not null check (status in ('incomplete', 'pending', 'confirmed', 'canceled')),
  owner_kind text not null,
  owner_key text collate "C",
  email_key text collate "C",
  currency text not null,
  grand_total bigint not null,
  placed_at timestamptz not null,
  deadline timestamptz,
  -- What is held (stock, coupon uses, gift card amounts) has not gone back.
  has_holds boolean not null,
  -- [{ "sku", "location", "quantity" }]: where the stock was taken.
  stock_taken json not null,
  -- [{ "code_key", "promotion_id" }]
  coupons_held json not null,
  body json not null,
  -- The priced cart; written once, never again.
  snapshot json not null
) with (fillfactor = 80);
-- One purchase is ordered once, whatever happens at the same moment.
create unique index orders_one_per_purchase on orders (cart_id, purchase) where status in ('pending', 'confirmed');
create index orders_by_cart on orders (cart_id);
create index orders_by_owner on orders (owner_key, owner_kind, placed_at) where owner_key is not null;
create index orders_by_email on orders (email_key, placed_at) where email_key is not null;
create index orders_by_channel on orders (channel, placed_at);
create index orders_overdue on orders (deadline) where status = 'pending';

create table payments (
  id text collate "C" primary key,
  integer_id bigint not null unique default nextval('payment_integer_ids'),
  order_id text collate "C" not null references orders (id),
  version integer not null check (version >= 1),
  state text not null check (
    state in (
      'created', 'unknown', 'requires_action', 'pending', 'authorized', 'captured', 'voided', 'failed',
      'partially_refunded', 'refunded', 'refund_due'
    )
  ),
  method text not null,
  provider text not null,
  amount bigint not null check (amount >= 0),
  currency text not null,
  captured bigint not null check (captured >= 0),
  refunded bigint not null check (refunded >= 0),
  idempotency_key text collate "C" not null unique,
  gateway_reference text collate "C",
  redirect_url text,
  decline_reason text,
  display json not null,
  -- A capture, void or refund that was begun; and the refunds that were made.
  step json,
  refunds json,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (captured <= amount),
  check (refunded <= captured)
) with (fillfactor = 80);
create index payments_by_order on payments (order_id);
create index payments_by_gateway_reference on payments (gateway_reference) where gateway_reference is not null;
create index payments_unsettled on payments (updated_at) where state in ('created', 'unknown', 'refund_due') or step is not null;
