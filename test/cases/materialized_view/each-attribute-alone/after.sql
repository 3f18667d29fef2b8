create schema app;
create access method second_heap type table handler heap_tableam_handler;
create materialized view app.m_method using second_heap as select 1 as x;
create materialized view app.m_depends as select 1 as x;
alter materialized view app.m_depends depends on extension plpgsql;
create materialized view app.m_granted as select 1 as x;
grant select on app.m_granted to pg_monitor;
create materialized view app.m_identity as select 1 as x;
alter materialized view app.m_identity replica identity full;
