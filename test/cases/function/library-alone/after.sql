create schema app;
create function app.f_library() returns language_handler language c as 'plpgsql', 'plpgsql_call_handler';
