-- Placing and settling an order are a dozen statements each, all by key. Planned anew at every call they cost the database
-- two to three times what running them does; a plan that is made once per connection serves every order alike.
alter function place_order_2(json, json, json, json, json, json, json, json, json, json, integer, json, integer)
  set plan_cache_mode = force_generic_plan;
alter function settle_order_1(json, json, integer, json, boolean, json, json, integer, text, json)
  set plan_cache_mode = force_generic_plan;
