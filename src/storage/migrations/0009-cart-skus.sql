-- The SKUs of a cart beside its body, so that reading their stock with the cart need not take the body apart. They count
-- only where they were written together with the version that stands: whatever writes a cart without them (placing, the
-- former version of the program) leaves them behind, and the body is asked.
alter table carts add column skus text[], add column skus_version integer;
