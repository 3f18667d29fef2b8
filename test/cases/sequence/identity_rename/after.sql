create schema app;
-- schemactl: renamed_from t
create table app.u (
  id integer generated always as identity (sequence name app.t_id_seq)
);
