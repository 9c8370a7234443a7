BEGIN TRANSACTION;
CREATE TABLE alert_cursor (
	city_id TEXT NOT NULL, 
	first_day DATE NOT NULL, 
	day DATE NOT NULL, 
	run_id TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	judged BLOB NOT NULL, 
	CONSTRAINT pk_alert_cursor PRIMARY KEY (city_id)
)
 WITHOUT ROWID

;
CREATE TABLE answer (
	answer_id TEXT NOT NULL, 
	contact_id TEXT NOT NULL, 
	incident_key TEXT, 
	action TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_answer PRIMARY KEY (answer_id)
)
 WITHOUT ROWID

;
CREATE TABLE check_result (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	check_id TEXT NOT NULL, 
	check_version BIGINT NOT NULL, 
	outcome TEXT NOT NULL, 
	observed TEXT, 
	expected TEXT, 
	failed_count BIGINT NOT NULL, 
	checked_count BIGINT NOT NULL, 
	reason TEXT, 
	severity TEXT NOT NULL, 
	run_id TEXT NOT NULL, is_private BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_check_result PRIMARY KEY (day, city_id, portal_id, dataset_id, subject, check_id, check_version)
)
 WITHOUT ROWID

;
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_departments_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_years_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','building_permits_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','business_licences_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','cells_filled',1,'passed','1979 of 1995 cells filled','at least a third of the cells filled',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_kept',1,'not_applicable',NULL,NULL,0,0,'first_version','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_not_empty',1,'passed','0 of 5 columns without a single value','a value in every column',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_promised_present',1,'passed','0 of 5 listed columns absent: not found','every listed column',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_unlisted_absent',1,'passed','0 columns beside the 5 that are listed','listed columns only',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_end_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_vendors_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crime_incidents_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_classified',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_located',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_reported_after_occurred',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_default',1,'passed','0 of 1 column of dates with a program''s default','empty cells where there is no date',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_impossible',1,'passed','0 of 1 column of dates with impossible years','years from 1700 to 2199',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_in_future',1,'passed','0 of 1 column of past events with dates in the future','no date after tomorrow',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','employee_salaries_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','encoding_sound',1,'passed','0 lines not written as the rest of the file','one encoding throughout, best UTF-8',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','expenditures_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','headers_usable',1,'passed','0 of 5 columns without a name of its own','a name for each column, and no two the same',0,5,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keys_filled',1,'passed','0 rows without call','a key in every row',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keys_unique',1,'passed','0 rows have keys that an earlier row has (call)','every key in one row only',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','links_work',1,'not_applicable',NULL,NULL,0,0,'no_links','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','newest_event_found',1,'passed','newest event 2026-06-29 (received)','a date up to today in the column of events',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','newest_event_keeps_up',1,'passed','newest event 2026-06-29 (received), 1 day behind the portal''s date','a newest event at most a year older than the portal''s own date',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','nulls_not_written_out',1,'passed','0 of 3 columns with words of programs for nothing','empty cells where there is nothing',0,3,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','numbers_not_all_zero',1,'passed','0 of 1 column of numbers with nothing but 0','a number other than 0 in every column of numbers',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','numbers_within_history',1,'not_applicable',NULL,NULL,0,0,'no_number','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_in_fiscal_year',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_mostly_positive',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_payees_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_costs_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_issued_after_applied',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','personal_data_absent',1,'passed','0 of 5 columns may contain personal data','no column that looks like personal data',0,5,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',1);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','placeholders_few',1,'passed','0 of 5 columns filled mostly with words for nothing','words for nothing in at most half of the filled cells',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_in_city',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_not_all_alike',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_on_earth',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_after_opened',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_dated',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_placed',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_as_stated',1,'passed','399 rows, 399 stated','the number that the portal states, within one in a hundred',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_collapsed',1,'not_applicable',NULL,NULL,0,0,'first_version','critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_ragged',1,'passed','0 of 399 rows with too many fields, 0 with too few','as many fields in each row as in the header',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_repeated',1,'passed','0 of 399 rows repeat another one','at most one row in a hundred that repeats another',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_present',1,'passed','399 rows','at least one row',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_annual_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_hourly_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_titled',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','service_requests_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','text_unbroken',1,'passed','0 of 3 columns of text with broken characters','whole characters throughout',0,3,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','types_kept',1,'not_applicable',NULL,NULL,0,0,'no_version_before','warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','values_fit_type',1,'passed','0 of 2 columns with values of another type','at most one value in a hundred of another type',0,2,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_departments_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_years_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','building_permits_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','business_licences_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','cells_filled',1,'passed','1979 of 1995 cells filled','at least a third of the cells filled',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_kept',1,'not_applicable',NULL,NULL,0,0,'first_version','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_not_empty',1,'passed','0 of 5 columns without a single value','a value in every column',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_promised_present',1,'passed','0 of 5 listed columns absent: not found','every listed column',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_unlisted_absent',1,'passed','0 columns beside the 5 that are listed','listed columns only',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_end_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_vendors_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crime_incidents_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_classified',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_located',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_reported_after_occurred',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_default',1,'passed','0 of 1 column of dates with a program''s default','empty cells where there is no date',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_impossible',1,'passed','0 of 1 column of dates with impossible years','years from 1700 to 2199',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_in_future',1,'passed','0 of 1 column of past events with dates in the future','no date after tomorrow',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','employee_salaries_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','encoding_sound',1,'passed','0 lines not written as the rest of the file','one encoding throughout, best UTF-8',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','expenditures_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','headers_usable',1,'passed','0 of 5 columns without a name of its own','a name for each column, and no two the same',0,5,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keys_filled',1,'passed','0 rows without call','a key in every row',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keys_unique',1,'passed','0 rows have keys that an earlier row has (call)','every key in one row only',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','links_work',1,'not_applicable',NULL,NULL,0,0,'no_links','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','newest_event_found',1,'passed','newest event 2026-06-29 (received)','a date up to today in the column of events',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','newest_event_keeps_up',1,'passed','newest event 2026-06-29 (received), 1 day behind the portal''s date','a newest event at most a year older than the portal''s own date',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','nulls_not_written_out',1,'passed','0 of 3 columns with words of programs for nothing','empty cells where there is nothing',0,3,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','numbers_not_all_zero',1,'passed','0 of 1 column of numbers with nothing but 0','a number other than 0 in every column of numbers',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','numbers_within_history',1,'not_applicable',NULL,NULL,0,0,'no_number','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_in_fiscal_year',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_mostly_positive',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_payees_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_costs_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_issued_after_applied',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','personal_data_absent',1,'passed','0 of 5 columns may contain personal data','no column that looks like personal data',0,5,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',1);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','placeholders_few',1,'passed','0 of 5 columns filled mostly with words for nothing','words for nothing in at most half of the filled cells',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_in_city',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_not_all_alike',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_on_earth',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_after_opened',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_dated',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_placed',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_as_stated',1,'passed','399 rows, 399 stated','the number that the portal states, within one in a hundred',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_collapsed',1,'not_applicable',NULL,NULL,0,0,'first_version','critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_ragged',1,'passed','0 of 399 rows with too many fields, 0 with too few','as many fields in each row as in the header',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_repeated',1,'passed','0 of 399 rows repeat another one','at most one row in a hundred that repeats another',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_present',1,'passed','399 rows','at least one row',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_annual_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_hourly_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_titled',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','service_requests_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','text_unbroken',1,'passed','0 of 3 columns of text with broken characters','whole characters throughout',0,3,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','types_kept',1,'not_applicable',NULL,NULL,0,0,'no_version_before','warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','values_fit_type',1,'passed','0 of 2 columns with values of another type','at most one value in a hundred of another type',0,2,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',0);
CREATE TABLE city (
	city_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	state TEXT, 
	country TEXT NOT NULL, 
	geoid TEXT, 
	population BIGINT, 
	time_zone TEXT NOT NULL, 
	publication TEXT NOT NULL, 
	CONSTRAINT pk_city PRIMARY KEY (city_id)
)
 WITHOUT ROWID

;
INSERT INTO "city" VALUES('demo-cedar-junction','Cedar Junction','OR','US',NULL,38950,'America/Los_Angeles','public');
CREATE TABLE civicgauge_schema_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT civicgauge_schema_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "civicgauge_schema_version" VALUES('0005');
CREATE TABLE contact (
	contact_id TEXT NOT NULL, 
	city_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	address TEXT NOT NULL, 
	role TEXT NOT NULL, 
	language TEXT NOT NULL, 
	cadence TEXT NOT NULL, 
	chosen_cadence TEXT, 
	weekday BIGINT NOT NULL, 
	hour BIGINT NOT NULL, 
	time_zone TEXT NOT NULL, 
	consent_on DATE NOT NULL, 
	created_at TEXT NOT NULL, 
	is_in_file BOOLEAN NOT NULL, 
	unsubscribed_at TEXT, 
	bounced_at TEXT, 
	bounce_reason TEXT, 
	digest_slot DATE, 
	immediate_at TEXT, 
	CONSTRAINT pk_contact PRIMARY KEY (contact_id)
)
 WITHOUT ROWID

;
CREATE TABLE criterion_evidence (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	standard TEXT NOT NULL, 
	standard_version TEXT NOT NULL, 
	criterion TEXT NOT NULL, 
	stance TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	expires_at DATE, 
	attested_stance TEXT, 
	attested_by TEXT, 
	attested_on DATE, 
	attested_url TEXT, 
	run_id TEXT NOT NULL, 
	CONSTRAINT pk_criterion_evidence PRIMARY KEY (day, city_id, standard, standard_version, criterion)
)
 WITHOUT ROWID

;
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2018','2018','DG1','not_observed','partial','[{"high": 4.0, "indicator": "inventory_signals_count", "low": 0.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "signals", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2018','2018','DG2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2018','2018','DG3','in_line','partial','[{"high": 0.9919799498746867, "indicator": "cells_filled_share", "low": 0.9919799498746867, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9919799498746867, "version": 1}, {"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 1.0, "indicator": "rows_sound_share", "low": 1.0, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 1.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','BF1','not_observed','partial','[{"high": null, "indicator": "budget_years_behind", "low": 0.0, "n_unknown": 0, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}, {"high": null, "indicator": "expenditure_years_behind", "low": 0.0, "n_unknown": 1, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','BF2','not_observed','partial','[{"high": null, "indicator": "budget_years_behind", "low": 0.0, "n_unknown": 0, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}, {"high": null, "indicator": "expenditure_years_behind", "low": 0.0, "n_unknown": 1, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','BF3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','CI1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','CI2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','CI3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM2','not_observed','partial','[{"high": 4.0, "indicator": "inventory_signals_count", "low": 0.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "signals", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM4','in_line','partial','[{"high": 0.9919799498746867, "indicator": "cells_filled_share", "low": 0.9919799498746867, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9919799498746867, "version": 1}, {"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 1.0, "indicator": "rows_sound_share", "low": 1.0, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 1.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM7','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM8','differs','partial','[{"high": 0.38461538461538464, "indicator": "people_columns_share", "low": 0.0, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.46153846153846156, "indicator": "place_columns_share", "low": 0.07692307692307693, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.0, "indicator": "priority_disaggregated_share", "low": 0.0, "n_unknown": 0, "rule": {"differs": 0.2, "in_line": 0.6}, "stance": "differs", "status": "ok", "unit": "share", "value": 0.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','DM9','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','EVAL1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','EVAL2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','EVAL3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','EVAL4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','LC7','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','OD1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','OD2','not_observed','partial','[{"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": {"differs": 0.3, "in_line": 0.8}, "stance": "not_observed", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','OD3','not_observed','automatic','[{"high": null, "indicator": "cadence_unpromised_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": null, "indicator": "cycles_late_median_daily", "low": 0.0, "n_unknown": 4, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_weekly", "low": 0.0, "n_unknown": 4, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": 1.1129, "indicator": "cycles_late_median_monthly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_quarterly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_yearly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_longer", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "datasets_added_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "not_measured", "unit": "datasets", "value": null, "version": 1}, {"high": null, "indicator": "datasets_counted_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 14.0, "version": 1}, {"high": null, "indicator": "datasets_found_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "not_measured", "unit": "datasets", "value": null, "version": 1}, {"high": null, "indicator": "datasets_missing_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "not_measured", "unit": "datasets", "value": null, "version": 1}, {"high": null, "indicator": "datasets_removed_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "not_measured", "unit": "datasets", "value": null, "version": 1}, {"high": 1.0, "indicator": "licence_open_inherited_share", "low": 0.7142857142857143, "n_unknown": 4, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "not_observed", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 0.7857142857142857, "indicator": "licence_open_share", "low": 0.7142857142857143, "n_unknown": 1, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.7692307692307693, "version": 1}, {"high": 0.7857142857142857, "indicator": "licence_stated_share", "low": 0.7857142857142857, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.7857142857142857, "version": 1}, {"high": 1.0, "indicator": "links_available_share", "low": 0.0, "n_unknown": 1, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "links_working_share", "low": 0.0, "n_unknown": 1, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "machine_readable_share", "low": 0.9285714285714286, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 0.9285714285714286, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}, {"high": 0.8571428571428571, "indicator": "period_declared_share", "low": 0.8571428571428571, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.8571428571428571, "version": 1}, {"high": null, "indicator": "promises_changed_late_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "not_measured", "unit": "datasets", "value": null, "version": 1}, {"high": 0.7142857142857143, "indicator": "promises_fresh_share", "low": 0.35714285714285715, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.8571428571428571, "indicator": "promises_kept_share", "low": 0.5, "n_unknown": 5, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "not_observed", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6428571428571429, "indicator": "promises_testable_share", "low": 0.6428571428571429, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.6428571428571429, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 1.0, "indicator": "rows_rewritten_share", "low": 0.0, "n_unknown": 1, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": null, "indicator": "series_overdue_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": 0.35714285714285715, "indicator": "touched_not_changed_share", "low": 0.0, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','OD4','not_observed','partial','[{"high": 0.8571428571428571, "indicator": "contact_present_share", "low": 0.2857142857142857, "n_unknown": 8, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}, {"high": null, "indicator": "usage_published_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 366}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}, {"high": 0.5714285714285714, "indicator": "usage_shown_share", "low": 0.5714285714285714, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.5714285714285714, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','PA1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','PA2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','PA3','not_observed','partial','[{"high": null, "indicator": "performance_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 92}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','PA4','not_observed','partial','[{"high": null, "indicator": "automated_decisions_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 366}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','PA5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC7','not_observed','partial','[{"high": 5.0, "indicator": "procurement_stages_count", "low": 1.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "stages", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-29','demo-cedar-junction','what-works-cities-2022','2022','RDC8','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2018','2018','DG1','not_observed','partial','[{"high": 4.0, "indicator": "inventory_signals_count", "low": 0.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "signals", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2018','2018','DG2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2018','2018','DG3','in_line','partial','[{"high": 0.9919799498746867, "indicator": "cells_filled_share", "low": 0.9919799498746867, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9919799498746867, "version": 1}, {"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 1.0, "indicator": "rows_sound_share", "low": 1.0, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 1.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','BF1','not_observed','partial','[{"high": null, "indicator": "budget_years_behind", "low": 0.0, "n_unknown": 0, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}, {"high": null, "indicator": "expenditure_years_behind", "low": 0.0, "n_unknown": 1, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','BF2','not_observed','partial','[{"high": null, "indicator": "budget_years_behind", "low": 0.0, "n_unknown": 0, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}, {"high": null, "indicator": "expenditure_years_behind", "low": 0.0, "n_unknown": 1, "rule": {"differs": 3, "in_line": 1}, "stance": "not_observed", "status": "not_measured", "unit": "years", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','BF3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','CI1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','CI2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','CI3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM2','not_observed','partial','[{"high": 4.0, "indicator": "inventory_signals_count", "low": 0.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "signals", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM4','in_line','partial','[{"high": 0.9919799498746867, "indicator": "cells_filled_share", "low": 0.9919799498746867, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9919799498746867, "version": 1}, {"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 1.0, "indicator": "rows_sound_share", "low": 1.0, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 1.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM7','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM8','differs','partial','[{"high": 0.38461538461538464, "indicator": "people_columns_share", "low": 0.0, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.46153846153846156, "indicator": "place_columns_share", "low": 0.07692307692307693, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.0, "indicator": "priority_disaggregated_share", "low": 0.0, "n_unknown": 0, "rule": {"differs": 0.2, "in_line": 0.6}, "stance": "differs", "status": "ok", "unit": "share", "value": 0.0, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','DM9','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','EVAL1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','EVAL2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','EVAL3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','EVAL4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','LC7','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','OD1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','OD2','not_observed','partial','[{"high": 0.717948717948718, "indicator": "columns_described_share", "low": 0.3333333333333333, "n_unknown": 5, "rule": {"differs": 0.3, "in_line": 0.8}, "stance": "not_observed", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6923076923076923, "indicator": "dictionary_share", "low": 0.23076923076923078, "n_unknown": 6, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','OD3','not_observed','automatic','[{"high": null, "indicator": "cadence_unpromised_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": null, "indicator": "cycles_late_median_daily", "low": 0.0, "n_unknown": 4, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_weekly", "low": 0.0, "n_unknown": 4, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": 1.1451500000000001, "indicator": "cycles_late_median_monthly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_quarterly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_yearly", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "cycles_late_median_longer", "low": 0.0, "n_unknown": 3, "rule": null, "stance": "informs", "status": "insufficient", "unit": "cycles", "value": null, "version": 1}, {"high": null, "indicator": "datasets_added_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": null, "indicator": "datasets_counted_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 14.0, "version": 1}, {"high": null, "indicator": "datasets_found_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": null, "indicator": "datasets_missing_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": null, "indicator": "datasets_removed_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": 1.0, "indicator": "licence_open_inherited_share", "low": 0.7142857142857143, "n_unknown": 4, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "not_observed", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 0.7857142857142857, "indicator": "licence_open_share", "low": 0.7142857142857143, "n_unknown": 1, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.7692307692307693, "version": 1}, {"high": 0.7857142857142857, "indicator": "licence_stated_share", "low": 0.7857142857142857, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.7857142857142857, "version": 1}, {"high": 1.0, "indicator": "links_available_share", "low": 0.0, "n_unknown": 1, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 1.0, "indicator": "links_working_share", "low": 0.0, "n_unknown": 1, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "machine_readable_share", "low": 0.9285714285714286, "n_unknown": 0, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "in_line", "status": "ok", "unit": "share", "value": 0.9285714285714286, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}, {"high": 0.8571428571428571, "indicator": "period_declared_share", "low": 0.8571428571428571, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.8571428571428571, "version": 1}, {"high": null, "indicator": "promises_changed_late_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": 0.7142857142857143, "indicator": "promises_fresh_share", "low": 0.35714285714285715, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.8571428571428571, "indicator": "promises_kept_share", "low": 0.5, "n_unknown": 5, "rule": {"differs": 0.5, "in_line": 0.8}, "stance": "not_observed", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.6428571428571429, "indicator": "promises_testable_share", "low": 0.6428571428571429, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.6428571428571429, "version": 1}, {"high": 1.0, "indicator": "rows_recent_share", "low": 1.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 1.0, "version": 1}, {"high": 0.0, "indicator": "rows_rewritten_share", "low": 0.0, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.0, "version": 1}, {"high": null, "indicator": "series_overdue_count", "low": null, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "datasets", "value": 0.0, "version": 1}, {"high": 0.35714285714285715, "indicator": "touched_not_changed_share", "low": 0.0, "n_unknown": 5, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','OD4','not_observed','partial','[{"high": 0.8571428571428571, "indicator": "contact_present_share", "low": 0.2857142857142857, "n_unknown": 8, "rule": null, "stance": "informs", "status": "insufficient", "unit": "share", "value": null, "version": 1}, {"high": 0.9285714285714286, "indicator": "metadata_publisher_filled_share", "low": 0.8142857142857143, "n_unknown": 8, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.9193548387096774, "version": 1}, {"high": null, "indicator": "usage_published_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 366}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}, {"high": 0.5714285714285714, "indicator": "usage_shown_share", "low": 0.5714285714285714, "n_unknown": 0, "rule": null, "stance": "informs", "status": "ok", "unit": "share", "value": 0.5714285714285714, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','PA1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','PA2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','PA3','not_observed','partial','[{"high": null, "indicator": "performance_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 92}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','PA4','not_observed','partial','[{"high": null, "indicator": "automated_decisions_age_days", "low": 0.0, "n_unknown": 0, "rule": {"differs": 1096, "in_line": 366}, "stance": "not_observed", "status": "not_measured", "unit": "days", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','PA5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC1','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC2','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC3','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC4','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC5','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC6','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC7','not_observed','partial','[{"high": 5.0, "indicator": "procurement_stages_count", "low": 1.0, "n_unknown": 4, "rule": {"differs": 0, "in_line": 3}, "stance": "not_observed", "status": "insufficient", "unit": "stages", "value": null, "version": 1}]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "criterion_evidence" VALUES('2026-06-30','demo-cedar-junction','what-works-cities-2022','2022','RDC8','not_observed','attested','[]',NULL,NULL,NULL,NULL,NULL,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
CREATE TABLE cursor (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	updated_at TEXT, 
	CONSTRAINT pk_cursor PRIMARY KEY (name)
)
 WITHOUT ROWID

;
CREATE TABLE dataset (
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	title TEXT, 
	permalink TEXT, 
	kind TEXT, 
	publisher TEXT, 
	first_seen DATE NOT NULL, 
	last_seen DATE NOT NULL, 
	state_day DATE NOT NULL, 
	is_counted BOOLEAN, 
	declared_frequency TEXT, 
	period_source TEXT, 
	freshness_status TEXT, 
	age_days BIGINT, 
	licence_class TEXT, 
	presence TEXT, 
	removed_on DATE, 
	CONSTRAINT pk_dataset PRIMARY KEY (city_id, portal_id, dataset_id)
)
 WITHOUT ROWID

;
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','Trail Map','https://gis.cedarjunction.example/data/dataset/trail-map','file','Parks and Recreation','2026-06-29','2026-06-30','2026-06-30',1,'annual','declared','due',380,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','Bike Racks','https://gis.cedarjunction.example/data/dataset/bike-racks','file','City Engineering','2026-06-29','2026-06-30','2026-06-30',1,NULL,'undeclared','unknown',NULL,'none','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','Street Centerlines','https://gis.cedarjunction.example/data/dataset/street-centerlines','file','City Engineering','2026-06-29','2026-06-30','2026-06-30',1,'monthly','declared','fresh',14,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','Flood Zones','https://gis.cedarjunction.example/data/dataset/flood-zones','file','Planning','2026-06-29','2026-06-30','2026-06-30',1,'as needed','untestable','unknown',400,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','Aerial Imagery Index','https://gis.cedarjunction.example/data/dataset/aerial-imagery-index','file','City Engineering','2026-06-29','2026-06-30','2026-06-30',1,'R/P2Y','declared','fresh',500,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','Traffic Signals','https://gis.cedarjunction.example/data/dataset/traffic-signals','table','City Engineering','2026-06-29','2026-06-30','2026-06-30',1,'weekly','declared','delinquent',70,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','c2pd-7hqm','Police Calls for Service','https://data.cedarjunction.example/d/c2pd-7hqm','table','Police Department','2026-06-29','2026-06-30','2026-06-30',1,'Daily','declared','fresh',0,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','e6rk-3wjx','Code Enforcement Cases','https://data.cedarjunction.example/d/e6rk-3wjx','table','Community Development','2026-06-29','2026-06-30','2026-06-30',1,'Monthly','declared','fresh',20,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','k5vn-8yec','Library Circulation','https://data.cedarjunction.example/d/k5vn-8yec','table','Cedar Junction Library','2026-06-29','2026-06-30','2026-06-30',1,'Bi-weekly','declared','unknown',17,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','m3xq-6dbs','Farmers Market Vendors (Historical)','https://data.cedarjunction.example/d/m3xq-6dbs','table','Parks and Recreation','2026-06-29','2026-06-30','2026-06-30',1,'Daily','declared','unknown',3,'none','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','p8wt-2gkh','Park Reservations','https://data.cedarjunction.example/d/p8wt-2gkh','table','Parks and Recreation','2026-06-29','2026-06-30','2026-06-30',1,'Monthly','declared','due',33,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','r7ye-5mpa','Rainfall at City Hall','https://data.cedarjunction.example/d/r7ye-5mpa','table',NULL,'2026-06-29','2026-06-30','2026-06-30',1,'Monthly','declared','fresh',9,'open','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','s4hj-9cnv','Emergency Shelter Occupancy','https://data.cedarjunction.example/d/s4hj-9cnv','table','Human Services','2026-06-29','2026-06-30','2026-06-30',1,NULL,'undeclared','unknown',8,'none','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','t2gd-4qwz','Noise Calls','https://data.cedarjunction.example/d/t2gd-4qwz','derived_view','Police Department','2026-06-29','2026-06-30','2026-06-30',0,'Daily','declared','fresh',0,'none','present',NULL);
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','u9fb-4tzg','City Checkbook','https://data.cedarjunction.example/d/u9fb-4tzg','table','Finance','2026-06-29','2026-06-30','2026-06-30',1,'Monthly','declared','delinquent',100,'terms_unread','present',NULL);
CREATE TABLE dataset_day (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	as_of TEXT NOT NULL, 
	is_counted BOOLEAN, 
	exclusion_reason TEXT, 
	ownership TEXT NOT NULL, 
	declared_frequency TEXT, 
	expected_period_days DOUBLE, 
	period_source TEXT, 
	touched_at TEXT, 
	data_updated_at TEXT, 
	newest_event_at TEXT, 
	age_days BIGINT, 
	freshness_status TEXT, 
	cycles_late DOUBLE, 
	licence_text TEXT, 
	licence_id TEXT, 
	licence_class TEXT, 
	licence_source TEXT, 
	openness_stars BIGINT, 
	columns_count BIGINT, 
	columns_described BIGINT, 
	input_digest TEXT NOT NULL, 
	freshness_reason TEXT, 
	age_basis TEXT, 
	promise_changed BOOLEAN, 
	expected_period_days_min DOUBLE, 
	period_class TEXT, 
	series_role TEXT, 
	observed_period_days DOUBLE, 
	contact_state TEXT, 
	is_machine_readable BOOLEAN, 
	first_seen DATE, 
	kind TEXT, 
	run_id TEXT NOT NULL, 
	CONSTRAINT pk_dataset_day PRIMARY KEY (day, city_id, portal_id, dataset_id)
)
 WITHOUT ROWID

;
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-06-30T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,379,'due',0.0355,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'defbf1592c5f56fbe8ad8acff71387479169bb1c4c3250323b7c8dad751ce8f0',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'233788f81c02ea25f1638dd54b63e45accbc6739e652cc2ecb1adca13d7198cf','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-06-30T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,13,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'33467977657e6e4168439d82dd407a61acb29edd76867c3dd60647e28b3450f0',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-06-30T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,399,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'3800b2fa7f10f1f5fe57002cde3dde728f6a07ad1dcd6894c0af51aa757069dd','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-06-30T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,499,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'7873b967159e19c970aefccfff2c065d63cb92ce5548fc12ec7a38b35580a65b',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-06-30T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,69,'delinquent',8.8571,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'f758ea9fc1c196a158007653b97d4360099a85d655cc399c92d6ff800b7589bf',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z','2026-06-29T00:00:00.000000Z',0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'faf87b5186ef8fc1f3b13ccd8e5c5e88fabec3d534d6e3427ff06c467216b761',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','e6rk-3wjx','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,19,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'3ab3097523d4f56ff86d7beee5823aa29bb01adb8b2f09d75e99bbba64854458',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','k5vn-8yec','2026-06-30T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,16,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'4be1a1e11b9bd8ef3b11d07605bcc0452a5e6e2903f43df057bcccc606756bf3','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','m3xq-6dbs','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,2,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'422c593ae41803d43180db4fed4fdb5bdf15f431a773745f3c92e5693b71890c','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','p8wt-2gkh','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,32,'due',0.0323,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'08b3226b4d91dabca1073ec8adb5546feb13038d9ebc34dab7839e8ec9825fad',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','r7ye-5mpa','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,8,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'0599946131bf4baa9ae2405439f00764335c970596af7ffc26c55a8866d2a63d',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','s4hj-9cnv','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,7,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'b4f62e5d7e2bf56a180a5e7d05604eb37ec1c6ec852f4d456a967b96e3ec381c','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','t2gd-4qwz','2026-06-30T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'0fbe13553728d8823e3a3d9dc127fc68a18dc4c292261905ff08d87e04f88e70',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','u9fb-4tzg','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,99,'delinquent',2.1935,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'02f98b5929522280ab445a1d39714270c9f46ad131a7f71da265b8b9c324d730',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-07-01T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,380,'due',0.0383,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'9e105eaf472513fc33a6c86738782557fabcd3d2dcc8b51966be9c9da741af22',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'efc4ae46499e1cf950aa4cb9f772674cbc82b10e460e12c016a9ab1177bc3e53','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-07-01T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,14,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'a43b59fe195fa5e2eda5762df6f7584305630f7f43c48600d9c87b79df4ea4db',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-07-01T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,400,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'185acdc05b32ae0e1525678db3c088500e3b3843e9f94d138776e5aa4eb1d5eb','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-07-01T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,500,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'c968aa7e78c0e1fb10ba0ce9567e6472921e172a2f8108db15835676c4d34a1b',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-07-01T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,70,'delinquent',9.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'6c88c0cddd9575a0f60cd1fcf41e6cd7cacc6d165c43a4518d8a8b50beaad1b9',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z','2026-06-29T00:00:00.000000Z',0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'7df2ac480f9090e44408a9ec977ca4b10a9210acd304021c5880eb5604e924eb',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','e6rk-3wjx','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,20,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'0023e6eb56229e3f5e5583078f70a96fad0a262de280e795b294cb396f403341',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','k5vn-8yec','2026-07-01T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,17,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'ec8a2b3f22cf2a6caea79c727f218518ebf02d966789455ecf7fedfcdb405fd2','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','m3xq-6dbs','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,3,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'9048c4e02cb278d29b0dffe4d9ddd532db3d7b6553c440f435b11d88f552efdc','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','p8wt-2gkh','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,33,'due',0.0645,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'00a15cbccef80e7a125a0443be39a04fa49ea2a0cb44a39e83342fb666eec3b0',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','r7ye-5mpa','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,9,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'b0a1eb6a7c23583993daf13f6bbb4fb6a20c03fb4b83dc11ad704578776dd6ff',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','s4hj-9cnv','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,8,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'66702fef33f47f2e6dba0c9c77c28d4775768b3c178004be96320ab179ae26ed','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','t2gd-4qwz','2026-07-01T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'0fbe13553728d8823e3a3d9dc127fc68a18dc4c292261905ff08d87e04f88e70',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','u9fb-4tzg','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,100,'delinquent',2.2258,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'41d4c4434fc437d49b0bd7194d73de7ba8e6284ef00984cb5d71fd22ab5e04b8',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
CREATE TABLE hold (
	hold_id TEXT NOT NULL, 
	opened_at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	cities_count BIGINT NOT NULL, 
	openings_count BIGINT NOT NULL, 
	days TEXT NOT NULL, 
	about TEXT NOT NULL, 
	decided_at TEXT, 
	decided_by TEXT, 
	decided_reason TEXT, 
	CONSTRAINT pk_hold PRIMARY KEY (hold_id)
)
 WITHOUT ROWID

;
CREATE TABLE incident (
	incident_key TEXT NOT NULL, 
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	rule_id TEXT NOT NULL, 
	field TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	rule_version BIGINT NOT NULL, 
	audience TEXT NOT NULL, 
	state TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	since DATE NOT NULL, 
	opened_at TEXT, 
	last_seen_at TEXT NOT NULL, 
	resolved_at TEXT, 
	occurrences BIGINT NOT NULL, 
	is_private BOOLEAN NOT NULL, 
	is_baseline BOOLEAN NOT NULL, 
	is_flapping BOOLEAN NOT NULL, 
	is_silent BOOLEAN NOT NULL, 
	opened_on DATE, 
	last_seen_on DATE NOT NULL, 
	last_ok_on DATE, 
	resolved_on DATE, 
	resolved_reason TEXT, 
	failed_days BIGINT NOT NULL, 
	passed_days BIGINT NOT NULL, 
	observed TEXT, 
	expected TEXT, 
	told_notice TEXT, 
	told_severity TEXT, 
	told_on DATE, 
	reopened_on TEXT NOT NULL, 
	until DATE, 
	dispute TEXT, 
	claimed_on DATE, 
	claimed_at TEXT, 
	claim_answer TEXT, 
	target_on DATE, 
	released_at TEXT, 
	CONSTRAINT pk_incident PRIMARY KEY (incident_key)
)
 WITHOUT ROWID

;
CREATE TABLE incident_event (
	incident_key TEXT NOT NULL, 
	number BIGINT NOT NULL, 
	city_id TEXT NOT NULL, 
	episode BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	day DATE NOT NULL, 
	at TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	reason TEXT, 
	details TEXT NOT NULL, 
	CONSTRAINT pk_incident_event PRIMARY KEY (incident_key, number)
)
 WITHOUT ROWID

;
CREATE TABLE indicator_revision (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	indicator_id TEXT NOT NULL, 
	indicator_version BIGINT NOT NULL, 
	run_id TEXT NOT NULL, 
	as_of TEXT NOT NULL, 
	value DOUBLE, 
	unit TEXT NOT NULL, 
	status TEXT NOT NULL, 
	numerator DOUBLE, 
	denominator DOUBLE, 
	n_unknown BIGINT NOT NULL, 
	value_low DOUBLE, 
	value_high DOUBLE, 
	direction TEXT NOT NULL, 
	input_digest TEXT NOT NULL, 
	reason TEXT, 
	band TEXT, 
	evidence TEXT, 
	recorded_at TEXT, 
	replaced_at TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	CONSTRAINT pk_indicator_revision PRIMARY KEY (day, city_id, indicator_id, indicator_version, run_id)
)
 WITHOUT ROWID

;
CREATE TABLE indicator_value (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	indicator_id TEXT NOT NULL, 
	indicator_version BIGINT NOT NULL, 
	as_of TEXT NOT NULL, 
	value DOUBLE, 
	unit TEXT NOT NULL, 
	status TEXT NOT NULL, 
	numerator DOUBLE, 
	denominator DOUBLE, 
	n_unknown BIGINT NOT NULL, 
	value_low DOUBLE, 
	value_high DOUBLE, 
	direction TEXT NOT NULL, 
	input_digest TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	reason TEXT, band TEXT, evidence TEXT, recorded_at TEXT, 
	CONSTRAINT pk_indicator_value PRIMARY KEY (day, city_id, indicator_id, indicator_version)
)
 WITHOUT ROWID

;
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','automated_decisions_age_days',1,'2026-06-30T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','none_found',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','budget_years_behind',1,'2026-06-30T06:59:59.999999Z',NULL,'years','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','none_found',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cadence_unpromised_count',1,'2026-06-30T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cells_filled_share',1,'2026-06-30T06:59:59.999999Z',9.91979949874686739441e-01,'share','ok',9.91979949874686739441e-01,1.0,0,9.91979949874686739441e-01,9.91979949874686739441e-01,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','columns_described_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','contact_present_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_daily',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_longer',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_monthly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.1129,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','nothing_known',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_weekly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_yearly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_added_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','first_observation',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_counted_count',1,'2026-06-30T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_found_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','first_observation',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_missing_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','first_observation',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_removed_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','first_observation',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','dictionary_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',3.0,13.0,6,2.30769230769230782041e-01,6.92307692307692290611e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','expenditure_years_behind',1,'2026-06-30T06:59:59.999999Z',NULL,'years','not_measured',NULL,NULL,1,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','nothing_known',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','inventory_signals_count',1,'2026-06-30T06:59:59.999999Z',NULL,'signals','insufficient',0.0,4.0,4,0.0,4.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','none_found',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_open_inherited_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',10.0,14.0,4,7.14285714285714301574e-01,1.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_open_share',1,'2026-06-30T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'most',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_stated_share',1,'2026-06-30T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'most',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','links_available_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',0.0,1.0,1,0.0,1.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','nothing_known',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','links_working_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',0.0,1.0,1,0.0,1.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','nothing_known',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','machine_readable_share',1,'2026-06-30T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'nearly all',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_platform_filled_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-06-30T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','people_columns_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',0.0,13.0,5,0.0,3.84615384615384636735e-01,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','performance_age_days',1,'2026-06-30T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','none_found',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','period_declared_share',1,'2026-06-30T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'most',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','place_columns_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',1.0,13.0,5,7.6923076923076927347e-02,4.61538461538461564082e-01,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','priority_disaggregated_share',1,'2026-06-30T06:59:59.999999Z',0.0,'share','ok',0.0,1.0,0,0.0,0.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'few',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','procurement_stages_count',1,'2026-06-30T06:59:59.999999Z',NULL,'stages','insufficient',1.0,5.0,4,1.0,5.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,'records/u9fb-4tzg','2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_changed_late_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','first_observation',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_fresh_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_kept_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_testable_share',1,'2026-06-30T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'most',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','rows_recent_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'nearly all',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','rows_rewritten_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',0.0,1.0,1,0.0,1.0,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','nothing_known',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','rows_sound_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,'nearly all',NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','series_overdue_count',1,'2026-06-30T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','touched_not_changed_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',0.0,14.0,5,0.0,3.57142857142857150787e-01,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','usage_published_age_days',1,'2026-06-30T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab','none_found',NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','usage_shown_share',1,'2026-06-30T06:59:59.999999Z',5.7142857142857139685e-01,'share','ok',8.0,14.0,0,5.7142857142857139685e-01,5.7142857142857139685e-01,'neutral','3502f2fa08d31c3c0711774bb222f39872be22146cd82754dad04196c03c1a12','demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,NULL,'2026-11-29T15:20:42.728332Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','automated_decisions_age_days',1,'2026-07-01T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','none_found',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','budget_years_behind',1,'2026-07-01T06:59:59.999999Z',NULL,'years','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','none_found',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cadence_unpromised_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cells_filled_share',1,'2026-07-01T06:59:59.999999Z',9.91979949874686739441e-01,'share','ok',9.91979949874686739441e-01,1.0,0,9.91979949874686739441e-01,9.91979949874686739441e-01,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','columns_described_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','contact_present_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_daily',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_longer',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_monthly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.14515000000000011226e+00,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','nothing_known',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_weekly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_yearly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_added_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_counted_count',1,'2026-07-01T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_found_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_missing_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_removed_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','dictionary_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',3.0,13.0,6,2.30769230769230782041e-01,6.92307692307692290611e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','expenditure_years_behind',1,'2026-07-01T06:59:59.999999Z',NULL,'years','not_measured',NULL,NULL,1,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','nothing_known',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','inventory_signals_count',1,'2026-07-01T06:59:59.999999Z',NULL,'signals','insufficient',0.0,4.0,4,0.0,4.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','none_found',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_open_inherited_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',10.0,14.0,4,7.14285714285714301574e-01,1.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_open_share',1,'2026-07-01T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'most',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_stated_share',1,'2026-07-01T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'most',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','links_available_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',0.0,1.0,1,0.0,1.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','nothing_known',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','links_working_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',0.0,1.0,1,0.0,1.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','nothing_known',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','machine_readable_share',1,'2026-07-01T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'nearly all',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_platform_filled_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-07-01T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','people_columns_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',0.0,13.0,5,0.0,3.84615384615384636735e-01,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','performance_age_days',1,'2026-07-01T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','none_found',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','period_declared_share',1,'2026-07-01T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'most',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','place_columns_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',1.0,13.0,5,7.6923076923076927347e-02,4.61538461538461564082e-01,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','priority_disaggregated_share',1,'2026-07-01T06:59:59.999999Z',0.0,'share','ok',0.0,1.0,0,0.0,0.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'few',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','procurement_stages_count',1,'2026-07-01T06:59:59.999999Z',NULL,'stages','insufficient',1.0,5.0,4,1.0,5.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,'records/u9fb-4tzg','2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_changed_late_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_fresh_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_kept_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_testable_share',1,'2026-07-01T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'most',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','rows_recent_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'nearly all',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','rows_rewritten_share',1,'2026-07-01T06:59:59.999999Z',0.0,'share','ok',0.0,1.0,0,0.0,0.0,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'hardly any',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','rows_sound_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,'nearly all',NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','series_overdue_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','touched_not_changed_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',0.0,14.0,5,0.0,3.57142857142857150787e-01,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','more_than_30_percent_unknown',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','usage_published_age_days',1,'2026-07-01T06:59:59.999999Z',NULL,'days','not_measured',NULL,NULL,0,0.0,NULL,'lower_is_better','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10','none_found',NULL,NULL,'2026-11-29T15:20:43.655884Z');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','usage_shown_share',1,'2026-07-01T06:59:59.999999Z',5.7142857142857139685e-01,'share','ok',8.0,14.0,0,5.7142857142857139685e-01,5.7142857142857139685e-01,'neutral','6c46abb61b8653a797aba6e31b71b509fe780e18e8e003d8e1b0703272c32211','demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,NULL,'2026-11-29T15:20:43.655884Z');
CREATE TABLE landing (
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	resource_id TEXT NOT NULL, 
	version TEXT NOT NULL, 
	fetched_at TEXT NOT NULL, 
	source_url TEXT NOT NULL, 
	rows_count BIGINT, 
	columns_count BIGINT, 
	bytes_count BIGINT NOT NULL, 
	sha256 TEXT NOT NULL, 
	problem TEXT, 
	format_id TEXT, 
	encoding TEXT, 
	oddities TEXT, 
	schema_changes TEXT, 
	CONSTRAINT pk_landing PRIMARY KEY (city_id, portal_id, dataset_id, resource_id, version)
)
 WITHOUT ROWID

;
INSERT INTO "landing" VALUES('demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','2026-11-29T15:20:38.538398Z','http://127.0.0.1:37619/api/views/c2pd-7hqm/rows.csv?accessType=DOWNLOAD',399,5,22720,'0d1e0c7529ea58705698b4ad31cf2b385a39ec965d005ae3bcad80632d4edb44',NULL,'csv','utf-8','{}',NULL);
CREATE TABLE message (
	notification_id TEXT NOT NULL, 
	content TEXT NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (notification_id)
)
 WITHOUT ROWID

;
CREATE TABLE notification (
	notification_id TEXT NOT NULL, 
	city_id TEXT NOT NULL, 
	contact_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	day DATE NOT NULL, 
	created_at TEXT NOT NULL, 
	due_at TEXT NOT NULL, 
	sent_at TEXT, 
	message_id TEXT NOT NULL, 
	attempts BIGINT NOT NULL, 
	lease_owner TEXT, 
	lease_until TEXT, 
	problem TEXT, 
	CONSTRAINT pk_notification PRIMARY KEY (notification_id)
)
 WITHOUT ROWID

;
CREATE TABLE notification_item (
	notification_id TEXT NOT NULL, 
	incident_key TEXT NOT NULL, 
	notice TEXT NOT NULL, 
	city_id TEXT NOT NULL, 
	episode BIGINT NOT NULL, 
	severity TEXT NOT NULL, 
	CONSTRAINT pk_notification_item PRIMARY KEY (notification_id, incident_key, notice)
)
 WITHOUT ROWID

;
CREATE TABLE pull (
	day DATE NOT NULL, 
	city_id TEXT NOT NULL, 
	portal_id TEXT NOT NULL, 
	dataset_id TEXT NOT NULL, 
	resource_id TEXT NOT NULL, 
	version TEXT, 
	outcome TEXT NOT NULL, 
	problem TEXT, 
	stated_rows_count BIGINT, 
	run_id TEXT NOT NULL, 
	CONSTRAINT pk_pull PRIMARY KEY (day, city_id, portal_id, dataset_id, resource_id)
)
 WITHOUT ROWID

;
INSERT INTO "pull" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','changed',NULL,399,'demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab');
INSERT INTO "pull" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','unchanged',NULL,399,'demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10');
CREATE TABLE run (
	run_id TEXT NOT NULL, 
	airflow_dag_id TEXT, 
	airflow_run_id TEXT, 
	city_id TEXT NOT NULL, 
	day DATE NOT NULL, 
	is_current BOOLEAN NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	method_version TEXT NOT NULL, 
	config_digest TEXT NOT NULL, 
	as_of TEXT, 
	catalog_attempt TEXT, 
	results_attempt TEXT, 
	problem TEXT, 
	notes TEXT, 
	CONSTRAINT pk_run PRIMARY KEY (run_id)
)
 WITHOUT ROWID

;
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-29.20261129T152037.937701Z-f10c98ab',NULL,NULL,'demo-cedar-junction','2026-06-29',1,'2026-11-29T15:20:37.937701Z','2026-11-29T15:20:42.728332Z','complete','0.1.0','572fe49fbee363dd16d7376ffe73a6229e4c3457830c263430294fc3de016fa2','2026-06-30T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-29/20261129T152039.625700Z-ea2e5d76','results/demo-cedar-junction/2026-06-29/20261129T152042.703283Z-25547fed',NULL,NULL);
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-30.20261129T152042.766294Z-0c571d10',NULL,NULL,'demo-cedar-junction','2026-06-30',1,'2026-11-29T15:20:42.766294Z','2026-11-29T15:20:43.655884Z','complete','0.1.0','572fe49fbee363dd16d7376ffe73a6229e4c3457830c263430294fc3de016fa2','2026-07-01T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-30/20261129T152042.978086Z-53a58a01','results/demo-cedar-junction/2026-06-30/20261129T152043.635381Z-59d4ee5b',NULL,NULL);
CREATE TABLE silence (
	silence_id TEXT NOT NULL, 
	city_id TEXT, 
	portal_id TEXT, 
	dataset_id TEXT, 
	rule_id TEXT, 
	starts_at TEXT NOT NULL, 
	ends_at TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	author TEXT NOT NULL, 
	CONSTRAINT pk_silence PRIMARY KEY (silence_id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_indicator_value_city_id_day ON indicator_value (city_id, day);
CREATE INDEX ix_run_city_id_day ON run (city_id, day);
CREATE UNIQUE INDEX uq_run_current ON run (city_id, day) WHERE is_current;
CREATE INDEX ix_incident_city_id_state ON incident (city_id, state);
CREATE INDEX ix_incident_event_city_id_day ON incident_event (city_id, day);
CREATE INDEX ix_notification_state_due_at ON notification (state, due_at);
CREATE INDEX ix_notification_contact_id ON notification (contact_id);
CREATE INDEX ix_notification_item_incident_key ON notification_item (incident_key);
CREATE INDEX ix_contact_city_id ON contact (city_id);
CREATE INDEX ix_run_ended_at ON run (ended_at);
CREATE INDEX ix_run_outcome_day ON run (outcome, day);
CREATE INDEX ix_incident_event_at ON incident_event (at);
CREATE VIEW v_indicator_latest AS SELECT indicator_value.day AS day, indicator_value.city_id AS city_id, indicator_value.indicator_id AS indicator_id, indicator_value.indicator_version AS indicator_version, indicator_value.as_of AS as_of, indicator_value.value AS value, indicator_value.unit AS unit, indicator_value.status AS status, indicator_value.numerator AS numerator, indicator_value.denominator AS denominator, indicator_value.n_unknown AS n_unknown, indicator_value.value_low AS value_low, indicator_value.value_high AS value_high, indicator_value.direction AS direction, indicator_value.input_digest AS input_digest, indicator_value.run_id AS run_id, indicator_value.reason AS reason, indicator_value.band AS band, indicator_value.evidence AS evidence, indicator_value.recorded_at AS recorded_at 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest JOIN indicator_value ON indicator_value.city_id = latest.city_id AND indicator_value.day = latest.day 
WHERE indicator_value.indicator_version = (SELECT max(other_version.indicator_version) AS max_1 
FROM indicator_value AS other_version 
WHERE other_version.day = indicator_value.day AND other_version.city_id = indicator_value.city_id AND other_version.indicator_id = indicator_value.indicator_id);
CREATE VIEW v_indicator_change AS SELECT indicator_value.city_id AS city_id, indicator_value.indicator_id AS indicator_id, indicator_value.indicator_version AS indicator_version, indicator_value.day AS day, indicator_value.unit AS unit, indicator_value.direction AS direction, indicator_value.status AS status, indicator_value.value AS value, indicator_value.value_low AS value_low, indicator_value.value_high AS value_high, indicator_value.n_unknown AS n_unknown, previous_day.day AS previous_day, previous_value.status AS previous_status, previous_value.value AS previous_value, indicator_value.value - previous_value.value AS previous_delta, CASE WHEN (previous_day.day IS NULL) THEN 'no_earlier_day' WHEN (previous_value.day IS NULL AND (EXISTS (SELECT * 
FROM indicator_value AS previous_other_version 
WHERE previous_other_version.day = previous_day.day AND previous_other_version.city_id = indicator_value.city_id AND previous_other_version.indicator_id = indicator_value.indicator_id))) THEN 'version_changed' WHEN (previous_value.day IS NULL) THEN 'not_computed_then' WHEN (indicator_value.value IS NULL) THEN 'no_value_now' WHEN (previous_value.value IS NULL) THEN 'no_value_then' END AS previous_note, earlier_day.day AS earlier_day, earlier_value.status AS earlier_status, earlier_value.value AS earlier_value, indicator_value.value - earlier_value.value AS earlier_delta, CASE WHEN (earlier_day.day IS NULL) THEN 'no_earlier_day' WHEN (earlier_value.day IS NULL AND (EXISTS (SELECT * 
FROM indicator_value AS earlier_other_version 
WHERE earlier_other_version.day = earlier_day.day AND earlier_other_version.city_id = indicator_value.city_id AND earlier_other_version.indicator_id = indicator_value.indicator_id))) THEN 'version_changed' WHEN (earlier_value.day IS NULL) THEN 'not_computed_then' WHEN (indicator_value.value IS NULL) THEN 'no_value_now' WHEN (earlier_value.value IS NULL) THEN 'no_value_then' END AS earlier_note 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest JOIN indicator_value ON indicator_value.city_id = latest.city_id AND indicator_value.day = latest.day LEFT OUTER JOIN (SELECT latest_previous_day.city_id AS city_id, max(shown_previous_day.day) AS day 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest_previous_day JOIN (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS shown_previous_day ON shown_previous_day.city_id = latest_previous_day.city_id AND shown_previous_day.day <= date(latest_previous_day.day, '-1 days') GROUP BY latest_previous_day.city_id) AS previous_day ON previous_day.city_id = indicator_value.city_id LEFT OUTER JOIN indicator_value AS previous_value ON previous_value.day = previous_day.day AND previous_value.city_id = indicator_value.city_id AND previous_value.indicator_id = indicator_value.indicator_id AND previous_value.indicator_version = indicator_value.indicator_version LEFT OUTER JOIN (SELECT latest_earlier_day.city_id AS city_id, max(shown_earlier_day.day) AS day 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest_earlier_day JOIN (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS shown_earlier_day ON shown_earlier_day.city_id = latest_earlier_day.city_id AND shown_earlier_day.day <= date(latest_earlier_day.day, '-28 days') GROUP BY latest_earlier_day.city_id) AS earlier_day ON earlier_day.city_id = indicator_value.city_id LEFT OUTER JOIN indicator_value AS earlier_value ON earlier_value.day = earlier_day.day AND earlier_value.city_id = indicator_value.city_id AND earlier_value.indicator_id = indicator_value.indicator_id AND earlier_value.indicator_version = indicator_value.indicator_version 
WHERE indicator_value.indicator_version = (SELECT max(other_version.indicator_version) AS max_1 
FROM indicator_value AS other_version 
WHERE other_version.day = indicator_value.day AND other_version.city_id = indicator_value.city_id AND other_version.indicator_id = indicator_value.indicator_id);
CREATE VIEW v_city_scorecard AS SELECT latest.city_id AS city_id, coalesce(lined.standard, '') AS standard, coalesce(lined.standard_version, '') AS standard_version, latest.day AS day, shown.outcome AS outcome, coalesce(counted.indicators_ok, 0) AS indicators_ok, coalesce(counted.indicators_insufficient, 0) AS indicators_insufficient, coalesce(counted.indicators_not_measured, 0) AS indicators_not_measured, coalesce(counted.indicators_not_applicable, 0) AS indicators_not_applicable, coalesce(counted.indicators_error, 0) AS indicators_error, lined.criteria_in_line AS criteria_in_line, lined.criteria_differs AS criteria_differs, lined.criteria_not_observed AS criteria_not_observed 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest JOIN (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS shown ON shown.city_id = latest.city_id AND shown.day = latest.day LEFT OUTER JOIN (SELECT indicator_value.city_id AS city_id, count(CASE WHEN (indicator_value.status = 'ok') THEN 1 END) AS indicators_ok, count(CASE WHEN (indicator_value.status = 'insufficient') THEN 1 END) AS indicators_insufficient, count(CASE WHEN (indicator_value.status = 'not_measured') THEN 1 END) AS indicators_not_measured, count(CASE WHEN (indicator_value.status = 'not_applicable') THEN 1 END) AS indicators_not_applicable, count(CASE WHEN (indicator_value.status = 'error') THEN 1 END) AS indicators_error 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest JOIN indicator_value ON indicator_value.city_id = latest.city_id AND indicator_value.day = latest.day 
WHERE indicator_value.indicator_version = (SELECT max(other_version.indicator_version) AS max_1 
FROM indicator_value AS other_version 
WHERE other_version.day = indicator_value.day AND other_version.city_id = indicator_value.city_id AND other_version.indicator_id = indicator_value.indicator_id) GROUP BY indicator_value.city_id) AS counted ON counted.city_id = latest.city_id LEFT OUTER JOIN (SELECT criterion_evidence.city_id AS city_id, criterion_evidence.standard AS standard, criterion_evidence.standard_version AS standard_version, count(CASE WHEN (criterion_evidence.stance = 'in_line') THEN 1 END) AS criteria_in_line, count(CASE WHEN (criterion_evidence.stance = 'differs') THEN 1 END) AS criteria_differs, count(CASE WHEN (criterion_evidence.stance = 'not_observed') THEN 1 END) AS criteria_not_observed 
FROM (SELECT any_shown.city_id AS city_id, max(any_shown.day) AS day 
FROM (SELECT run.city_id AS city_id, run.day AS day, run.outcome AS outcome 
FROM run 
WHERE run.is_current = 1 AND run.outcome IN ('complete', 'partial')) AS any_shown GROUP BY any_shown.city_id) AS latest JOIN criterion_evidence ON criterion_evidence.city_id = latest.city_id AND criterion_evidence.day = latest.day GROUP BY criterion_evidence.city_id, criterion_evidence.standard, criterion_evidence.standard_version) AS lined ON lined.city_id = latest.city_id;
COMMIT;
