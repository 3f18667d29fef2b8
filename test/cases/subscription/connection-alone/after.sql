create schema app;
create subscription s_connection connection 'host=b.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
