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
