create schema app;
-- schemactl: renamed_from mood
create type app.feeling as enum ('sad', 'happy');
create table app.t (m app.feeling default 'sad' check (m <> 'happy'));
