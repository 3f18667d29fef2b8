create schema app;
create subscription s_disable connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false, disable_on_error = true);
create subscription s_two_phase connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false, two_phase = true);
