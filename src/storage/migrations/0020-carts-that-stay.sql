-- Placing, third form: an order may leave its cart open and as it is (`p_cart` is null), but `p_cart_since` tells then that the
-- cart must be there still, in that version or a later one. One that was merged into another meanwhile, or removed, has
-- nothing left that could be bought. Everything else is the second form's.

create function place_order_3(
  p_order json, p_body json, p_snapshot json, p_counter json, p_stock json, p_coupons json, p_gift_cards json, p_payments json,
  p_cart json, p_cart_body json, p_cart_since integer, p_events json, p_draft_since integer
) returns json language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  v_answer json := place_order_2(
    p_order, p_body, p_snapshot, p_counter, p_stock, p_coupons, p_gift_cards, p_payments, p_cart, p_cart_body, p_cart_since,
    p_events, p_draft_since);
begin
  -- The second form has locked the cart, if it was there: whoever merges it waits, and then finds this order. A lower version
  -- is that of a new cart, which was made under the id since. The error takes back all that was written.
  if p_cart is null and p_cart_since is not null and v_answer->>'outcome' = 'placed' and not exists (
    select 1 from carts c where c.id = p_order->>'cart_id' and c.version >= p_cart_since
  ) then
    raise exception 'the cart % is gone', p_order->>'cart_id' using errcode = 'PT001';
  end if;
  return v_answer;
end $$;
