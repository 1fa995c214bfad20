-- Placing, third form: an order may leave its cart open and as it is (`p_cart` is null), but `p_cart_since` tells then that the
-- cart must be there still, in that version or a later one. One that was merged into another meanwhile, or removed, has
-- nothing left that could be bought. Everything else is as in the second form, with the plans of 0015.

create function place_order_3(
  p_order json, p_body json, p_snapshot json, p_counter json, p_stock json, p_coupons json, p_gift_cards json, p_payments json,
  p_cart json, p_cart_body json, p_cart_since integer, p_events json, p_draft_since integer
) returns json language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set jit = off
set plan_cache_mode = force_generic_plan
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

  -- Whoever orders the same purchase at the same moment waits here and then finds this order. So does whoever merges the
  -- cart into another one. A lower version is that of a new cart, which was made under the id since.
  perform 1 from carts c where c.id = p_order->>'cart_id'
    and (p_cart_since is null or c.version = p_cart_since or (p_cart is null and c.version > p_cart_since)) for update;
  if p_cart_since is not null and not found then
    return json_build_object('outcome', 'lost');
  end if;
  if p_order->>'status' in ('pending', 'confirmed') and exists (
    select 1 from orders o where o.cart_id = p_order->>'cart_id' and o.purchase = (p_order->>'purchase')::integer
      and o.status in ('pending', 'confirmed')
  ) then
    return json_build_object('outcome', 'already_ordered');
  end if;
  if p_draft_since is not null then
    select o.number, o.integer_id into v_number, v_integer_id
      from orders o where o.id = v_id and o.version = p_draft_since and o.status = 'incomplete' for update;
    if not found then
      return json_build_object('outcome', 'lost');
    end if;
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
    insert into gift_card_ledger (code_key, order_id, kind, amount, entry)
      select w.code_key, v_id, 'hold', -w.amount, (
        select count(*) from gift_card_ledger l where l.order_id = v_id and l.code_key = w.code_key and l.kind = 'hold')
      from json_to_recordset(p_gift_cards) as w(code_key text, amount bigint);
  end if;
  if p_cart is not null then
    perform write_cart_1(p_cart, p_cart_body, p_cart_since);
  end if;

  if p_draft_since is not null then
    update orders o set
      version = p_draft_since + 1, status = n.status, owner_kind = n.owner_kind, owner_key = n.owner_key,
      email_key = n.email_key, deadline = n.deadline, has_holds = true, stock_taken = v_plan->'taken',
      coupons_held = p_coupons, body = p_body, snapshot = p_snapshot
    from json_to_record(p_order) as n(status text, owner_kind text, owner_key text, email_key text, deadline timestamptz)
    where o.id = v_id;
  else
    if p_counter is not null then
      loop
        insert into order_counters as n (channel, last) values (p_order->>'channel', (p_counter->>'first')::bigint)
          on conflict (channel) do update set last = greatest(n.last + 1, excluded.last)
          returning last into v_counted;
        v_number := (p_counter->>'prefix') || v_counted;
        exit when not exists (select 1 from orders o where o.number = v_number);
      end loop;
    end if;
    -- A purchase that was given up lets go of the number that its cart gave it: the next try shall have it.
    update orders o set number = o.number || '-' || o.integer_id
      where o.number = v_number and o.cart_id = p_order->>'cart_id' and o.status = 'canceled';
    insert into orders (
      id, number, part_numbering, version, channel, cart_id, purchase, status, owner_kind, owner_key, email_key, currency,
      grand_total, placed_at, deadline, has_holds, stock_taken, coupons_held, body, snapshot)
    select n.id, v_number, n.part_numbering, n.version, n.channel, n.cart_id, n.purchase, n.status, n.owner_kind,
      n.owner_key, n.email_key, n.currency, n.grand_total, n.placed_at, n.deadline, n.status <> 'incomplete',
      v_plan->'taken', p_coupons, p_body, p_snapshot
    from json_to_record(p_order) as n(
      id text, part_numbering text, version integer, channel text, cart_id text, purchase integer, status text,
      owner_kind text, owner_key text, email_key text, currency text, grand_total bigint, placed_at timestamptz,
      deadline timestamptz)
    returning orders.integer_id into v_integer_id;
  end if;

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
