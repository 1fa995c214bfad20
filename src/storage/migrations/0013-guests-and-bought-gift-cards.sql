-- Uses per customer are counted for guests too: a held coupon may say by whom it is counted (`holder`). The former version of
-- the program names nobody; then it is the member, as before, so that it may go on using these functions.

create or replace function find_used_up_coupon_1(p_coupons json, p_customer text) returns text language plpgsql as $$
begin
  perform 1 from coupons c
    where c.code_key in (select w.code_key from json_to_recordset(p_coupons) as w(code_key text))
    order by c.code_key for update;
  perform 1 from promotions p
    where p.id in (select w.promotion_id from json_to_recordset(p_coupons) as w(promotion_id text))
    order by p.id for update;
  return (
    select w.code
    from json_to_recordset(p_coupons) as w(code text, code_key text, promotion_id text, holder text)
      left join coupons c on c.code_key = w.code_key
      left join promotions p on p.id = w.promotion_id
      left join coupon_uses cu on cu.code_key = w.code_key and cu.customer_id = coalesce(w.holder, p_customer)
      left join promotion_uses pu
        on pu.promotion_id = w.promotion_id and pu.customer_id = coalesce(w.holder, p_customer)
    where p.id is null or (w.code_key <> '' and c.code_key is null)
      or c.used >= c.usage_limit or cu.used >= c.usage_limit_per_customer
      or p.used >= p.usage_limit or pu.used >= p.usage_limit_per_customer
      or (cu.used is null and c.usage_limit_per_customer = 0) or (pu.used is null and p.usage_limit_per_customer = 0)
    order by w.code_key limit 1
  );
end $$;

create or replace function count_coupon_uses_1(p_coupons json, p_customer text, p_by integer) returns void
language plpgsql as $$
begin
  update coupons c set used = greatest(c.used + p_by, 0)
    from json_to_recordset(p_coupons) as w(code_key text) where c.code_key = w.code_key;
  update promotions p set used = greatest(p.used + p_by, 0)
    where p.id in (select w.promotion_id from json_to_recordset(p_coupons) as w(promotion_id text));
  insert into coupon_uses as u (code_key, customer_id, used)
    select distinct c.code_key, coalesce(w.holder, p_customer), greatest(p_by, 0)
    from json_to_recordset(p_coupons) as w(code_key text, holder text) join coupons c on c.code_key = w.code_key
    where coalesce(w.holder, p_customer) is not null
    on conflict (code_key, customer_id) do update set used = greatest(u.used + p_by, 0);
  insert into promotion_uses as u (promotion_id, customer_id, used)
    select distinct p.id, coalesce(w.holder, p_customer), greatest(p_by, 0)
    from json_to_recordset(p_coupons) as w(promotion_id text, holder text) join promotions p on p.id = w.promotion_id
    where coalesce(w.holder, p_customer) is not null
    on conflict (promotion_id, customer_id) do update set used = greatest(u.used + p_by, 0);
end $$;

-- Gift cards that an order bought are made in the transaction that confirms it, whichever statement that is, and taken back
-- with the order. Until the order is paid they wait. `cardRows` of an order's body has one element per card; orders of the
-- former version have none.
create function issue_gift_cards_1() returns trigger language plpgsql as $$
declare
  v_rows json := new.body -> 'cardRows';
  v_paid boolean := new.body ->> 'paymentStatus' in ('paid', 'partially_refunded');
begin
  if new.status = 'canceled' or new.body ->> 'paymentStatus' in ('refunded', 'voided') then
    update gift_cards g set details = '{"isGone":true}', body = (g.body::jsonb || '{"isActive":false}')::json
      where g.code_key in (select w.code_key from json_to_recordset(v_rows) as w(code_key text));
    return null;
  end if;
  if new.status <> 'confirmed' then
    return null;
  end if;
  if exists (
    select 1 from json_to_recordset(v_rows) as w(code_key text)
    where not exists (select 1 from gift_cards g where g.code_key = w.code_key)
  ) then
    -- Whoever makes gift cards at the same moment waits here, so that no integer id is given twice.
    update catalog_epoch set epoch = epoch + 1;
    with made as (
      insert into gift_cards (code_key, channels, balance, body, details)
      select w.code_key, array[new.channel], w.balance,
        (w.body::jsonb || jsonb_build_object('integerId', last.id + w.at, 'isActive', v_paid))::json,
        (w.details::jsonb || jsonb_build_object('order', jsonb_build_object(
          'number', new.number, 'integerId', new.integer_id))
          || case when v_paid then '{}'::jsonb else '{"isPending":true}'::jsonb end)::json
      from (
        select r.code_key, r.balance, r.body, r.details, row_number() over () as at
        from json_to_recordset(v_rows) as r(code_key text, balance bigint, body text, details text)
        where not exists (select 1 from gift_cards g where g.code_key = r.code_key)
      ) w, (select coalesce(max((g.body ->> 'integerId')::bigint), 0) as id from gift_cards g) last
      returning code_key, balance
    ), opened as (
      insert into gift_card_ledger (code_key, kind, amount) select code_key, 'initial', balance from made
    )
    insert into outbox (type, subject, data)
      select 'gift_card.issued', new.id, json_build_object('orderId', new.id, 'count', count(*)) from made;
  elsif v_paid then
    update gift_cards g set details = (g.details::jsonb - 'isPending')::json,
        body = (g.body::jsonb || '{"isActive":true}')::json
      where g.details ->> 'isPending' is not null
        and g.code_key in (select w.code_key from json_to_recordset(v_rows) as w(code_key text));
  end if;
  return null;
end $$;

create trigger orders_issue_gift_cards after insert or update of status, body on orders
  for each row when (new.body -> 'cardRows' is not null) execute function issue_gift_cards_1();
