CREATE TABLE import_batch (
	kind TEXT NOT NULL,
	file_name TEXT NOT NULL,
	file_digest TEXT NOT NULL,
	at TEXT NOT NULL,
	state TEXT NOT NULL,
	counts TEXT NOT NULL,
	digest TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_import_batch_kind CHECK (kind IN ('customers', 'items', 'invoices', 'prices', 'bank', 'mail')),
	CONSTRAINT ck_import_batch_state CHECK (state IN ('whole', 'undoing', 'undone'))
)
 STRICT;

CREATE TABLE bank_account (
	iban TEXT NOT NULL,
	name TEXT,
	currency TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_bank_account_iban UNIQUE (iban)
)
 STRICT;

CREATE TABLE bank_rule (
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	reason TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_bank_rule_kind CHECK (kind IN ('account', 'text'))
)
 STRICT;

CREATE TABLE column_mapping (
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	header_digest TEXT NOT NULL,
	mapping TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_column_mapping_kind_header_digest UNIQUE (kind, header_digest)
)
 STRICT;

CREATE TABLE payment_term (
	name TEXT NOT NULL,
	name_en TEXT,
	days INTEGER NOT NULL,
	end_of_month INTEGER NOT NULL,
	discount INTEGER,
	discount_days INTEGER,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_payment_term_days_range CHECK (days BETWEEN 0 AND 365),
	CONSTRAINT ck_payment_term_discount_range CHECK (discount BETWEEN 0 AND 10000),
	CONSTRAINT ck_payment_term_discount_days_range CHECK (discount_days BETWEEN 0 AND 365),
	CONSTRAINT uq_payment_term_days_end_of_month_discount_discount_days UNIQUE (days, end_of_month, discount, discount_days)
)
 STRICT;

CREATE TABLE payment_method (
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_payment_method_kind CHECK (kind IN ('transfer', 'direct_debit', 'cash', 'card', 'other')),
	CONSTRAINT uq_payment_method_name UNIQUE (name)
)
 STRICT;

CREATE TABLE unit (
	name TEXT NOT NULL,
	name_en TEXT,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_unit_name UNIQUE (name)
)
 STRICT;

CREATE TABLE item_group (
	name TEXT NOT NULL,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_item_group_name UNIQUE (name)
)
 STRICT;

CREATE TABLE tax_code (
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT,
	kind TEXT NOT NULL,
	box TEXT NOT NULL,
	exemption_reason TEXT,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_tax_code_kind CHECK (kind IN ('rate', 'zero', 'exempt')),
	CONSTRAINT ck_tax_code_box CHECK (box IN ('1a', '1b', '1c', '1e', '3a', '3b', 'none')),
	CONSTRAINT uq_tax_code_code UNIQUE (code)
)
 STRICT;

CREATE TABLE label (
	name TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_label_name UNIQUE (name)
)
 STRICT;

CREATE TABLE number_series (
	kind TEXT NOT NULL,
	pattern TEXT NOT NULL,
	is_own INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_number_series_kind CHECK (kind IN ('invoice', 'credit_note', 'quote', 'imported'))
)
 STRICT;

CREATE TABLE stored_file (
	digest TEXT NOT NULL,
	size INTEGER NOT NULL,
	media_type TEXT NOT NULL,
	content BLOB NOT NULL,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_stored_file_digest UNIQUE (digest)
)
 STRICT;

CREATE TABLE template (
	kind TEXT NOT NULL,
	language TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_template_language CHECK (language IN ('nl', 'en')),
	CONSTRAINT uq_template_kind_language UNIQUE (kind, language)
)
 STRICT;

CREATE TABLE reminder_policy (
	name TEXT NOT NULL,
	is_default INTEGER NOT NULL,
	archived_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_reminder_policy_name UNIQUE (name)
)
 STRICT;

CREATE TABLE interest_rate (
	kind TEXT NOT NULL,
	valid_from TEXT NOT NULL,
	percent INTEGER NOT NULL,
	certainty TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_interest_rate_kind CHECK (kind IN ('consumer', 'commercial')),
	CONSTRAINT uq_interest_rate_kind_valid_from UNIQUE (kind, valid_from)
)
 STRICT;

CREATE TABLE cost_scale (
	valid_from TEXT NOT NULL,
	position INTEGER NOT NULL,
	up_to INTEGER,
	percent INTEGER NOT NULL,
	minimum INTEGER NOT NULL,
	maximum INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_cost_scale_valid_from_position UNIQUE (valid_from, position)
)
 STRICT;

CREATE TABLE setting (
	"key" TEXT NOT NULL,
	value TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_setting_key UNIQUE ("key")
)
 STRICT;

CREATE TABLE audit_entry (
	at TEXT NOT NULL,
	operation TEXT NOT NULL,
	origin TEXT NOT NULL,
	"key" TEXT,
	group_key TEXT,
	undoes_id INTEGER,
	batch_id INTEGER,
	detail TEXT,
	previous_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_audit_entry_key UNIQUE ("key"),
	CONSTRAINT fk_audit_entry_undoes_id FOREIGN KEY(undoes_id) REFERENCES audit_entry (id) ON DELETE RESTRICT,
	CONSTRAINT fk_audit_entry_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT,
	CONSTRAINT uq_audit_entry_hash UNIQUE (hash)
)
 STRICT;

CREATE TABLE bank_statement (
	batch_id INTEGER NOT NULL,
	bank_account_id INTEGER NOT NULL,
	format TEXT NOT NULL,
	number TEXT,
	from_date TEXT,
	to_date TEXT,
	opening INTEGER,
	closing INTEGER,
	difference INTEGER,
	gap INTEGER,
	read INTEGER NOT NULL,
	skipped INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_bank_statement_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT,
	CONSTRAINT fk_bank_statement_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE tax_rate (
	tax_code_id INTEGER NOT NULL,
	percent INTEGER NOT NULL,
	valid_from TEXT NOT NULL,
	valid_to TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_tax_rate_percent_range CHECK (percent BETWEEN 0 AND 10000),
	CONSTRAINT uq_tax_rate_tax_code_id_valid_from UNIQUE (tax_code_id, valid_from),
	CONSTRAINT fk_tax_rate_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_code (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE item (
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT,
	sort_name TEXT NOT NULL,
	search TEXT NOT NULL,
	description TEXT,
	description_en TEXT,
	unit_id INTEGER,
	item_group_id INTEGER,
	tax_code_id INTEGER NOT NULL,
	nature TEXT NOT NULL,
	price INTEGER,
	archived_at TEXT,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_item_nature CHECK (nature IN ('goods', 'service')),
	CONSTRAINT ck_item_price CHECK (price >= 0),
	CONSTRAINT uq_item_code UNIQUE (code),
	CONSTRAINT fk_item_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id) ON DELETE RESTRICT,
	CONSTRAINT fk_item_item_group_id FOREIGN KEY(item_group_id) REFERENCES item_group (id) ON DELETE RESTRICT,
	CONSTRAINT fk_item_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_code (id) ON DELETE RESTRICT,
	CONSTRAINT fk_item_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE price_list (
	name TEXT NOT NULL,
	includes_tax INTEGER NOT NULL,
	valid_from TEXT,
	valid_to TEXT,
	base_list_id INTEGER,
	percent INTEGER,
	rounding INTEGER NOT NULL,
	is_draft INTEGER NOT NULL,
	replaces_id INTEGER,
	archived_at TEXT,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_price_list_percent_range CHECK (percent BETWEEN -10000 AND 100000),
	CONSTRAINT ck_price_list_rounding CHECK (rounding IN (1, 5, 50, 100)),
	CONSTRAINT ck_price_list_period CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to),
	CONSTRAINT ck_price_list_own_base CHECK (base_list_id <> id),
	CONSTRAINT ck_price_list_own_place CHECK (replaces_id <> id),
	CONSTRAINT uq_price_list_name UNIQUE (name),
	CONSTRAINT fk_price_list_base_list_id FOREIGN KEY(base_list_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_price_list_replaces_id FOREIGN KEY(replaces_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_price_list_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE number_counter (
	series_id INTEGER NOT NULL,
	year INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	last_date TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_number_counter_series_id_year UNIQUE (series_id, year),
	CONSTRAINT ck_number_counter_last CHECK (last >= first - 1),
	CONSTRAINT fk_number_counter_series_id FOREIGN KEY(series_id) REFERENCES number_series (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE collection_batch (
	reference TEXT NOT NULL,
	collection_date TEXT NOT NULL,
	state TEXT NOT NULL,
	file_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_collection_batch_state CHECK (state IN ('made', 'sent', 'booked', 'cancelled')),
	CONSTRAINT uq_collection_batch_reference UNIQUE (reference),
	CONSTRAINT fk_collection_batch_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE reminder_step (
	policy_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	days INTEGER NOT NULL,
	kind TEXT NOT NULL,
	audience TEXT NOT NULL,
	channel TEXT NOT NULL,
	with_costs INTEGER NOT NULL,
	with_interest INTEGER NOT NULL,
	minimum INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_reminder_step_kind CHECK (kind IN ('reminder', 'second_reminder', 'fourteen_day_letter', 'notice', 'handover')),
	CONSTRAINT ck_reminder_step_audience CHECK (audience IN ('all', 'consumer', 'business')),
	CONSTRAINT ck_reminder_step_channel CHECK (channel IN ('mail', 'letter')),
	CONSTRAINT uq_reminder_step_policy_id_position UNIQUE (policy_id, position),
	CONSTRAINT ck_reminder_step_days_range CHECK (days BETWEEN 0 AND 3650),
	CONSTRAINT fk_reminder_step_policy_id FOREIGN KEY(policy_id) REFERENCES reminder_policy (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE audit_image (
	entry_id INTEGER NOT NULL,
	table_name TEXT NOT NULL,
	row_id INTEGER NOT NULL,
	"before" TEXT,
	"after" TEXT,
	before_digest TEXT,
	after_digest TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_audit_image_entry_id FOREIGN KEY(entry_id) REFERENCES audit_entry (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE bank_line (
	statement_id INTEGER NOT NULL,
	bank_account_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	part INTEGER NOT NULL,
	fingerprint TEXT NOT NULL,
	date TEXT NOT NULL,
	value_date TEXT,
	amount INTEGER NOT NULL,
	currency TEXT NOT NULL,
	counterparty TEXT,
	counterparty_iban TEXT,
	text TEXT NOT NULL,
	structured_reference TEXT,
	end_to_end_id TEXT,
	mandate TEXT,
	return_code TEXT,
	bank_reference TEXT,
	state TEXT NOT NULL,
	ignore_rule_id INTEGER,
	batch_id INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_bank_line_state CHECK (state IN ('open', 'matched', 'ignored', 'aside')),
	CONSTRAINT uq_bank_line_bank_account_id_fingerprint UNIQUE (bank_account_id, fingerprint),
	CONSTRAINT fk_bank_line_statement_id FOREIGN KEY(statement_id) REFERENCES bank_statement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_bank_line_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id) ON DELETE RESTRICT,
	CONSTRAINT fk_bank_line_ignore_rule_id FOREIGN KEY(ignore_rule_id) REFERENCES bank_rule (id) ON DELETE RESTRICT,
	CONSTRAINT fk_bank_line_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE business (
	number TEXT NOT NULL,
	legal_name TEXT NOT NULL,
	trade_name TEXT,
	contact_name TEXT,
	street TEXT,
	postal_code TEXT,
	city TEXT,
	country TEXT NOT NULL,
	kvk TEXT,
	vat_id TEXT,
	iban TEXT,
	bic TEXT,
	creditor_id TEXT,
	email TEXT,
	phone TEXT,
	website TEXT,
	tax_scheme TEXT NOT NULL,
	vat_basis TEXT NOT NULL,
	language TEXT NOT NULL,
	invoice_style TEXT NOT NULL,
	colour TEXT,
	logo_id INTEGER,
	payment_term_id INTEGER,
	payment_method_id INTEGER,
	price_list_id INTEGER,
	locked_through TEXT,
	is_example INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_business_tax_scheme CHECK (tax_scheme IN ('standard', 'kor')),
	CONSTRAINT ck_business_vat_basis CHECK (vat_basis IN ('invoice', 'receipt')),
	CONSTRAINT ck_business_invoice_style CHECK (invoice_style IN ('klassiek', 'modern')),
	CONSTRAINT ck_business_language CHECK (language IN ('nl', 'en')),
	CONSTRAINT ck_business_one_row CHECK (id = 1),
	CONSTRAINT fk_business_logo_id FOREIGN KEY(logo_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_business_payment_term_id FOREIGN KEY(payment_term_id) REFERENCES payment_term (id) ON DELETE RESTRICT,
	CONSTRAINT fk_business_payment_method_id FOREIGN KEY(payment_method_id) REFERENCES payment_method (id) ON DELETE RESTRICT,
	CONSTRAINT fk_business_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE list_price (
	price_list_id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	min_quantity INTEGER NOT NULL,
	price INTEGER NOT NULL,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_list_price_price_list_id_item_id_min_quantity UNIQUE (price_list_id, item_id, min_quantity),
	CONSTRAINT ck_list_price_price CHECK (price >= 0),
	CONSTRAINT ck_list_price_min_quantity CHECK (min_quantity >= 0),
	CONSTRAINT fk_list_price_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_list_price_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT,
	CONSTRAINT fk_list_price_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE customer (
	number TEXT NOT NULL,
	name TEXT NOT NULL,
	sort_name TEXT NOT NULL,
	search TEXT NOT NULL,
	kind TEXT NOT NULL,
	email TEXT,
	invoice_email TEXT,
	phone TEXT,
	website TEXT,
	vat_id TEXT,
	kvk TEXT,
	iban TEXT,
	language TEXT,
	salutation TEXT,
	note TEXT,
	reference_rule TEXT,
	large_company INTEGER NOT NULL,
	logo_id INTEGER,
	payment_term_id INTEGER,
	payment_method_id INTEGER,
	price_list_id INTEGER,
	delivery TEXT,
	discount INTEGER,
	tax_treatment TEXT,
	fixed_tax_percent INTEGER,
	exemption_reason TEXT,
	credit_limit INTEGER,
	credit_block INTEGER,
	reminder_policy_id INTEGER,
	never_remind INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	archived_at TEXT,
	merged_into_id INTEGER,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_customer_kind CHECK (kind IN ('business', 'consumer', 'government')),
	CONSTRAINT ck_customer_language CHECK (language IN ('nl', 'en')),
	CONSTRAINT ck_customer_tax_treatment CHECK (tax_treatment IN ('domestic', 'reverse_charge', 'intra_eu', 'export', 'exempt', 'outside_scope', 'fixed')),
	CONSTRAINT ck_customer_delivery CHECK (delivery IN ('email', 'post', 'both')),
	CONSTRAINT ck_customer_discount_range CHECK (discount BETWEEN 0 AND 10000),
	CONSTRAINT uq_customer_number UNIQUE (number),
	CONSTRAINT fk_customer_logo_id FOREIGN KEY(logo_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_payment_term_id FOREIGN KEY(payment_term_id) REFERENCES payment_term (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_payment_method_id FOREIGN KEY(payment_method_id) REFERENCES payment_method (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_reminder_policy_id FOREIGN KEY(reminder_policy_id) REFERENCES reminder_policy (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE customer_account (
	iban TEXT NOT NULL,
	customer_id INTEGER NOT NULL,
	learned_from_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_customer_account_iban_customer_id UNIQUE (iban, customer_id),
	CONSTRAINT fk_customer_account_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_account_learned_from_id FOREIGN KEY(learned_from_id) REFERENCES bank_line (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contact (
	customer_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	role TEXT,
	salutation TEXT,
	email TEXT,
	phone TEXT,
	language TEXT,
	receives TEXT NOT NULL,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_contact_receives CHECK (receives IN ('invoices', 'reminders', 'quotes', 'all', 'none')),
	CONSTRAINT ck_contact_language CHECK (language IN ('nl', 'en')),
	CONSTRAINT fk_contact_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contact_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE address (
	customer_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	position INTEGER NOT NULL,
	name TEXT,
	street TEXT,
	postal_code TEXT,
	city TEXT,
	country TEXT NOT NULL,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_address_kind CHECK (kind IN ('invoice', 'visit', 'delivery', 'work')),
	CONSTRAINT uq_address_customer_id_kind_position UNIQUE (customer_id, kind, position),
	CONSTRAINT fk_address_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_address_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE customer_label (
	customer_id INTEGER NOT NULL,
	label_id INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_customer_label_customer_id_label_id UNIQUE (customer_id, label_id),
	CONSTRAINT fk_customer_label_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_customer_label_label_id FOREIGN KEY(label_id) REFERENCES label (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE credit_decision (
	customer_id INTEGER NOT NULL,
	date TEXT NOT NULL,
	credit_limit INTEGER,
	term_days INTEGER,
	deposit INTEGER,
	note TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_credit_decision_limit CHECK (credit_limit IS NULL OR credit_limit >= 0),
	CONSTRAINT fk_credit_decision_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE former_number (
	number TEXT NOT NULL,
	customer_id INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_former_number_number UNIQUE (number),
	CONSTRAINT fk_former_number_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contract (
	customer_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	reference TEXT,
	valid_from TEXT NOT NULL,
	valid_to TEXT,
	at_end TEXT NOT NULL,
	remind_days INTEGER NOT NULL,
	discount INTEGER,
	total_discount INTEGER,
	tax_treatment TEXT,
	fixed_tax_percent INTEGER,
	exemption_reason TEXT,
	payment_term_id INTEGER,
	payment_method_id INTEGER,
	price_list_id INTEGER,
	is_draft INTEGER NOT NULL,
	ended_on TEXT,
	renewed_from_id INTEGER,
	note TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_contract_at_end CHECK (at_end IN ('remind', 'renew', 'stop')),
	CONSTRAINT ck_contract_tax_treatment CHECK (tax_treatment IN ('domestic', 'reverse_charge', 'intra_eu', 'export', 'exempt', 'outside_scope', 'fixed')),
	CONSTRAINT ck_contract_discount_range CHECK (discount BETWEEN 0 AND 10000),
	CONSTRAINT ck_contract_total_discount_range CHECK (total_discount BETWEEN 0 AND 10000),
	CONSTRAINT ck_contract_remind_days_range CHECK (remind_days BETWEEN 0 AND 3650),
	CONSTRAINT ck_contract_period CHECK (valid_to IS NULL OR valid_from <= valid_to),
	CONSTRAINT fk_contract_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_payment_term_id FOREIGN KEY(payment_term_id) REFERENCES payment_term (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_payment_method_id FOREIGN KEY(payment_method_id) REFERENCES payment_method (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_renewed_from_id FOREIGN KEY(renewed_from_id) REFERENCES contract (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE recurring (
	customer_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	every INTEGER NOT NULL,
	unit TEXT NOT NULL,
	first_date TEXT NOT NULL,
	day_of_month INTEGER,
	weekend TEXT NOT NULL,
	end_date TEXT,
	count INTEGER,
	days_ahead INTEGER NOT NULL,
	mode TEXT NOT NULL,
	period TEXT NOT NULL,
	period_text TEXT,
	payment_term_id INTEGER,
	payment_method_id INTEGER,
	price_list_id INTEGER,
	customer_reference TEXT,
	intro TEXT,
	closing TEXT,
	state TEXT NOT NULL,
	paused_until TEXT,
	resume_rule TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_recurring_unit CHECK (unit IN ('week', 'month', 'year')),
	CONSTRAINT ck_recurring_weekend CHECK (weekend IN ('keep', 'before', 'after')),
	CONSTRAINT ck_recurring_mode CHECK (mode IN ('draft', 'issue', 'send')),
	CONSTRAINT ck_recurring_period CHECK (period IN ('none', 'this', 'next', 'previous')),
	CONSTRAINT ck_recurring_state CHECK (state IN ('active', 'paused', 'stopped')),
	CONSTRAINT ck_recurring_every_range CHECK (every BETWEEN 1 AND 520),
	CONSTRAINT ck_recurring_day_of_month_range CHECK (day_of_month BETWEEN 1 AND 31),
	CONSTRAINT ck_recurring_period_order CHECK (end_date IS NULL OR first_date <= end_date),
	CONSTRAINT fk_recurring_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_payment_term_id FOREIGN KEY(payment_term_id) REFERENCES payment_term (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_payment_method_id FOREIGN KEY(payment_method_id) REFERENCES payment_method (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE payment (
	customer_id INTEGER NOT NULL,
	date TEXT NOT NULL,
	amount INTEGER NOT NULL,
	method TEXT NOT NULL,
	reference TEXT,
	bank_reference TEXT,
	bank_account_id INTEGER,
	bank_line_id INTEGER,
	note TEXT,
	batch_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_payment_method CHECK (method IN ('transfer', 'direct_debit', 'cash', 'card', 'other')),
	CONSTRAINT ck_payment_amount CHECK (amount <> 0),
	CONSTRAINT fk_payment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_payment_bank_account_id FOREIGN KEY(bank_account_id) REFERENCES bank_account (id) ON DELETE RESTRICT,
	CONSTRAINT fk_payment_bank_line_id FOREIGN KEY(bank_line_id) REFERENCES bank_line (id) ON DELETE RESTRICT,
	CONSTRAINT fk_payment_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE mandate (
	customer_id INTEGER NOT NULL,
	reference TEXT NOT NULL,
	scheme TEXT NOT NULL,
	sequence TEXT NOT NULL,
	signed_on TEXT,
	iban TEXT NOT NULL,
	account_name TEXT NOT NULL,
	ended_on TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_mandate_scheme CHECK (scheme IN ('CORE', 'B2B')),
	CONSTRAINT ck_mandate_sequence CHECK (sequence IN ('FRST', 'RCUR', 'OOFF')),
	CONSTRAINT fk_mandate_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT uq_mandate_reference UNIQUE (reference)
)
 STRICT;

CREATE TABLE bank_assignment (
	bank_line_id INTEGER NOT NULL,
	payment_id INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	certainty TEXT,
	released_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_bank_assignment_amount CHECK (amount <> 0),
	CONSTRAINT fk_bank_assignment_bank_line_id FOREIGN KEY(bank_line_id) REFERENCES bank_line (id) ON DELETE RESTRICT,
	CONSTRAINT fk_bank_assignment_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contract_price (
	contract_id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	min_quantity INTEGER NOT NULL,
	price INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_contract_price_contract_id_item_id_min_quantity UNIQUE (contract_id, item_id, min_quantity),
	CONSTRAINT ck_contract_price_price CHECK (price >= 0),
	CONSTRAINT ck_contract_price_min_quantity CHECK (min_quantity >= 0),
	CONSTRAINT fk_contract_price_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_price_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE contract_group_discount (
	contract_id INTEGER NOT NULL,
	item_group_id INTEGER NOT NULL,
	percent INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_contract_group_discount_contract_id_item_group_id UNIQUE (contract_id, item_group_id),
	CONSTRAINT ck_contract_group_discount_percent_range CHECK (percent BETWEEN 0 AND 10000),
	CONSTRAINT fk_contract_group_discount_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE RESTRICT,
	CONSTRAINT fk_contract_group_discount_item_group_id FOREIGN KEY(item_group_id) REFERENCES item_group (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE document (
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	customer_id INTEGER,
	series_id INTEGER,
	series_year INTEGER,
	series_number INTEGER,
	number TEXT,
	date TEXT,
	due_date TEXT,
	valid_until TEXT,
	supply_from TEXT,
	supply_to TEXT,
	language TEXT,
	contact_id INTEGER,
	customer_reference TEXT,
	payment_term_id INTEGER,
	payment_method_id INTEGER,
	price_list_id INTEGER,
	delivery_address_id INTEGER,
	tax_treatment TEXT,
	fixed_tax_percent INTEGER,
	exemption_reason TEXT,
	prices_include_tax INTEGER,
	total_discount INTEGER,
	intro TEXT,
	closing TEXT,
	note TEXT,
	refers_to_id INTEGER,
	credit_reason TEXT,
	deposit_kind TEXT,
	recurring_id INTEGER,
	net_total INTEGER NOT NULL,
	tax_total INTEGER NOT NULL,
	total INTEGER NOT NULL,
	small_business INTEGER NOT NULL,
	snapshot TEXT,
	snapshot_digest TEXT,
	pdf_id INTEGER,
	is_imported INTEGER NOT NULL,
	batch_id INTEGER,
	created_at TEXT NOT NULL,
	changed_at TEXT NOT NULL,
	issued_at TEXT,
	revision INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_document_kind CHECK (kind IN ('invoice', 'credit_note', 'quote')),
	CONSTRAINT ck_document_state CHECK (state IN ('draft', 'issued')),
	CONSTRAINT ck_document_language CHECK (language IN ('nl', 'en')),
	CONSTRAINT ck_document_tax_treatment CHECK (tax_treatment IN ('domestic', 'reverse_charge', 'intra_eu', 'export', 'exempt', 'outside_scope', 'fixed')),
	CONSTRAINT ck_document_deposit_kind CHECK (deposit_kind IN ('deposit', 'final')),
	CONSTRAINT ck_document_total_discount_range CHECK (total_discount BETWEEN 0 AND 10000),
	CONSTRAINT uq_document_series_id_number UNIQUE (series_id, number),
	CONSTRAINT uq_document_series_id_series_year_series_number UNIQUE (series_id, series_year, series_number),
	CONSTRAINT ck_document_issued_has_number CHECK (state = 'draft' OR number IS NOT NULL),
	CONSTRAINT ck_document_issued_has_date CHECK (state = 'draft' OR date IS NOT NULL),
	CONSTRAINT ck_document_total CHECK (total >= 0 OR is_imported = 1),
	CONSTRAINT ck_document_supply_period CHECK (supply_to IS NULL OR supply_from <= supply_to),
	CONSTRAINT fk_document_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_series_id FOREIGN KEY(series_id) REFERENCES number_series (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_contact_id FOREIGN KEY(contact_id) REFERENCES contact (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_payment_term_id FOREIGN KEY(payment_term_id) REFERENCES payment_term (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_payment_method_id FOREIGN KEY(payment_method_id) REFERENCES payment_method (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_price_list_id FOREIGN KEY(price_list_id) REFERENCES price_list (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_delivery_address_id FOREIGN KEY(delivery_address_id) REFERENCES address (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_refers_to_id FOREIGN KEY(refers_to_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_recurring_id FOREIGN KEY(recurring_id) REFERENCES recurring (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_pdf_id FOREIGN KEY(pdf_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE recurring_line (
	recurring_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	item_id INTEGER,
	description TEXT NOT NULL,
	details TEXT,
	quantity INTEGER NOT NULL,
	unit TEXT,
	unit_price INTEGER,
	discount INTEGER,
	tax_code_id INTEGER,
	nature TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_recurring_line_nature CHECK (nature IN ('goods', 'service')),
	CONSTRAINT ck_recurring_line_discount_range CHECK (discount BETWEEN 0 AND 10000),
	CONSTRAINT fk_recurring_line_recurring_id FOREIGN KEY(recurring_id) REFERENCES recurring (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_line_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_line_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_code (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE document_line (
	document_id INTEGER NOT NULL,
	position INTEGER NOT NULL,
	item_id INTEGER,
	description TEXT NOT NULL,
	details TEXT,
	quantity INTEGER NOT NULL,
	unit TEXT,
	unit_price INTEGER NOT NULL,
	discount INTEGER,
	is_manual_price INTEGER NOT NULL,
	is_manual_discount INTEGER NOT NULL,
	source TEXT NOT NULL,
	source_name TEXT,
	source_id INTEGER,
	tax_code_id INTEGER,
	nature TEXT NOT NULL,
	tax_category TEXT,
	tax_percent INTEGER,
	box TEXT,
	net INTEGER NOT NULL,
	gross INTEGER,
	optional INTEGER NOT NULL,
	alternative TEXT,
	credits_line_id INTEGER,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_document_line_nature CHECK (nature IN ('goods', 'service')),
	CONSTRAINT ck_document_line_source CHECK (source IN ('manual', 'contract', 'contract_discount', 'price_list', 'item')),
	CONSTRAINT ck_document_line_tax_category CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
	CONSTRAINT ck_document_line_discount_range CHECK (discount BETWEEN 0 AND 10000),
	CONSTRAINT fk_document_line_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_line_item_id FOREIGN KEY(item_id) REFERENCES item (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_line_tax_code_id FOREIGN KEY(tax_code_id) REFERENCES tax_code (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_line_credits_line_id FOREIGN KEY(credits_line_id) REFERENCES document_line (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_line_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE document_tax (
	document_id INTEGER NOT NULL,
	category TEXT NOT NULL,
	percent INTEGER NOT NULL,
	box TEXT NOT NULL,
	base INTEGER NOT NULL,
	tax INTEGER NOT NULL,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_document_tax_category CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
	CONSTRAINT uq_document_tax_document_id_category_percent_box UNIQUE (document_id, category, percent, box),
	CONSTRAINT fk_document_tax_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_tax_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE document_link (
	from_id INTEGER NOT NULL,
	to_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_document_link_kind CHECK (kind IN ('quote', 'deposit', 'copy', 'reissue')),
	CONSTRAINT uq_document_link_from_id_to_id_kind UNIQUE (from_id, to_id, kind),
	CONSTRAINT fk_document_link_from_id FOREIGN KEY(from_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_document_link_to_id FOREIGN KEY(to_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE quote_decision (
	document_id INTEGER NOT NULL,
	outcome TEXT NOT NULL,
	date TEXT NOT NULL,
	note TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_quote_decision_outcome CHECK (outcome IN ('accepted', 'declined')),
	CONSTRAINT fk_quote_decision_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE recurring_run (
	recurring_id INTEGER NOT NULL,
	planned_date TEXT NOT NULL,
	state TEXT NOT NULL,
	document_id INTEGER,
	problem TEXT,
	at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_recurring_run_recurring_id_planned_date UNIQUE (recurring_id, planned_date),
	CONSTRAINT ck_recurring_run_state CHECK (state IN ('made', 'skipped', 'failed')),
	CONSTRAINT fk_recurring_run_recurring_id FOREIGN KEY(recurring_id) REFERENCES recurring (id) ON DELETE RESTRICT,
	CONSTRAINT fk_recurring_run_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE attachment (
	file_id INTEGER NOT NULL,
	customer_id INTEGER,
	contract_id INTEGER,
	document_id INTEGER,
	name TEXT NOT NULL,
	added_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_attachment_one_owner CHECK ((customer_id IS NOT NULL) + (contract_id IS NOT NULL) + (document_id IS NOT NULL) = 1),
	CONSTRAINT fk_attachment_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_attachment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_attachment_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE RESTRICT,
	CONSTRAINT fk_attachment_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE message (
	customer_id INTEGER,
	document_id INTEGER,
	kind TEXT NOT NULL,
	direction TEXT NOT NULL,
	at TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	person TEXT,
	search TEXT NOT NULL,
	status TEXT,
	pinned INTEGER NOT NULL,
	follow_up_on TEXT,
	follow_up_done_at TEXT,
	raw_id INTEGER,
	header_id TEXT,
	in_reply_to TEXT,
	deleted_at TEXT,
	batch_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_message_kind CHECK (kind IN ('email', 'letter', 'reminder', 'call', 'meeting', 'note', 'event')),
	CONSTRAINT ck_message_direction CHECK (direction IN ('in', 'out', 'none')),
	CONSTRAINT ck_message_status CHECK (status IN ('draft', 'queued', 'sending', 'sent', 'failed', 'unknown', 'received')),
	CONSTRAINT fk_message_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_message_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_message_raw_id FOREIGN KEY(raw_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_message_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE reminder_hold (
	customer_id INTEGER NOT NULL,
	document_id INTEGER,
	kind TEXT NOT NULL,
	reason TEXT,
	from_date TEXT NOT NULL,
	until TEXT,
	amount INTEGER,
	ended_on TEXT,
	broken INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_reminder_hold_kind CHECK (kind IN ('pause', 'never', 'dispute', 'promise', 'plan')),
	CONSTRAINT ck_reminder_hold_dispute CHECK (kind <> 'dispute' OR document_id IS NOT NULL),
	CONSTRAINT fk_reminder_hold_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_reminder_hold_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE message_file (
	message_id INTEGER NOT NULL,
	file_id INTEGER NOT NULL,
	name TEXT NOT NULL,
	batch_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_message_file_message_id FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE RESTRICT,
	CONSTRAINT fk_message_file_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
	CONSTRAINT fk_message_file_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE message_revision (
	message_id INTEGER NOT NULL,
	at TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT fk_message_revision_message_id FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE outbox (
	message_id INTEGER NOT NULL,
	state TEXT NOT NULL,
	not_before TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	problem TEXT,
	envelope TEXT NOT NULL,
	queued_at TEXT NOT NULL,
	sent_at TEXT,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_outbox_state CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'stopped')),
	CONSTRAINT uq_outbox_message_id UNIQUE (message_id),
	CONSTRAINT fk_outbox_message_id FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE collection_item (
	batch_id INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	mandate_id INTEGER NOT NULL,
	sequence TEXT NOT NULL,
	end_to_end_id TEXT NOT NULL,
	amount INTEGER NOT NULL,
	payment_id INTEGER,
	return_code TEXT,
	returned_on TEXT,
	message_id INTEGER,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_collection_item_batch_id_document_id UNIQUE (batch_id, document_id),
	CONSTRAINT fk_collection_item_batch_id FOREIGN KEY(batch_id) REFERENCES collection_batch (id) ON DELETE RESTRICT,
	CONSTRAINT fk_collection_item_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_collection_item_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandate (id) ON DELETE RESTRICT,
	CONSTRAINT uq_collection_item_end_to_end_id UNIQUE (end_to_end_id),
	CONSTRAINT fk_collection_item_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id) ON DELETE RESTRICT,
	CONSTRAINT fk_collection_item_message_id FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE reminder (
	customer_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	step_id INTEGER,
	date TEXT NOT NULL,
	channel TEXT NOT NULL,
	principal INTEGER NOT NULL,
	costs INTEGER NOT NULL,
	interest INTEGER NOT NULL,
	announced_costs INTEGER NOT NULL,
	locked_until TEXT,
	calculation TEXT,
	message_id INTEGER,
	file_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_reminder_kind CHECK (kind IN ('reminder', 'second_reminder', 'fourteen_day_letter', 'notice', 'handover')),
	CONSTRAINT ck_reminder_channel CHECK (channel IN ('mail', 'letter')),
	CONSTRAINT fk_reminder_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_reminder_step_id FOREIGN KEY(step_id) REFERENCES reminder_step (id) ON DELETE RESTRICT,
	CONSTRAINT fk_reminder_message_id FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE RESTRICT,
	CONSTRAINT fk_reminder_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE plan_instalment (
	hold_id INTEGER NOT NULL,
	date TEXT NOT NULL,
	amount INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_plan_instalment_hold_id_date UNIQUE (hold_id, date),
	CONSTRAINT ck_plan_instalment_amount CHECK (amount > 0),
	CONSTRAINT fk_plan_instalment_hold_id FOREIGN KEY(hold_id) REFERENCES reminder_hold (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE ledger_entry (
	customer_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	date TEXT NOT NULL,
	due_date TEXT,
	amount INTEGER NOT NULL,
	open_amount INTEGER DEFAULT 0 NOT NULL,
	document_id INTEGER,
	payment_id INTEGER,
	reminder_id INTEGER,
	voids_id INTEGER,
	reference TEXT,
	note TEXT,
	batch_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_ledger_entry_kind CHECK (kind IN ('opening', 'invoice', 'credit_note', 'payment', 'refund', 'write_off', 'recovery', 'discount', 'costs', 'interest', 'void')),
	CONSTRAINT ck_ledger_entry_amount CHECK (amount <> 0),
	CONSTRAINT fk_ledger_entry_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ledger_entry_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ledger_entry_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ledger_entry_reminder_id FOREIGN KEY(reminder_id) REFERENCES reminder (id) ON DELETE RESTRICT,
	CONSTRAINT uq_ledger_entry_voids_id UNIQUE (voids_id),
	CONSTRAINT fk_ledger_entry_voids_id FOREIGN KEY(voids_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
	CONSTRAINT fk_ledger_entry_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE reminder_invoice (
	reminder_id INTEGER NOT NULL,
	document_id INTEGER NOT NULL,
	open_amount INTEGER NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_reminder_invoice_reminder_id_document_id UNIQUE (reminder_id, document_id),
	CONSTRAINT fk_reminder_invoice_reminder_id FOREIGN KEY(reminder_id) REFERENCES reminder (id) ON DELETE RESTRICT,
	CONSTRAINT fk_reminder_invoice_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE settlement (
	debit_id INTEGER NOT NULL,
	credit_id INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	date TEXT NOT NULL,
	counters_id INTEGER,
	reason TEXT,
	batch_id INTEGER,
	created_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT ck_settlement_amount CHECK (amount <> 0),
	CONSTRAINT ck_settlement_counter CHECK ((amount < 0) = (counters_id IS NOT NULL)),
	CONSTRAINT ck_settlement_two_sides CHECK (debit_id <> credit_id),
	CONSTRAINT fk_settlement_debit_id FOREIGN KEY(debit_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
	CONSTRAINT fk_settlement_credit_id FOREIGN KEY(credit_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT,
	CONSTRAINT uq_settlement_counters_id UNIQUE (counters_id),
	CONSTRAINT fk_settlement_counters_id FOREIGN KEY(counters_id) REFERENCES settlement (id) ON DELETE RESTRICT,
	CONSTRAINT fk_settlement_batch_id FOREIGN KEY(batch_id) REFERENCES import_batch (id) ON DELETE RESTRICT
)
 STRICT;

CREATE TABLE refund_due (
	entry_id INTEGER NOT NULL,
	marked_at TEXT NOT NULL,
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	CONSTRAINT uq_refund_due_entry_id UNIQUE (entry_id),
	CONSTRAINT fk_refund_due_entry_id FOREIGN KEY(entry_id) REFERENCES ledger_entry (id) ON DELETE RESTRICT
)
 STRICT;

CREATE INDEX ix_address_batch_id ON address (batch_id);

CREATE INDEX ix_address_customer_id ON address (customer_id);

CREATE INDEX ix_attachment_contract_id ON attachment (contract_id);

CREATE INDEX ix_attachment_customer_id ON attachment (customer_id);

CREATE INDEX ix_attachment_document_id ON attachment (document_id);

CREATE INDEX ix_attachment_file_id ON attachment (file_id);

CREATE INDEX ix_audit_entry_batch_id ON audit_entry (batch_id);

CREATE INDEX ix_audit_image_entry_id ON audit_image (entry_id);

CREATE INDEX ix_audit_image_table_name_row_id ON audit_image (table_name, row_id);

CREATE INDEX ix_bank_assignment_bank_line_id ON bank_assignment (bank_line_id);

CREATE INDEX ix_bank_assignment_payment_id ON bank_assignment (payment_id);

CREATE INDEX ix_bank_line_batch_id ON bank_line (batch_id);

CREATE INDEX ix_bank_line_counterparty_iban ON bank_line (counterparty_iban);

CREATE INDEX ix_bank_line_state_date ON bank_line (state, date);

CREATE INDEX ix_bank_line_statement_id ON bank_line (statement_id);

CREATE INDEX ix_bank_statement_bank_account_id ON bank_statement (bank_account_id, to_date);

CREATE INDEX ix_bank_statement_batch_id ON bank_statement (batch_id);

CREATE INDEX ix_collection_item_batch_id ON collection_item (batch_id);

CREATE INDEX ix_collection_item_document_id ON collection_item (document_id);

CREATE INDEX ix_collection_item_message_id ON collection_item (message_id);

CREATE INDEX ix_collection_item_payment_id ON collection_item (payment_id);

CREATE INDEX ix_contact_batch_id ON contact (batch_id);

CREATE INDEX ix_contact_customer_id ON contact (customer_id);

CREATE INDEX ix_contact_email ON contact (email);

CREATE INDEX ix_contract_customer_id ON contract (customer_id);

CREATE INDEX ix_contract_group_discount_contract_id ON contract_group_discount (contract_id);

CREATE INDEX ix_contract_group_discount_item_group_id ON contract_group_discount (item_group_id);

CREATE INDEX ix_contract_price_contract_id ON contract_price (contract_id);

CREATE INDEX ix_contract_price_item_id ON contract_price (item_id);

CREATE INDEX ix_credit_decision_customer_id ON credit_decision (customer_id);

CREATE INDEX ix_customer_account_customer_id ON customer_account (customer_id);

CREATE INDEX ix_customer_account_learned_from_id ON customer_account (learned_from_id);

CREATE INDEX ix_customer_batch_id ON customer (batch_id);

CREATE INDEX ix_customer_email ON customer (email);

CREATE INDEX ix_customer_label_customer_id ON customer_label (customer_id);

CREATE INDEX ix_customer_label_label_id ON customer_label (label_id);

CREATE INDEX ix_customer_merged_into_id ON customer (merged_into_id);

CREATE INDEX ix_customer_sort_name ON customer (sort_name);

CREATE INDEX ix_customer_vat_id ON customer (vat_id);

CREATE INDEX ix_document_batch_id ON document (batch_id);

CREATE INDEX ix_document_contact_id ON document (contact_id);

CREATE INDEX ix_document_customer_id_date ON document (customer_id, date);

CREATE INDEX ix_document_delivery_address_id ON document (delivery_address_id);

CREATE INDEX ix_document_due_date ON document (due_date);

CREATE INDEX ix_document_kind_state_date ON document (kind, state, date);

CREATE INDEX ix_document_line_batch_id ON document_line (batch_id);

CREATE INDEX ix_document_line_credits_line_id ON document_line (credits_line_id);

CREATE INDEX ix_document_line_document_id_position ON document_line (document_id, position);

CREATE INDEX ix_document_line_item_id ON document_line (item_id);

CREATE INDEX ix_document_link_from_id ON document_link (from_id);

CREATE INDEX ix_document_link_to_id ON document_link (to_id);

CREATE INDEX ix_document_number ON document (number);

CREATE INDEX ix_document_recurring_id ON document (recurring_id);

CREATE INDEX ix_document_refers_to_id ON document (refers_to_id);

CREATE INDEX ix_document_tax_batch_id ON document_tax (batch_id);

CREATE INDEX ix_document_tax_document_id ON document_tax (document_id);

CREATE INDEX ix_former_number_customer_id ON former_number (customer_id);

CREATE INDEX ix_item_batch_id ON item (batch_id);

CREATE INDEX ix_item_item_group_id ON item (item_group_id);

CREATE INDEX ix_item_sort_name ON item (sort_name);

CREATE INDEX ix_ledger_entry_batch_id ON ledger_entry (batch_id);

CREATE INDEX ix_ledger_entry_customer_id_date ON ledger_entry (customer_id, date);

CREATE INDEX ix_ledger_entry_document_id ON ledger_entry (document_id);

CREATE INDEX ix_ledger_entry_open ON ledger_entry (customer_id, due_date, open_amount) WHERE open_amount <> 0;

CREATE INDEX ix_ledger_entry_payment_id ON ledger_entry (payment_id);

CREATE INDEX ix_ledger_entry_reminder_id ON ledger_entry (reminder_id);

CREATE INDEX ix_list_price_batch_id ON list_price (batch_id);

CREATE INDEX ix_list_price_item_id ON list_price (item_id);

CREATE INDEX ix_list_price_price_list_id ON list_price (price_list_id);

CREATE INDEX ix_mandate_customer_id ON mandate (customer_id);

CREATE INDEX ix_message_batch_id ON message (batch_id);

CREATE INDEX ix_message_customer_id_at ON message (customer_id, at);

CREATE INDEX ix_message_document_id ON message (document_id);

CREATE INDEX ix_message_file_batch_id ON message_file (batch_id);

CREATE INDEX ix_message_file_file_id ON message_file (file_id);

CREATE INDEX ix_message_file_message_id ON message_file (message_id);

CREATE INDEX ix_message_follow_up_on ON message (follow_up_on);

CREATE INDEX ix_message_header_id ON message (header_id);

CREATE INDEX ix_message_revision_message_id ON message_revision (message_id);

CREATE INDEX ix_outbox_state ON outbox (state, not_before);

CREATE INDEX ix_payment_bank_line_id ON payment (bank_line_id);

CREATE INDEX ix_payment_bank_reference ON payment (bank_reference);

CREATE INDEX ix_payment_batch_id ON payment (batch_id);

CREATE INDEX ix_payment_customer_id_date ON payment (customer_id, date);

CREATE INDEX ix_plan_instalment_hold_id ON plan_instalment (hold_id);

CREATE INDEX ix_price_list_batch_id ON price_list (batch_id);

CREATE INDEX ix_price_list_replaces_id ON price_list (replaces_id);

CREATE INDEX ix_quote_decision_document_id ON quote_decision (document_id);

CREATE INDEX ix_recurring_customer_id ON recurring (customer_id);

CREATE INDEX ix_recurring_line_item_id ON recurring_line (item_id);

CREATE INDEX ix_recurring_line_recurring_id ON recurring_line (recurring_id);

CREATE INDEX ix_recurring_run_document_id ON recurring_run (document_id);

CREATE INDEX ix_recurring_run_recurring_id ON recurring_run (recurring_id);

CREATE INDEX ix_reminder_customer_id ON reminder (customer_id);

CREATE INDEX ix_reminder_hold_customer_id ON reminder_hold (customer_id);

CREATE INDEX ix_reminder_hold_document_id ON reminder_hold (document_id);

CREATE INDEX ix_reminder_invoice_document_id ON reminder_invoice (document_id);

CREATE INDEX ix_reminder_invoice_reminder_id ON reminder_invoice (reminder_id);

CREATE INDEX ix_reminder_message_id ON reminder (message_id);

CREATE INDEX ix_reminder_step_policy_id ON reminder_step (policy_id);

CREATE INDEX ix_settlement_batch_id ON settlement (batch_id);

CREATE INDEX ix_settlement_credit_id ON settlement (credit_id);

CREATE INDEX ix_settlement_debit_id ON settlement (debit_id);

CREATE INDEX ix_tax_rate_tax_code_id ON tax_rate (tax_code_id);

