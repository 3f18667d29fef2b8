create schema app;
create table app.t (id integer, n integer);
create table app.log (id integer, what text);
create view app.v as select id, n from app.t;
create rule "My Rule" as on update to app.t where old.n <> new.n do also (insert into app.log values (old.id, 'x DO INSTEAD y'); delete from app.log where id = new.id);
