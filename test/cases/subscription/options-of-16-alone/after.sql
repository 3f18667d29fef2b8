create schema app;
create subscription s_password connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false, password_required = false);
create subscription s_owner connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false, run_as_owner = true);
create subscription s_origin connection 'host=a.invalid dbname=x' publication news with (connect = false, slot_name = none, enabled = false, origin = none);
