create schema app;
create table app.payments (id bigint primary key, amount numeric(14, 2) not null, reference varchar(40));
create view app.large_payments as select id, amount, reference from app.payments where amount > 100;
create view app.summary as select count(*) as n, sum(amount) as total from app.large_payments;
comment on view app.large_payments is 'to be looked at';
grant select on app.large_payments to pg_read_all_data;
create index payments_amount on app.payments (amount);
