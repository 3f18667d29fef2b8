create schema app;
create type app.span as range (subtype = bigint);
create table app.t (s app.span default '[1,2)', m app.span_multirange, a app.span[]);
create index t_s on app.t (s);
