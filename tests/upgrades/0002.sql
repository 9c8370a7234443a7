BEGIN TRANSACTION;
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
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_departments_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','budget_years_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','building_permits_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','business_licences_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','cells_filled',1,'passed','1979 of 1995 cells filled','at least a third of the cells filled',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_kept',1,'not_applicable',NULL,NULL,0,0,'first_version','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_not_empty',1,'passed','0 of 5 columns without a single value','a value in every column',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_promised_present',1,'passed','0 of 5 listed columns absent: not found','every listed column',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_unlisted_absent',1,'passed','0 columns beside the 5 that are listed','listed columns only',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_end_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contracts_vendors_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crime_incidents_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_classified',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_located',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','crimes_reported_after_occurred',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_default',1,'passed','0 of 1 column of dates with a program''s default','empty cells where there is no date',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_impossible',1,'passed','0 of 1 column of dates with impossible years','years from 1700 to 2199',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','dates_not_in_future',1,'passed','0 of 1 column of past events with dates in the future','no date after tomorrow',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','employee_salaries_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','encoding_sound',1,'passed','0 lines not written as the rest of the file','one encoding throughout, best UTF-8',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','expenditures_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','headers_usable',1,'passed','0 of 5 columns without a name of its own','a name for each column, and no two the same',0,5,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keys_filled',1,'passed','0 rows without call','a key in every row',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keys_unique',1,'passed','0 rows have keys that an earlier row has (call)','every key in one row only',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licences_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','newest_event_found',1,'passed','newest event 2026-06-29 (received)','a date up to today in the column of events',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','newest_event_keeps_up',1,'passed','newest event 2026-06-29 (received), 1 day behind the portal''s date','a newest event at most a year older than the portal''s own date',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','nulls_not_written_out',1,'passed','0 of 3 columns with words of programs for nothing','empty cells where there is nothing',0,3,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','numbers_not_all_zero',1,'passed','0 of 1 column of numbers with nothing but 0','a number other than 0 in every column of numbers',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','numbers_within_history',1,'not_applicable',NULL,NULL,0,0,'no_number','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_in_fiscal_year',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_mostly_positive',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','payments_payees_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_costs_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permits_issued_after_applied',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','personal_data_absent',1,'passed','0 of 5 columns may contain personal data','no column that looks like personal data',0,5,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',1);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','placeholders_few',1,'passed','0 of 5 columns filled mostly with words for nothing','words for nothing in at most half of the filled cells',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_in_city',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_not_all_alike',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','points_on_earth',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_after_opened',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_dated',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','requests_placed',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_as_stated',1,'passed','399 rows, 399 stated','the number that the portal states, within one in a hundred',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_collapsed',1,'not_applicable',NULL,NULL,0,0,'first_version','critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_ragged',1,'passed','0 of 399 rows with too many fields, 0 with too few','as many fields in each row as in the header',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_not_repeated',1,'passed','0 of 399 rows repeat another one','at most one row in a hundred that repeats another',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','rows_present',1,'passed','399 rows','at least one row',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_annual_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_hourly_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','salaries_titled',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','service_requests_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','text_unbroken',1,'passed','0 of 3 columns of text with broken characters','whole characters throughout',0,3,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','types_kept',1,'not_applicable',NULL,NULL,0,0,'no_version_before','warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','values_fit_type',1,'passed','0 of 2 columns with values of another type','at most one value in a hundred of another type',0,2,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_departments_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','budget_years_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','building_permits_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','business_licences_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','cells_filled',1,'passed','1979 of 1995 cells filled','at least a third of the cells filled',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_kept',1,'not_applicable',NULL,NULL,0,0,'first_version','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_not_empty',1,'passed','0 of 5 columns without a single value','a value in every column',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_promised_present',1,'passed','0 of 5 listed columns absent: not found','every listed column',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_unlisted_absent',1,'passed','0 columns beside the 5 that are listed','listed columns only',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_end_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contracts_vendors_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crime_incidents_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_classified',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_located',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','crimes_reported_after_occurred',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_default',1,'passed','0 of 1 column of dates with a program''s default','empty cells where there is no date',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_impossible',1,'passed','0 of 1 column of dates with impossible years','years from 1700 to 2199',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','dates_not_in_future',1,'passed','0 of 1 column of past events with dates in the future','no date after tomorrow',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','employee_salaries_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','encoding_sound',1,'passed','0 lines not written as the rest of the file','one encoding throughout, best UTF-8',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','expenditures_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','headers_usable',1,'passed','0 of 5 columns without a name of its own','a name for each column, and no two the same',0,5,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keys_filled',1,'passed','0 rows without call','a key in every row',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keys_unique',1,'passed','0 rows have keys that an earlier row has (call)','every key in one row only',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_expire_after_start',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licences_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','newest_event_found',1,'passed','newest event 2026-06-29 (received)','a date up to today in the column of events',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','newest_event_keeps_up',1,'passed','newest event 2026-06-29 (received), 1 day behind the portal''s date','a newest event at most a year older than the portal''s own date',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','nulls_not_written_out',1,'passed','0 of 3 columns with words of programs for nothing','empty cells where there is nothing',0,3,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','numbers_not_all_zero',1,'passed','0 of 1 column of numbers with nothing but 0','a number other than 0 in every column of numbers',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','numbers_within_history',1,'not_applicable',NULL,NULL,0,0,'no_number','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_amounts_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_in_fiscal_year',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_mostly_positive',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','payments_payees_named',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_costs_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_expire_after_issued',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permits_issued_after_applied',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','personal_data_absent',1,'passed','0 of 5 columns may contain personal data','no column that looks like personal data',0,5,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',1);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','placeholders_few',1,'passed','0 of 5 columns filled mostly with words for nothing','words for nothing in at most half of the filled cells',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_in_city',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_not_all_alike',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','points_on_earth',1,'not_applicable',NULL,NULL,0,0,'no_point','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_after_opened',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_closed_dated',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','requests_placed',1,'not_applicable',NULL,NULL,0,0,'no_family','info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_as_stated',1,'passed','399 rows, 399 stated','the number that the portal states, within one in a hundred',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_collapsed',1,'not_applicable',NULL,NULL,0,0,'first_version','critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_ragged',1,'passed','0 of 399 rows with too many fields, 0 with too few','as many fields in each row as in the header',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_not_repeated',1,'passed','0 of 399 rows repeat another one','at most one row in a hundred that repeats another',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','rows_present',1,'passed','399 rows','at least one row',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_annual_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_hourly_plausible',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','salaries_titled',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','service_requests_columns',1,'not_applicable',NULL,NULL,0,0,'no_family','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','text_unbroken',1,'passed','0 of 3 columns of text with broken characters','whole characters throughout',0,3,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','types_kept',1,'not_applicable',NULL,NULL,0,0,'no_version_before','warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','values_fit_type',1,'passed','0 of 2 columns with values of another type','at most one value in a hundred of another type',0,2,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',0);
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
INSERT INTO "civicgauge_schema_version" VALUES('0002');
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
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-06-30T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,379,'due',0.0355,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'737ff1646281bd6da1581924d00eb807feb37936b0174841589cafcd4e334263',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'295d4d6e4087e8dbf7de0f52fb246695765543c049376990d65579575e3b67bc','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-06-30T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,13,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'cf99e8a69d87bf3b7882f75423fccb59484008da8954b8529a541abbfabfc857',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-06-30T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,399,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'4c60f5afd5c2827a80fd4ad3efa4dc0be9303ccd07c6976bfa7957e59ae315fb','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-06-30T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,499,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'5e73c012e7e6c238eb1eea54e0f23cc6f3d394c87b924ba330f07186e834e2a7',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-06-30T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,69,'delinquent',8.8571,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'d8be3e152ed68f86553ac083cda044acbb55630e23c7185fef7dcb9bab727c91',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z','2026-06-29T00:00:00.000000Z',0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'3aefd947095feb0f3819dab6a4d49b453a0fb16acef9525586a335a30685780c',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','e6rk-3wjx','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,19,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'07e919154ae66bcf35cfe6993f57f74c71986cd248e38c0853586e3b41c6f6aa',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','k5vn-8yec','2026-06-30T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,16,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'fcc1048622a2660d35a32df73a82b6f48f1ddf4d2c45c61c494f08a895d579fe','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','m3xq-6dbs','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,2,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'1b53ccec7d7c5b9ea39f01564b80f6925f4bcdcc9bb1e3667e1e96f4722bb208','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','p8wt-2gkh','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,32,'due',0.0323,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'406f1a37b628403e4cf0740d306ef7fe07e8ee3b26a897912d7281a87c5efc60',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','r7ye-5mpa','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,8,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'c6174ecc2c8e77c2f32ca39ca57eef5bd470ab1f63effd2571e37728f3d9008d',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','s4hj-9cnv','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,7,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'8225f1c326de1416500b78fd4b98fd6be2a42d99183fdcef209afdcbda70ceab','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','t2gd-4qwz','2026-06-30T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'db78aac3761ddda9df0b0206e24f7debb3970e97ae3418f785121ae917a30c5e',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','u9fb-4tzg','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,99,'delinquent',2.1935,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'4c9be27d6585fea114d7471a5455063b70d390d83c1a83764a63177d83748893',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-07-01T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,380,'due',0.0383,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'712e0f04eb82e35defd388a75d28155b29b7567428becfc4d8a5a721c7d08f68',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'295d4d6e4087e8dbf7de0f52fb246695765543c049376990d65579575e3b67bc','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-07-01T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,14,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'5dd98a4b6f5d282678761d0be0c30d895d85a36fcb6093577e6bcdebf04e269c',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-07-01T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,400,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'ea1baa28648e3686ad3d154f7db8385313d8ec53bd3b87bbef3f7d8a1639ff0b','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-07-01T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,500,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'f49582b2b5439280ae7854fa4f698296c4fe41c5cbfbaac2c52ff44931d79aee',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-07-01T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,70,'delinquent',9.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'c8618ee0138297fc70ae6bd7192e82f327e743a3fcc0bfbe6fb0509951d48418',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z','2026-06-29T00:00:00.000000Z',0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'3aefd947095feb0f3819dab6a4d49b453a0fb16acef9525586a335a30685780c',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','e6rk-3wjx','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,20,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'ee7983d7251a2081ebf763fc74952b2f85b3f21c10f32a35a898dd74204ee32b',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','k5vn-8yec','2026-07-01T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,17,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'9dd4cf16c80e2edb1882eb38d0f65e18d6a6ffc78cbfe605877e761b38930691','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','m3xq-6dbs','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,3,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'d923ed1a2cc6cb2c2a33d8f523d001c06aa170a8437f19b888ef1015c85ba469','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','p8wt-2gkh','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,33,'due',0.0645,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'94cc8fe071eb733d8a9092bc443f0e6c3b7a385dc857ea639503b99500bb0b92',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','r7ye-5mpa','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,9,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'d8769bf1ee9b5628876d8e0ae51bba09e5ea071de94de6a218dbc3f849d15f17',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','s4hj-9cnv','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,8,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'8bc0487a067be9da105437fe23bea9179370821f510a4a4a6b1d091a8ee79b93','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','t2gd-4qwz','2026-07-01T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'db78aac3761ddda9df0b0206e24f7debb3970e97ae3418f785121ae917a30c5e',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','u9fb-4tzg','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,100,'delinquent',2.2258,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'275683caac2809a8582b2480d1eea04368f5c6ac4e0df2a8b71905e7a4438c2b',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
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
	reason TEXT, 
	CONSTRAINT pk_indicator_value PRIMARY KEY (day, city_id, indicator_id, indicator_version)
)
 WITHOUT ROWID

;
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cells_filled_share',1,'2026-06-30T06:59:59.999999Z',9.91979949874686739441e-01,'share','ok',9.91979949874686739441e-01,1.0,0,9.91979949874686739441e-01,9.91979949874686739441e-01,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','columns_described_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','contact_present_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_daily',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_longer',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_monthly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.1129,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','nothing_known');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_weekly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_yearly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_added_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_counted_count',1,'2026-06-30T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_found_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_removed_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_open_share',1,'2026-06-30T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_stated_share',1,'2026-06-30T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','machine_readable_share',1,'2026-06-30T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_platform_filled_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-06-30T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','period_declared_share',1,'2026-06-30T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_fresh_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_kept_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_testable_share',1,'2026-06-30T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','rows_recent_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','rows_sound_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','0152c5f9030334e49797b096c1b9ff28c583bdc245b26ac3da1bd5fde1e3dffa','demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cells_filled_share',1,'2026-07-01T06:59:59.999999Z',9.91979949874686739441e-01,'share','ok',9.91979949874686739441e-01,1.0,0,9.91979949874686739441e-01,9.91979949874686739441e-01,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','columns_described_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','contact_present_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_daily',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_longer',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_monthly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.14515000000000011226e+00,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','nothing_known');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_weekly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_yearly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_added_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_counted_count',1,'2026-07-01T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_found_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_removed_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_open_share',1,'2026-07-01T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_stated_share',1,'2026-07-01T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','machine_readable_share',1,'2026-07-01T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_platform_filled_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-07-01T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','period_declared_share',1,'2026-07-01T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_fresh_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_kept_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_testable_share',1,'2026-07-01T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','rows_recent_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','rows_sound_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',1.0,1.0,0,1.0,1.0,'higher_is_better','f419d6e2b0613338ad3d48ff4611cd54cdd35d6e1ae8ecb09359cf1315543600','demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL);
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
INSERT INTO "landing" VALUES('demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','2026-11-29T11:20:48.938692Z','http://127.0.0.1:38691/api/views/c2pd-7hqm/rows.csv?accessType=DOWNLOAD',399,5,22720,'0d1e0c7529ea58705698b4ad31cf2b385a39ec965d005ae3bcad80632d4edb44',NULL,'csv','utf-8','{}',NULL);
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
INSERT INTO "pull" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','changed',NULL,399,'demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5');
INSERT INTO "pull" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','c2pd-7hqm','adbffbc35096ef5729bb','unchanged',NULL,399,'demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff');
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
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-29.20261129T112045.445223Z-2d7bada5',NULL,NULL,'demo-cedar-junction','2026-06-29',1,'2026-11-29T11:20:45.445223Z','2026-11-29T11:21:48.896901Z','complete','0.1.0','01badbcded0a7994d4d313bd124bb10a20b961f35019c00c3099b52ecf960e7e','2026-06-30T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-29/20261129T112058.423678Z-192d740f','results/demo-cedar-junction/2026-06-29/20261129T112148.519643Z-da7facf0',NULL,NULL);
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-30.20261129T112149.652084Z-d08f0fff',NULL,NULL,'demo-cedar-junction','2026-06-30',1,'2026-11-29T11:21:49.652084Z','2026-11-29T11:22:06.999681Z','complete','0.1.0','01badbcded0a7994d4d313bd124bb10a20b961f35019c00c3099b52ecf960e7e','2026-07-01T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-30/20261129T112151.059179Z-eac6c0b1','results/demo-cedar-junction/2026-06-30/20261129T112206.829522Z-43ba0f65',NULL,NULL);
CREATE INDEX ix_indicator_value_city_id_day ON indicator_value (city_id, day);
CREATE INDEX ix_run_city_id_day ON run (city_id, day);
CREATE UNIQUE INDEX uq_run_current ON run (city_id, day) WHERE is_current;
COMMIT;
