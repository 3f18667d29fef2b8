create schema app;
create function app.h1() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create function app.h2() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create trusted language l_trusted handler plpgsql_call_handler;
create language l_handler handler app.h2;
create language l_inline handler plpgsql_call_handler inline plpgsql_inline_handler;
create language l_validator handler plpgsql_call_handler validator plpgsql_validator;
