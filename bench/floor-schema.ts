/** The least that a checkout needs to be safe: keys, guards and the indexes that a look-up by owner or cart wants. */
export const floorSchema = `
  create table floor_carts (
    id uuid primary key,
    owner text not null,
    version integer not null,
    status text not null,
    body jsonb not null,
    updated_at timestamptz not null default now(),
    expires_at timestamptz not null
  );
  create index floor_carts_owner on floor_carts (owner);
  create table floor_stock (
    sku text primary key,
    available bigint not null check (available >= 0)
  );
  create table floor_orders (
    id uuid primary key,
    number text not null unique,
    cart_id uuid not null unique,
    status text not null,
    total bigint not null,
    body jsonb not null,
    placed_at timestamptz not null default now()
  );
  create table floor_payments (
    id uuid primary key,
    order_id uuid not null references floor_orders,
    state text not null,
    amount bigint not null check (amount >= 0),
    idempotency_key text not null unique
  );
  create index floor_payments_order on floor_payments (order_id);
  create table floor_outbox (
    id bigint generated always as identity primary key,
    type text not null,
    subject text not null,
    data jsonb not null,
    at timestamptz not null default now()
  );`
