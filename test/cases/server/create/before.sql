create schema app;
create foreign data wrapper w;
