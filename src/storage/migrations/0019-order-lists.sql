-- Orders are looked for by what has become of them, by their last change, by what backends of BigCommerce set by hand or call
-- them elsewhere, and in the order of the integers by which they are read out. What stands in the body is repeated in columns
-- of its own: an index over the body itself would be written anew with every change of an order, and all others with it.
-- The time of the last change, which does change each time, has an index that leaves the row where it is; what has become of
-- orders has none, and is read without their bodies.

alter table orders
  add column standing text collate "C" generated always as (
    status || ' ' || (body ->> 'paymentStatus') || ' ' || (body ->> 'fulfillmentStatus')) stored,
  add column changed_at text collate "C" generated always as (body ->> 'updatedAt') stored,
  -- Most orders have neither of these.
  add column mark text collate "C" generated always as (body #>> '{extras,bigcommerce,mark}') stored,
  add column external_id text collate "C" generated always as (
    body #>> '{extras,bigcommerce,notes,externalOrderId}') stored;

create index orders_by_read_out on orders (
  (case when number ~ '^[1-9][0-9]{0,14}$' then number::bigint else 1000000000 + integer_id end)
);
create index orders_by_change on orders using brin (changed_at) with (pages_per_range = 32);
create index orders_by_mark on orders (mark) where mark is not null;
create index orders_by_external_id on orders (external_id) where external_id is not null;
