create schema app;
create function app.h1() returns fdw_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create function app.h2() returns fdw_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create foreign data wrapper w_options options (a '2');
create foreign data wrapper w_validator validator postgresql_fdw_validator;
create foreign data wrapper w_handler handler app.h2;
