create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.my_rank(variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);
