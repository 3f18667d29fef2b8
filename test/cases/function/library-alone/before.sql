create schema app;
create function app.f_library() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
