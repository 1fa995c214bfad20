-- Coupons and gift cards that a store makes while it runs.
alter table coupons add column created_at timestamptz not null default now();
-- Taken back, though orders were given it: the row stays, so that their uses stay counted, and the code stays taken.
alter table coupons add column is_gone boolean not null default false;
-- To whom and from whom a gift card is: it is about people, so that no store file has it. Null where nothing is known.
alter table gift_cards add column details json;
