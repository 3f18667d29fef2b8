create schema app;
create table app.sales (id bigint primary key, region text not null, amount bigint not null);
create materialized view app.by_region as select region, sum(amount) as amount, count(*) as sales from app.sales group by region;
create unique index by_region_region on app.by_region (region);
create index by_region_amount on app.by_region (amount);
create view app.top as select region from app.by_region where amount > 10;
create materialized view app.overall as select sum(amount) as amount from app.by_region;
