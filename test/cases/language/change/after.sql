create schema app;
create function app.call() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
create function app.run(internal) returns void language c as '$libdir/plpgsql', 'plpgsql_inline_handler';
create function app.verify(oid) returns void language c as '$libdir/plpgsql', 'plpgsql_validator';
create trusted language pl handler app.call validator app.verify;
revoke usage on language pl from public;
create function app.f() returns integer language pl as $$ begin return 1; end $$;
