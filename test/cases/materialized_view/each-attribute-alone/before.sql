create schema app;
create access method second_heap type table handler heap_tableam_handler;
create materialized view app.m_method using heap as select 1 as x;
create materialized view app.m_depends as select 1 as x;
create materialized view app.m_granted as select 1 as x;
create materialized view app.m_identity as select 1 as x;
