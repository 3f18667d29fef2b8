create schema app;
create subscription s_disable connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
create subscription s_two_phase connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false);
