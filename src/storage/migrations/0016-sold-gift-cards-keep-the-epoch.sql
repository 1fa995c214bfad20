-- As before, but a sale of a gift card is no change of the catalog: every process read all of that again after each.

create or replace function issue_gift_cards_1() returns trigger language plpgsql as $$
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
    -- Whoever makes gift cards at the same moment waits here, so that no integer id is given twice. The catalog stays as it
    -- was: codes are looked up each time, so no process has to read anything again.
    perform 1 from catalog_epoch for update;
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
