-- Store credit of customers: an account per currency, kept as a gift card that no channel has and that no code opens, so that
-- one ledger and one set of functions hold, spend and give back both. Null: a gift card.
alter table gift_cards add column customer_id text collate "C";
create index gift_cards_by_customer on gift_cards (customer_id) where customer_id is not null;
