create schema app;
create schema elsewhere;
create table app.logs (
  id bigint not null,
  client integer not null, -- schemactl: renamed_from customer
  content text, -- schemactl: renamed_from text
  primary key (id)
) partition by hash (id);
create table app.logs_0 partition of app.logs for values with (modulus 4, remainder 0);
create table app.logs_1 partition of app.logs for values with (modulus 4, remainder 1);
create table app.logs_2 partition of app.logs for values with (modulus 4, remainder 2);
create table app.logs_3 partition of app.logs for values with (modulus 4, remainder 3);
create index logs_0_customer on app.logs_0 (client, content);
create index logs_1_customer on app.logs_1 (client, content);
create index logs_2_customer on app.logs_2 (client, content);
create index logs_3_customer on app.logs_3 (client, content);
create index logs_customer on app.logs (client, content);
