-- Orders are looked for by what has become of them, by their last change, and in the order of the integers by which they are
-- read out. The expressions are those of postgres/order-list.ts.

create index orders_by_read_out on orders (
  (case when number ~ '^[1-9][0-9]{0,14}$' then number::bigint else 1000000000 + integer_id end)
);
create index orders_by_standing on orders (
  (status || ' ' || (body ->> 'paymentStatus') || ' ' || (body ->> 'fulfillmentStatus'))
);
create index orders_by_change on orders (((body ->> 'updatedAt') collate "C"));
-- What backends of BigCommerce look for among what that dialect keeps with an order; most orders have neither.
create index orders_by_mark on orders ((body #>> '{extras,bigcommerce,mark}'))
  where (body #>> '{extras,bigcommerce,mark}') is not null;
create index orders_by_external_id on orders ((body #>> '{extras,bigcommerce,notes,externalOrderId}'))
  where (body #>> '{extras,bigcommerce,notes,externalOrderId}') is not null;
