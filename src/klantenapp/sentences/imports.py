"""Sentences for what can be wrong with a file that comes in, and the names of its fields."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import bank_files, history
from klantenapp.services.errors import imports as failures

#: Field key -> its name on screen.
FIELD_TITLES: dict[str, str] = {
    "number": N_("Number"),
    "name": N_("Name"),
    "kind": N_("Kind"),
    "contact": N_("Contact person"),
    "email": N_("E-mail"),
    "phone": N_("Phone"),
    "street": N_("Street and number"),
    "postal_code": N_("Postal code"),
    "city": N_("City"),
    "country": N_("Country"),
    "vat_id": N_("VAT id"),
    "kvk": N_("KvK number"),
    "iban": N_("IBAN"),
    "payment_terms_days": N_("Payment term, days"),
    "payment_method": N_("Payment method"),
    "price_list": N_("Price list"),
    "language": N_("Language"),
    "tax_treatment": N_("VAT treatment"),
    "labels": N_("Labels"),
    "salutation": N_("Salutation"),
    "code": N_("Code"),
    "name_en": N_("Name in English"),
    "unit": N_("Unit"),
    "price": N_("Price"),
    "tax": N_("VAT"),
    "nature": N_("Goods or service"),
    "group": N_("Group"),
    "customer": N_("Customer number"),
    "customer_name": N_("Customer name"),
    "date": N_("Date"),
    "due_date": N_("Due date"),
    "amount": N_("Amount"),
    "paid_date": N_("Paid on"),
    "item": N_("Item"),
    "description": N_("Description"),
    "quantity": N_("Quantity"),
    "unit_price": N_("Unit price"),
    "min_quantity": N_("From quantity"),
    "tax_percent": N_("VAT percentage"),
    "account": N_("Own account"),
    "value_date": N_("Value date"),
    "direction": N_("Debit or credit"),
    "counterparty": N_("Counterparty"),
    "counterparty_iban": N_("Account of counterparty"),
    "text": N_("Description"),
    "currency": N_("Currency"),
    "balance_after": N_("Balance after"),
    "reference": N_("Reference"),
}

SENTENCES: dict[type[Exception], str] = {
    failures.FileUnreadable: N_(
        "{file} cannot be read. Check that it is there and that you may open it."
    ),
    failures.FileEmpty: N_("{file} is empty. Export it again and choose that file."),
    failures.FileTooLarge: N_(
        "{file} is larger than {limit} MB. Export a shorter period or split the file."
    ),
    failures.UnknownFormat: N_(
        "{file} is not a file that can be imported here. Export it as CSV, XLSX, ODS or vCard."
    ),
    failures.EncodingUnknown: N_(
        "{file}, line {line}: these are not letters in an encoding we know. Export the "
        "file again as CSV in UTF-8."
    ),
    failures.EncodingsMixed: N_(
        "{file}, line {line}: the letters here are encoded differently from other lines. "
        "Export the file again in one go, as UTF-8."
    ),
    failures.LineTooLong: N_(
        "{file}, line {line}: longer than {limit} characters, so this is not a table. "
        "Export the file again."
    ),
    failures.QuotesBroken: N_(
        "{file}, line {line}: a quotation mark that opens here is not closed. Repair the "
        "line or export the file again."
    ),
    failures.TooManyRows: N_(
        "{file} has more than {limit} rows. Split the file and import the parts one after another."
    ),
    failures.TooManyColumns: N_(
        "{file}, line {line}: more than {limit} columns. Check that the right separator was used."
    ),
    failures.NoRows: N_("{file} has no lines of data. Export it again and choose that file."),
    failures.SeparatorAmbiguous: N_(
        "{file}: both “{first}” and “{second}” could separate the columns. Choose which one does."
    ),
    failures.ArchiveDamaged: N_("{file} is damaged or incomplete. Download or export it again."),
    failures.ArchiveTooLarge: N_(
        "{file} unpacks to more than {limit} MB and is not opened. Export fewer rows."
    ),
    failures.ArchiveLocked: N_(
        "{file} is protected with a password. Save it without a password and choose it again."
    ),
    failures.SpreadsheetTooOld: N_(
        "{file} is an old Excel file (.xls) or has a password. Save it as .xlsx without a password."
    ),
    failures.SheetUnknown: N_("{file} has no sheet called “{sheet}”. Choose one of its sheets."),
    failures.XmlDamaged: N_(
        "{file}, line {line}: the file ends too soon or is damaged. Download it again."
    ),
    failures.XmlForbidden: N_(
        "{file}, line {line}: the file contains a DOCTYPE, which is unsafe. Download it "
        "from your bank again."
    ),
    failures.XmlTooDeep: N_(
        "{file}, line {line}: more elements inside each other than a real file has. "
        "Download it again."
    ),
    failures.MappingUnclear: N_("“{text}” does not link a column. Write it as field=column."),
    failures.FieldUnknown: N_("There is no field “{name}”. Choose one of: {known}."),
    failures.ColumnUnknown: N_("The file has no column “{column}”. Choose one of: {known}."),
    failures.FieldMappedTwice: N_(
        "The field {name} gets two columns: {first} and {second}. Choose one."
    ),
    failures.ColumnMappedTwice: N_(
        "Column {column} goes to two fields: {first} and {second}. Choose one."
    ),
    failures.HeaderTwice: N_(
        "Two columns are called “{header}”: {first} and {second}. Link one of them by its letter."
    ),
    failures.FieldMissing: N_("No column is linked to the field {name}. Choose the column."),
    failures.DecimalsAmbiguous: N_(
        "Column {column}: {example} can be read with a decimal comma and with a decimal "
        "point. Choose which one the file uses."
    ),
    failures.DecimalsMixed: N_(
        "Column {column} uses a decimal comma on line {comma_line} ({comma}) and a "
        "decimal point on line {point_line} ({point}). Make them the same in the file."
    ),
    failures.DatesAmbiguous: N_(
        "Column {column}: {example} fits both {first} and {second}. Choose the date "
        "pattern of the file."
    ),
    failures.DatePatternInvalid: N_(
        "“{pattern}” does not describe a whole date. Write it like %d-%m-%Y."
    ),
    failures.LineRagged: N_(
        "The line has {found} cells, the file has {expected} columns. Repair the line in the file."
    ),
    failures.CellMissing: N_("This may not be empty. Fill it in."),
    failures.CellTooLong: N_("Longer than {limit} characters. Shorten it."),
    failures.CellHasError: N_(
        "The spreadsheet shows {value} here. Repair the formula and save the file."
    ),
    failures.FormulaWithoutResult: N_(
        "The outcome of a formula was not saved. Open the file in your spreadsheet "
        "program, save it and choose it again."
    ),
    failures.NotAnAmount: N_("“{value}” is not a number. Type a number."),
    failures.TooManyDecimals: N_(
        "“{value}” has more than {decimals} decimals. Round it in the file."
    ),
    failures.NumberTooLarge: N_("“{value}” is too large. Check the number."),
    failures.NotWhole: N_("“{value}” is not a whole number. Type a whole number, such as 30."),
    failures.NotADay: N_(
        "“{value}” is not a date in the pattern of this column. Type an existing date."
    ),
    failures.NotAChoice: N_("“{value}” is not known here. Choose one of: {known}."),
    failures.NumberTwice: N_(
        "{number} is on line {first_line} as well. Give one of the two another number."
    ),
    failures.PostalCodeAbsent: N_(
        "The postal code is missing. You may add it later, before the first invoice."
    ),
    history.CustomerAbsent: N_(
        "The row has no customer. Fill in the customer number, or choose one customer "
        "for all of these."
    ),
    history.DocumentNumberTaken: N_("Invoice {number} is there already. Leave it out of the file."),
    history.DocumentRowsDiffer: N_(
        "Invoice {number}: one row says {first}, another says {other}. Make them the "
        "same in the file."
    ),
    history.DocumentTotalDiffers: N_(
        "Invoice {number}: the total is {stated}, but its lines make {computed}. Correct "
        "one of the two."
    ),
    history.DayInFuture: N_("{day} is still to come. History is dated today or earlier."),
    history.DueBeforeDate: N_(
        "The due date {due} is before the date {date}. Correct one of the two."
    ),
    failures.NoCards: N_("{file} contains no contacts. Export your contacts again as vCard."),
    failures.CardCutOff: N_(
        "{file}: the contact that starts on line {line} is not complete. Export your "
        "contacts again."
    ),
    failures.CardWithoutName: N_(
        "The contact has no name, company or e-mail address. Add one in your address book."
    ),
    bank_files.NotABankFile: N_(
        "{file} is not a bank file we know. Download it as CAMT.053 or MT940, or link "
        "the columns yourself."
    ),
    bank_files.BankFileIsPdf: N_(
        "{file} is a PDF. Download a CAMT.053 or MT940 file from your bank instead."
    ),
    bank_files.OtherMessage: N_(
        "{file} is a {kind} and not a bank statement. Download the statement as CAMT.053 or MT940."
    ),
    bank_files.NoStatement: N_("{file} contains no bank statement. Download the period again."),
    bank_files.StatementCutOff: N_(
        "{file}, line {line}: the statement stops before {missing}. Download the file again."
    ),
    bank_files.StatementFieldBroken: N_(
        "{file}, line {line}: {part} “{value}” cannot be read. Download the file again."
    ),
    bank_files.OtherBanksColumns: N_(
        "{file}, line {line}: not the columns of {bank}. Download the file again, or "
        "link the columns yourself."
    ),
    bank_files.BankZipWithoutStatements: N_(
        "{file} contains no bank statements. Choose the file that your bank made."
    ),
    bank_files.BankLineZero: N_("The amount is 0.00, so there is nothing to match."),
    bank_files.BankLinePending: N_(
        "The bank has not booked the line yet. Import the file again when it has."
    ),
    bank_files.BankRowRefused: N_(
        "Line {line} of {file} cannot be read: {reason} Nothing was imported."
    ),
    bank_files.BankLineForeign: N_(
        "The line is in {currency}. Record the payment by hand in euros."
    ),
    failures.NotAMail: N_(
        "{file}, line {line}: this is not an e-mail. Save the message as .eml and choose that file."
    ),
    failures.MailTooLarge: N_(
        "{file}, line {line}: the e-mail is larger than {limit} MB. Save its attachments "
        "apart and add a note instead."
    ),
}

OPERATIONS: dict[str, str] = {
    "import.customers": N_("Import customers"),
    "import.items": N_("Import items"),
    "import.prices": N_("Import prices"),
    "import.invoices": N_("Import invoices"),
    "mapping.save": N_("Keep column mapping"),
}
