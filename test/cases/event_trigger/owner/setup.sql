do $$ begin create role schemactl_case_admin superuser; exception when duplicate_object then null; end $$;
