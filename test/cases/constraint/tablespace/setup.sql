-- Both sides of a case share a server: the first one makes it.
set allow_in_place_tablespaces = on;
select 'create tablespace case_space location ''''' where not exists (select from pg_tablespace where spcname = 'case_space') \gexec
