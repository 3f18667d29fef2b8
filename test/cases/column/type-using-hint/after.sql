create schema app;
create table app.t (
  a boolean -- schemactl: using (a = 'yes')
);
