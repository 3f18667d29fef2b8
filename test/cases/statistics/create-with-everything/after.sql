create schema app;
create table app.t (a integer, b text, c integer, "D e" integer);
create schema stats;
create statistics stats."My S" (mcv, ndistinct) on b, "D e", (a + c), lower(b) from app.t;
alter statistics stats."My S" set statistics 500;
comment on statistics stats."My S" is 'correlated';
