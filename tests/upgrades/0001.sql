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
	run_id TEXT NOT NULL, 
	CONSTRAINT pk_check_result PRIMARY KEY (day, city_id, portal_id, dataset_id, subject, check_id, check_version)
)
 WITHOUT ROWID

;
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','column_names_readable',1,'passed','0 of 5 columns with a placeholder for a name','names in words for all columns',0,5,NULL,'info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','columns_described',1,'passed','0 of 5 columns without a description','a description for every column',0,5,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','contact_usable',1,'unknown',NULL,NULL,0,0,'hidden_by_platform','warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','data_date_known',1,'passed','data last changed: 2026-06-30','the date on which the data last changed',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','description_present',1,'passed','a description of 115 characters; repeats the title: no','a description that says more than the title',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_declared',1,'passed','update frequency: Daily','a statement of how often the data is updated',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_not_contradicted',1,'passed','frequency: Daily; says that it is historical: no','words that agree with the stated frequency',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','frequency_recognised',1,'passed','update frequency: Daily','a wording that the vocabulary knows',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','has_distribution',1,'passed','1 file, service or link','at least one',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','keywords_present',1,'passed','2 keywords','at least one keyword',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_open',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication) (open); stated by: dataset','a licence in the dataset''s own entry that conforms to the Open Definition',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_recognised',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication)','a licence known by its id, name or address',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','licence_stated',1,'passed','licence: Creative Commons 1.0 Universal (Public Domain Dedication); stated by: dataset','a licence stated in the dataset''s own entry',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','machine_readable',1,'passed','the best format has 3 of 5 stars','a structured format that programs can read',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','permalink_wellformed',1,'passed','https://data.cedarjunction.example/d/c2pd-7hqm','an address that begins with https:// or http:// and has no spaces',0,1,NULL,'info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','publisher_named',1,'passed','publisher: Police Department','the name of the office or body that provides the data',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_public',1,'passed','0 of 1 address not public','public addresses only',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_address_wellformed',1,'passed','0 of 1 address missing or damaged','a well-formed address for every file, service or link',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_recognised',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_format_stated',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','resource_titled',1,'not_applicable',NULL,NULL,0,0,'served_by_the_platform','info','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','title_informative',1,'passed','the title "Police Calls for Service"','a title of words that says what the data is about',0,1,NULL,'warning','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "check_result" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','','update_on_time',1,'passed','fresh: 0 days since the data changed','an update at least every 1 day',0,1,NULL,'critical','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
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
INSERT INTO "civicgauge_schema_version" VALUES('0001');
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
INSERT INTO "dataset" VALUES('demo-cedar-junction','records','u9fb-4tzg','Utility Billing Summary','https://data.cedarjunction.example/d/u9fb-4tzg','table','Finance','2026-06-29','2026-06-30','2026-06-30',1,'Monthly','declared','delinquent',100,'terms_unread','present',NULL);
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
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-06-30T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,379,'due',0.0355,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'5e3a3ddfd7a4d0a308f9ed3e51d559b09356e1fc6927e104ad9af93759a40601',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'19c853149056112b19505ee515875d9ec56ee2350759c9fd37d065369646077b','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-06-30T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,13,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'c907468c7aa3cfed30e0be579d9bd1d5a45756a1a39d9f2d1ace43093e625252',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-06-30T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,399,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'53366cccda0315366ae8fc2558b2e19b378b0ef1a12ae953e3e3ad3e17747fc6','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-06-30T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,499,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'c1f16c8b8b62f2bd3011688d01c1b2158631dc339660981d4cebd0971ec1d31b',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-06-30T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,69,'delinquent',8.8571,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'696ad5de32682653c72bb603fbee70b015bc068d90e00a02d89f9cbaa5076591',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','c2pd-7hqm','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z',NULL,0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'5a405e3e573f980ac3fe3fd30f11e1f59c05c3bd540b9685005c7fa29d89416f',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','e6rk-3wjx','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,19,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'cae4c333bf1b22cf6464b49c759e91395b5bb8342cd341a9b80c1e9bc4dd8459',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','k5vn-8yec','2026-06-30T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,16,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'8c72540267560fe5d601a8a7e3fba4c9642c4a7d70a170c93a9d79a7906dba12','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','m3xq-6dbs','2026-06-30T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,2,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'b6011abed22bab100b459c8caa9b1594e14d1ab0ffa94953da79df7e048fa153','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','p8wt-2gkh','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,32,'due',0.0323,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'4bfd544282b8ad5b1368a5e317938c036fe3e2cc5d15f85bac193e3be2051854',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','r7ye-5mpa','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,8,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'6f5bce4b3315e34c9d7e813b3ef593e3bee57ebde6c79ae69e823fcc181484d4',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','s4hj-9cnv','2026-06-30T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,7,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'f3e2b8d2de788e8cc7de10c605fb88fe1d2d067fb8a91a8767a82836a3c7dfab','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','t2gd-4qwz','2026-06-30T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'a56e9e000874e46f26d13829c41ca3b315685adde530af15ed168abda593a251',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-29','demo-cedar-junction','records','u9fb-4tzg','2026-06-30T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,99,'delinquent',2.1935,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'a91ed550d84808e23333211822b414eac04c565a9c06c020942c74496ae7a974',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','00fbad9e-d37b-5db1-bf1e-e29bec5800f5','2026-07-01T06:59:59.999999Z',1,NULL,'own','annual',366.0,'declared','2025-06-15T07:28:46.000000Z','2025-06-15T07:28:46.000000Z',NULL,380,'due',0.0383,'Creative Commons Attribution','CC-BY','open','dataset',1,NULL,NULL,'ec0bbd25535f7f57667209263ad2d3627fc4fb644d707070b6c327d51f7b4fbb',NULL,'newest_resource',0,366.0,'yearly',NULL,NULL,'well_formed',0,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','02fd491e-39ae-5b1b-903f-e44519969ec4','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:08:39.000000Z',NULL,NULL,NULL,'unknown',NULL,'License not specified',NULL,'none',NULL,3,NULL,NULL,'19c853149056112b19505ee515875d9ec56ee2350759c9fd37d065369646077b','undeclared',NULL,0,NULL,NULL,NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','27a4f1a9-6de0-56f5-a283-ced67fa864a5','2026-07-01T06:59:59.999999Z',1,NULL,'own','monthly',31.0,'declared','2026-06-16T07:26:30.000000Z','2026-06-16T07:26:30.000000Z',NULL,14,'fresh',0.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'4ba911f19ca72c060e7f791ad9c736b9b2d54f4575475d675eeda698b5743cf5',NULL,'newest_resource',0,31.0,'monthly',NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','856837a3-8fa0-5fd7-9f96-3f6bd105b1fe','2026-07-01T06:59:59.999999Z',1,NULL,'own','as needed',NULL,'untestable','2025-05-26T07:29:06.000000Z','2025-05-26T07:29:06.000000Z',NULL,400,'unknown',NULL,'Creative Commons CCZero','CC0-1.0','open','dataset',3,NULL,NULL,'e3acdd778b5480cef5c84fbb1be7a3625954d0016c8e4fe99b6071c3cb804da8','untestable','newest_resource',0,NULL,NULL,NULL,NULL,'well_formed',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','90be1d8c-5801-53cb-9161-419ab4932525','2026-07-01T06:59:59.999999Z',1,NULL,'own','R/P2Y',731.0,'declared','2025-02-15T08:24:01.000000Z','2025-02-15T08:24:01.000000Z',NULL,500,'fresh',0.0,'Open Data Commons Public Domain Dedication and License (PDDL)','PDDL-1.0','open','dataset',3,NULL,NULL,'ff3d4d6f35b320c599ceceb9b59d7464b21ea726a526ce017b38d56839a2690f',NULL,'newest_resource',0,731.0,'longer',NULL,NULL,'absent',1,'2026-06-29','file','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','maps','be08348d-ccd1-52e4-abcb-565cc0ed2f54','2026-07-01T06:59:59.999999Z',1,NULL,'own','weekly',7.0,'declared','2026-04-21T07:21:25.000000Z','2026-04-21T07:21:25.000000Z',NULL,70,'delinquent',9.0,'Creative Commons Attribution','CC-BY','open','dataset',3,NULL,NULL,'018a935f992658f072c76ab59aeac37d6ddb9af5c1264a3f3cce6a3e37081bd7',NULL,'newest_resource',0,7.0,'weekly',NULL,NULL,'well_formed',1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','c2pd-7hqm','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:05:16.000000Z','2026-06-30T07:21:43.000000Z',NULL,0,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,5,5,'5a405e3e573f980ac3fe3fd30f11e1f59c05c3bd540b9685005c7fa29d89416f',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','e6rk-3wjx','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:18:58.000000Z','2026-06-10T07:22:02.000000Z',NULL,20,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,6,3,'0946673e16420b4de6903a88f990b491b44013f48ca9d607c86cacd13bfddfe9',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','k5vn-8yec','2026-07-01T06:59:59.999999Z',1,NULL,'own','Bi-weekly',14.0,'declared','2022-05-22T09:13:16.000000Z','2026-06-13T07:27:56.000000Z',NULL,17,'unknown',NULL,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,4,2,'2032e9b0b474919e22a71156cd7be887cae41bf194985f973ab380343fdffba4','ambiguous_period','data_updated',0,3.5,'weekly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','m3xq-6dbs','2026-07-01T06:59:59.999999Z',1,NULL,'own','Daily',1.0,'declared','2022-05-22T09:08:44.000000Z','2026-06-27T07:21:33.000000Z',NULL,3,'unknown',NULL,NULL,NULL,'none',NULL,3,3,1,'7e546499f05933e9fdf04b2b8ae6e4f4aa8df399c0ea00a86bed9a64819fc210','conflict_historical_label','data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','p8wt-2gkh','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:28:40.000000Z','2026-05-28T07:12:10.000000Z',NULL,33,'due',0.0645,'Open Data Commons Public Domain Dedication and License','PDDL-1.0','open','dataset',3,4,4,'b47f1a124ec1f532cf946dfa88caba1859488047897fc43c51be0650915ca29e',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','r7ye-5mpa','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:13:12.000000Z','2026-06-21T07:00:59.000000Z',NULL,9,'fresh',0.0,'Creative Commons 1.0 Universal (Public Domain Dedication)','CC0-1.0','open','dataset',3,2,2,'86c16b3c3a898ef5302a981f876c66dc87701662ed4f617b470c9d6c9fee3e90',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','s4hj-9cnv','2026-07-01T06:59:59.999999Z',1,NULL,'own',NULL,NULL,'undeclared','2022-05-22T09:15:44.000000Z','2026-06-22T07:03:17.000000Z',NULL,8,'unknown',NULL,NULL,NULL,'none',NULL,3,3,0,'a7633d92182f8a2cbc80c80959acdb5a26ce90d367707f8fca98db1992e78bfa','undeclared','data_updated',0,NULL,NULL,NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','t2gd-4qwz','2026-07-01T06:59:59.999999Z',0,'derived_view','own','Daily',1.0,'declared','2022-05-22T09:23:51.000000Z','2026-06-30T07:24:01.000000Z',NULL,0,'fresh',0.0,NULL,NULL,'none',NULL,3,2,2,'a56e9e000874e46f26d13829c41ca3b315685adde530af15ed168abda593a251',NULL,'data_updated',0,1.0,'daily',NULL,NULL,NULL,1,'2026-06-29','derived_view','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
INSERT INTO "dataset_day" VALUES('2026-06-30','demo-cedar-junction','records','u9fb-4tzg','2026-07-01T06:59:59.999999Z',1,NULL,'own','Monthly',31.0,'declared','2022-05-22T09:03:59.000000Z','2026-03-22T07:18:11.000000Z',NULL,100,'delinquent',2.2258,'See Terms of Use','SEE_TERMS_OF_USE','terms_unread','dataset',3,5,0,'13a4c0116b0ca2c33505436d12cf8eeea8774a3585b062cfeaeef1c54c18b4e0',NULL,'data_updated',0,31.0,'monthly',NULL,NULL,NULL,1,'2026-06-29','table','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1');
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
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','columns_described_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','contact_present_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_daily',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_longer',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_monthly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.1129,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','nothing_known');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_weekly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','cycles_late_median_yearly',1,'2026-06-30T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_added_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_counted_count',1,'2026-06-30T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_found_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','datasets_removed_count',1,'2026-06-30T06:59:59.999999Z',NULL,'datasets','not_measured',NULL,NULL,0,NULL,NULL,'neutral','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','first_observation');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_open_share',1,'2026-06-30T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','licence_stated_share',1,'2026-06-30T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','machine_readable_share',1,'2026-06-30T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_platform_filled_share',1,'2026-06-30T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-06-30T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','period_declared_share',1,'2026-06-30T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_fresh_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_kept_share',1,'2026-06-30T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-29','demo-cedar-junction','promises_testable_share',1,'2026-06-30T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','43781394b858f58d96512c9a47520b32d4b3d8513f38b5c8e3c5f83b1c671139','demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','columns_described_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.33333333333333303727e+00,13.0,5,3.33333333333333314829e-01,0.717948717948718,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','contact_present_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',4.0,14.0,8,2.85714285714285698425e-01,8.57142857142857095276e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_daily',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_longer',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_monthly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,8.0,3,0.0,1.14515000000000011226e+00,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_quarterly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,3.0,3,0.0,NULL,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','nothing_known');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_weekly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,5.0,4,0.0,NULL,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','cycles_late_median_yearly',1,'2026-07-01T06:59:59.999999Z',NULL,'cycles','insufficient',NULL,4.0,3,0.0,NULL,'lower_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_added_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_counted_count',1,'2026-07-01T06:59:59.999999Z',14.0,'datasets','ok',14.0,NULL,0,NULL,NULL,'neutral','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_found_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','datasets_removed_count',1,'2026-07-01T06:59:59.999999Z',0.0,'datasets','ok',0.0,NULL,0,NULL,NULL,'neutral','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_open_share',1,'2026-07-01T06:59:59.999999Z',7.6923076923076927347e-01,'share','ok',10.0,14.0,1,7.14285714285714301574e-01,7.85714285714285698425e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','licence_stated_share',1,'2026-07-01T06:59:59.999999Z',7.85714285714285698425e-01,'share','ok',11.0,14.0,0,7.85714285714285698425e-01,7.85714285714285698425e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','machine_readable_share',1,'2026-07-01T06:59:59.999999Z',9.28571428571428603149e-01,'share','ok',13.0,14.0,0,9.28571428571428603149e-01,9.28571428571428603149e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_platform_filled_share',1,'2026-07-01T06:59:59.999999Z',1.0,'share','ok',42.0,42.0,0,1.0,1.0,'neutral','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','metadata_publisher_filled_share',1,'2026-07-01T06:59:59.999999Z',9.19354838709677379959e-01,'share','ok',57.0,70.0,8,8.1428571428571427937e-01,9.28571428571428603149e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','period_declared_share',1,'2026-07-01T06:59:59.999999Z',8.57142857142857095276e-01,'share','ok',12.0,14.0,0,8.57142857142857095276e-01,8.57142857142857095276e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_fresh_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',5.0,14.0,5,3.57142857142857150787e-01,7.14285714285714301574e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_kept_share',1,'2026-07-01T06:59:59.999999Z',NULL,'share','insufficient',7.0,14.0,5,0.5,8.57142857142857095276e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1','more_than_30_percent_unknown');
INSERT INTO "indicator_value" VALUES('2026-06-30','demo-cedar-junction','promises_testable_share',1,'2026-07-01T06:59:59.999999Z',6.42857142857142904723e-01,'share','ok',9.0,14.0,0,6.42857142857142904723e-01,6.42857142857142904723e-01,'higher_is_better','bef98775dfdae2e47592367474a6a64357cb8bd380b43ee59eb987d021622f51','demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL);
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
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-29.20261129T111746.131019Z-0ca5fff5',NULL,NULL,'demo-cedar-junction','2026-06-29',1,'2026-11-29T11:17:46.131019Z','2026-11-29T11:18:47.695891Z','complete','0.1.0','d6780565b3a73eba8adb1b45c1edaecccaf3fd043d41f01e48fcb8e63fc3fdc2','2026-06-30T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-29/20261129T111752.622643Z-66f6d5d3','results/demo-cedar-junction/2026-06-29/20261129T111847.596358Z-52914c66',NULL,NULL);
INSERT INTO "run" VALUES('demo-cedar-junction.2026-06-30.20261129T111847.909573Z-552209f1',NULL,NULL,'demo-cedar-junction','2026-06-30',1,'2026-11-29T11:18:47.909573Z','2026-11-29T11:19:01.198480Z','complete','0.1.0','d6780565b3a73eba8adb1b45c1edaecccaf3fd043d41f01e48fcb8e63fc3fdc2','2026-07-01T06:59:59.999999Z','catalog/demo-cedar-junction/2026-06-30/20261129T111848.468359Z-6f3e8ec1','results/demo-cedar-junction/2026-06-30/20261129T111901.148968Z-ec51f0d7',NULL,NULL);
CREATE INDEX ix_indicator_value_city_id_day ON indicator_value (city_id, day);
CREATE INDEX ix_run_city_id_day ON run (city_id, day);
CREATE UNIQUE INDEX uq_run_current ON run (city_id, day) WHERE is_current;
COMMIT;
