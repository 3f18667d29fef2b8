create schema app;
create procedure app.p_library() language c as '$libdir/plpgsql', 'plpgsql_call_handler';
