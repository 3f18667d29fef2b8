create schema app;
create table app.sales (id bigint primary key, region text not null, amount bigint not null);
create materialized view app.by_region as select region, sum(amount) as amount from app.sales group by region;
create unique index by_region_region on app.by_region (region);
create view app.top as select region from app.by_region where amount > 10;
insert into app.sales select i, 'r' || i % 5, i from generate_series(1, 200) i;
refresh materialized view app.by_region;
