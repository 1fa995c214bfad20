-- A gift card may be spent without an order; such a spending stands under `transaction:<id>` instead of an order's id.
-- It is given back once, whoever asks at the same moment.
create unique index gift_card_ledger_transaction_once on gift_card_ledger (order_id, kind)
  where order_id like 'transaction:%';
