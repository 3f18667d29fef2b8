create schema app;
create table app.t (id integer primary key, b integer generated always as (id * 2) stored);
create publication p_generated for table app.t with (publish_generated_columns = stored);
