-- Placing and settling as one call each: every lock is taken and let go inside the server, never across a round trip, and
-- each call is one transaction, so it happens wholly or not at all. Both follow one pattern: lock in a fixed order (stock,
-- coupons, promotions, gift cards, cart, order, payments; each by key), look, answer without a trace when something is
-- amiss, and only then write. The last lock is the channel's counter, since everybody who places there waits for it.
-- Lists come as JSON, whose length the planner cannot know; it is told to go by the keys' indexes and nothing else.
-- A changed function gets a new number, so that the old version of the program can go on serving.

-- Pieces to take per location, or the first SKU that is short. Locks the rows; changes nothing.
create function plan_stock_1(p_stock json) returns json language plpgsql as $$
declare
  v_short record;
begin
  perform 1 from stock s
    where s.sku in (select w.sku from json_to_recordset(p_stock) as w(sku text))
    order by s.sku, s.location for update;
  select w.sku, coalesce(sum(s.available), 0) as available into v_short
    from json_to_recordset(p_stock) as w(sku text, quantity integer) left join stock s on s.sku = w.sku
    group by w.sku, w.quantity having coalesce(sum(s.available), 0) < w.quantity order by w.sku limit 1;
  if found then
    return json_build_object('sku', v_short.sku, 'available', v_short.available);
  end if;
  return (
    select json_build_object('taken', coalesce(json_agg(json_build_object(
      'sku', t.sku, 'location', t.location, 'quantity', t.quantity)), '[]'::json))
    from (
      select s.sku, s.location, least(s.available, w.quantity - coalesce(sum(s.available) over earlier, 0)) as quantity
      from json_to_recordset(p_stock) as w(sku text, quantity integer) join stock s on s.sku = w.sku
      window earlier as (partition by s.sku order by s.location rows between unbounded preceding and 1 preceding)
    ) t where t.quantity > 0
  );
end $$;

-- The code that cannot be used once more, or null. Locks the rows; changes nothing.
create function find_used_up_coupon_1(p_coupons json, p_customer text) returns text language plpgsql as $$
begin
  perform 1 from coupons c
    where c.code_key in (select w.code_key from json_to_recordset(p_coupons) as w(code_key text))
    order by c.code_key for update;
  perform 1 from promotions p
    where p.id in (select w.promotion_id from json_to_recordset(p_coupons) as w(promotion_id text))
    order by p.id for update;
  return (
    select w.code
    from json_to_recordset(p_coupons) as w(code text, code_key text, promotion_id text)
      left join coupons c on c.code_key = w.code_key
      left join promotions p on p.id = w.promotion_id
      left join coupon_uses cu on cu.code_key = w.code_key and cu.customer_id = p_customer
      left join promotion_uses pu on pu.promotion_id = w.promotion_id and pu.customer_id = p_customer
    where p.id is null or (w.code_key <> '' and c.code_key is null)
      or c.used >= c.usage_limit or cu.used >= c.usage_limit_per_customer
      or p.used >= p.usage_limit or pu.used >= p.usage_limit_per_customer
      or (cu.used is null and c.usage_limit_per_customer = 0) or (pu.used is null and p.usage_limit_per_customer = 0)
    order by w.code_key limit 1
  );
end $$;

-- The card that holds less than asked, or null. Locks the rows; changes nothing.
create function find_short_gift_card_1(p_gift_cards json) returns text language plpgsql as $$
begin
  perform 1 from gift_cards g
    where g.code_key in (select w.code_key from json_to_recordset(p_gift_cards) as w(code_key text))
    order by g.code_key for update;
  return (
    select w.code
    from json_to_recordset(p_gift_cards) as w(code text, code_key text, amount bigint)
      left join gift_cards g on g.code_key = w.code_key
    where g.code_key is null or g.balance < w.amount
    order by w.code_key limit 1
  );
end $$;

-- Adds `p_by` (1 or -1) to the uses of each coupon and of each promotion behind them, also per customer.
create function count_coupon_uses_1(p_coupons json, p_customer text, p_by integer) returns void language plpgsql as $$
begin
  update coupons c set used = greatest(c.used + p_by, 0)
    from json_to_recordset(p_coupons) as w(code_key text) where c.code_key = w.code_key;
  update promotions p set used = greatest(p.used + p_by, 0)
    where p.id in (select w.promotion_id from json_to_recordset(p_coupons) as w(promotion_id text));
  if p_customer is null then
    return;
  end if;
  insert into coupon_uses as u (code_key, customer_id, used)
    select distinct c.code_key, p_customer, greatest(p_by, 0)
    from json_to_recordset(p_coupons) as w(code_key text) join coupons c on c.code_key = w.code_key
    on conflict (code_key, customer_id) do update set used = greatest(u.used + p_by, 0);
  insert into promotion_uses as u (promotion_id, customer_id, used)
    select distinct p.id, p_customer, greatest(p_by, 0)
    from json_to_recordset(p_coupons) as w(promotion_id text) join promotions p on p.id = w.promotion_id
    on conflict (promotion_id, customer_id) do update set used = greatest(u.used + p_by, 0);
end $$;

create function emit_1(p_events json) returns void language plpgsql as $$
begin
  insert into outbox (type, subject, data)
    select e.type, e.subject, coalesce(e.data, 'null'::json)
    from json_to_recordset(p_events) as e(type text, subject text, data json);
end $$;

-- Writes the cart where its version is `p_since` (its row is locked by the caller). A cart that is opened again keeps its
-- place, but no longer keeps its owner from having another one.
create function write_cart_1(p_cart json, p_body json, p_since integer) returns void language plpgsql as $$
begin
  update carts c set
    version = p_since + 1, channel = n.channel, status = n.status, owner_kind = n.owner_kind, owner_key = n.owner_key,
    is_default = n.is_default, expires_at = n.expires_at, expires_on = (n.expires_at at time zone 'UTC')::date,
    is_sole = c.is_sole and c.owner_kind = n.owner_kind and c.owner_key is not distinct from n.owner_key
      and (c.status = 'open' or n.status <> 'open'),
    body = p_body
  from json_to_record(p_cart) as n(
    id text, channel text, status text, owner_kind text, owner_key text, is_default boolean, expires_at timestamptz)
  where c.id = n.id and c.version = p_since;
end $$;

-- Answers { outcome: 'placed', number, integer_id, payments: { <id>: <integer id> } }, or why nothing was written.
create function place_order_1(
  p_order json, p_body json, p_snapshot json, p_counter json, p_stock json, p_coupons json, p_gift_cards json, p_payments json,
  p_cart json, p_cart_body json, p_cart_since integer, p_events json
) returns json language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  v_id text := p_order->>'id';
  v_customer text := case when p_order->>'owner_kind' = 'member' then p_order->>'owner_key' end;
  v_number text := p_order->>'number';
  v_plan json := json_build_object('taken', '[]'::json);
  v_refused text;
  v_counted bigint;
  v_integer_id bigint;
  v_payments json;
begin
  if json_array_length(p_stock) > 0 then
    v_plan := plan_stock_1(p_stock);
    if v_plan->>'taken' is null then
      return json_build_object(
        'outcome', 'insufficient_stock', 'sku', v_plan->>'sku', 'available', (v_plan->>'available')::integer);
    end if;
  end if;
  if json_array_length(p_coupons) > 0 then
    v_refused := find_used_up_coupon_1(p_coupons, v_customer);
    if v_refused is not null then
      return json_build_object('outcome', 'coupon_used_up', 'code', v_refused);
    end if;
  end if;
  if json_array_length(p_gift_cards) > 0 then
    v_refused := find_short_gift_card_1(p_gift_cards);
    if v_refused is not null then
      return json_build_object('outcome', 'gift_card_short', 'code', v_refused);
    end if;
  end if;

  -- Whoever orders the same purchase at the same moment waits here and then finds this order.
  perform 1 from carts c where c.id = p_order->>'cart_id' and (p_cart is null or c.version = p_cart_since) for update;
  if p_cart is not null and not found then
    return json_build_object('outcome', 'lost');
  end if;
  if p_order->>'status' in ('pending', 'confirmed') and exists (
    select 1 from orders o where o.cart_id = p_order->>'cart_id' and o.purchase = (p_order->>'purchase')::integer
      and o.status in ('pending', 'confirmed')
  ) then
    return json_build_object('outcome', 'already_ordered');
  end if;

  update stock s set available = s.available - t.quantity
    from json_to_recordset(v_plan->'taken') as t(sku text, location text, quantity integer)
    where s.sku = t.sku and s.location = t.location;
  if json_array_length(p_coupons) > 0 then
    perform count_coupon_uses_1(p_coupons, v_customer, 1);
  end if;
  if json_array_length(p_gift_cards) > 0 then
    update gift_cards g set balance = g.balance - w.amount
      from json_to_recordset(p_gift_cards) as w(code_key text, amount bigint) where g.code_key = w.code_key;
    insert into gift_card_ledger (code_key, order_id, kind, amount)
      select w.code_key, v_id, 'hold', -w.amount from json_to_recordset(p_gift_cards) as w(code_key text, amount bigint);
  end if;
  if p_cart is not null then
    perform write_cart_1(p_cart, p_cart_body, p_cart_since);
  end if;

  if p_counter is not null then
    loop
      insert into order_counters as n (channel, last) values (p_order->>'channel', (p_counter->>'first')::bigint)
        on conflict (channel) do update set last = greatest(n.last + 1, excluded.last)
        returning last into v_counted;
      v_number := (p_counter->>'prefix') || v_counted;
      exit when not exists (select 1 from orders o where o.number = v_number);
    end loop;
  end if;
  insert into orders (
    id, number, part_numbering, version, channel, cart_id, purchase, status, owner_kind, owner_key, email_key, currency,
    grand_total, placed_at, deadline, has_holds, stock_taken, coupons_held, body, snapshot)
  select n.id, v_number, n.part_numbering, n.version, n.channel, n.cart_id, n.purchase, n.status, n.owner_kind,
    n.owner_key, n.email_key, n.currency, n.grand_total, n.placed_at, n.deadline, true, v_plan->'taken', p_coupons, p_body,
    p_snapshot
  from json_to_record(p_order) as n(
    id text, part_numbering text, version integer, channel text, cart_id text, purchase integer, status text,
    owner_kind text, owner_key text, email_key text, currency text, grand_total bigint, placed_at timestamptz,
    deadline timestamptz)
  returning orders.integer_id into v_integer_id;

  with added as (
    insert into payments (
      id, order_id, version, state, method, provider, amount, currency, captured, refunded, idempotency_key,
      gateway_reference, redirect_url, decline_reason, display, step, refunds, created_at, updated_at)
    select n.id, v_id, n.version, n.state, n.method, n.provider, n.amount, n.currency, n.captured, n.refunded,
      n.idempotency_key, n.gateway_reference, n.redirect_url, n.decline_reason, n.display, n.step, n.refunds,
      n.created_at, n.updated_at
    from json_to_recordset(p_payments) as n(
      id text, version integer, state text, method text, provider text, amount bigint, currency text, captured bigint,
      refunded bigint, idempotency_key text, gateway_reference text, redirect_url text, decline_reason text,
      display json, step json, refunds json, created_at timestamptz, updated_at timestamptz)
    returning payments.id, payments.integer_id
  )
  select json_object_agg(added.id, added.integer_id) into v_payments from added;
  perform emit_1(p_events);
  return json_build_object(
    'outcome', 'placed', 'number', v_number, 'integer_id', v_integer_id,
    'payments', coalesce(v_payments, json_build_object()));
end $$;

-- Gives back what the order holds. The caller has locked stock, coupons, promotions and gift cards.
create function release_holds_1(p_order_id text, p_taken json, p_coupons json, p_customer text) returns void
language plpgsql as $$
begin
  insert into stock as s (sku, location, available)
    select t.sku, t.location, t.quantity
    from json_to_recordset(p_taken) as t(sku text, location text, quantity integer) join variants v on v.sku = t.sku
    order by t.sku, t.location
    on conflict (sku, location) do update set available = s.available + excluded.available;
  perform count_coupon_uses_1(p_coupons, p_customer, -1);
  with returned as (
    insert into gift_card_ledger (code_key, order_id, kind, amount)
    select l.code_key, l.order_id, 'release', -l.amount from gift_card_ledger l
    where l.order_id = p_order_id and l.kind = 'hold'
    returning code_key, amount
  )
  update gift_cards g set balance = g.balance + r.amount from returned r where g.code_key = r.code_key;
end $$;

-- Locks everything that the order holds, in the order that `place_order_1` uses.
create function lock_holds_1(p_order_id text, p_taken json, p_coupons json) returns void language plpgsql as $$
begin
  perform 1 from stock s
    where s.sku in (select t.sku from json_to_recordset(p_taken) as t(sku text)) order by s.sku, s.location for update;
  perform find_used_up_coupon_1(p_coupons, null);
  perform 1 from gift_cards g
    where g.code_key in (
      select l.code_key from gift_card_ledger l where l.order_id = p_order_id and l.kind = 'hold')
    order by g.code_key for update;
end $$;

-- Answers whether it was written: false when the order, one of its payments or the cart has another version by now.
create function settle_order_1(
  p_order json, p_body json, p_since integer, p_payments json, p_releases boolean,
  p_cart json, p_cart_body json, p_cart_since integer, p_removed_cart text, p_events json
) returns boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
as $$
declare
  v_id text := p_order->>'id';
  v_before record;
begin
  select o.stock_taken, o.coupons_held, o.has_holds and p_releases as releases,
      case when o.owner_kind = 'member' then o.owner_key end as customer
    into v_before from orders o where o.id = v_id and o.version = p_since;
  if not found then
    return false;
  end if;
  if v_before.releases then
    perform lock_holds_1(v_id, v_before.stock_taken, v_before.coupons_held);
  end if;
  perform 1 from carts c where c.id = coalesce(p_removed_cart, p_cart->>'id')
    and (p_removed_cart is not null or c.version = p_cart_since) for update;
  if p_cart is not null and not found then
    return false;
  end if;
  perform 1 from orders o where o.id = v_id and o.version = p_since for update;
  if not found then
    return false;
  end if;
  perform 1 from payments p
    where p.id in (select n.id from json_to_recordset(p_payments) as n(id text)) order by p.id for update;
  if (
    select count(*) from json_to_recordset(p_payments) as n(id text, version integer)
      join payments p on p.id = n.id and p.version = n.version - 1
  ) < json_array_length(p_payments) then
    return false;
  end if;

  update payments p set
    version = n.version, state = n.state, amount = n.amount, captured = n.captured, refunded = n.refunded,
    gateway_reference = n.gateway_reference, redirect_url = n.redirect_url, decline_reason = n.decline_reason,
    display = n.display, step = n.step, refunds = n.refunds, updated_at = n.updated_at
  from json_to_recordset(p_payments) as n(
    id text, version integer, state text, amount bigint, captured bigint, refunded bigint, gateway_reference text,
    redirect_url text, decline_reason text, display json, step json, refunds json, updated_at timestamptz)
  where p.id = n.id;
  update orders o set
    version = p_since + 1, status = n.status, email_key = n.email_key, deadline = n.deadline,
    owner_kind = n.owner_kind, owner_key = n.owner_key, has_holds = o.has_holds and not p_releases, body = p_body
  from json_to_record(p_order) as n(
    id text, status text, email_key text, deadline timestamptz, owner_kind text, owner_key text)
  where o.id = n.id;
  if v_before.releases then
    perform release_holds_1(v_id, v_before.stock_taken, v_before.coupons_held, v_before.customer);
  end if;
  if p_cart is not null then
    perform write_cart_1(p_cart, p_cart_body, p_cart_since);
  elsif p_removed_cart is not null then
    delete from carts c where c.id = p_removed_cart;
  end if;
  perform emit_1(p_events);
  return true;
end $$;
