create schema app;
create table app.orders (id integer primary key, code text, total numeric);
create aggregate app.pct(double precision order by anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
comment on aggregate app.pct(double precision order by anyelement) is 'p';
