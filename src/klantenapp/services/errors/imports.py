"""What can be wrong with a file that comes in: the file itself, its columns, one cell.

Failures of one cell carry the value only; `services.imports.result.RefusedLine` adds the line and
the field. `file` is the name without its folder.
"""

from __future__ import annotations

from dataclasses import dataclass

from klantenapp.services.errors.base import Refusal

# --- the file -------------------------------------------------------------------------------


@dataclass(eq=False)
class FileUnreadable(Refusal):
    """The system does not give us the file: gone, a folder, or no permission."""

    file: str


@dataclass(eq=False)
class FileEmpty(Refusal):
    """There is nothing in the file."""

    file: str


@dataclass(eq=False)
class FileTooLarge(Refusal):
    """Larger than the program reads, in whole megabytes."""

    file: str
    limit: int


@dataclass(eq=False)
class UnknownFormat(Refusal):
    """The content is none of the kinds that this import reads."""

    file: str


@dataclass(eq=False)
class EncodingUnknown(Refusal):
    """Bytes that are no text in any encoding we know, or no text at all; line counts from 1."""

    file: str
    line: int


@dataclass(eq=False)
class EncodingsMixed(Refusal):
    """Some lines are UTF-8, this one is not: the file was glued together."""

    file: str
    line: int


@dataclass(eq=False)
class LineTooLong(Refusal):
    """More characters on one line, or in one cell, than any real file has."""

    file: str
    line: int
    limit: int


@dataclass(eq=False)
class QuotesBroken(Refusal):
    """A quotation mark that opens here is not closed as it should be."""

    file: str
    line: int


@dataclass(eq=False)
class TooManyRows(Refusal):
    """More rows than one import takes."""

    file: str
    limit: int


@dataclass(eq=False)
class TooManyColumns(Refusal):
    """More columns than any real table has."""

    file: str
    line: int
    limit: int


@dataclass(eq=False)
class NoRows(Refusal):
    """Column names at most, and nothing under them."""

    file: str


@dataclass(eq=False)
class SeparatorAmbiguous(Refusal):
    """Two separators both divide the whole file evenly."""

    file: str
    first: str
    second: str


@dataclass(eq=False)
class ArchiveDamaged(Refusal):
    """A spreadsheet or zip file that does not open: cut off, or not what its name says."""

    file: str


@dataclass(eq=False)
class ArchiveTooLarge(Refusal):
    """Unpacked it is larger than the program reads (megabytes), or packed suspiciously tight."""

    file: str
    limit: int


@dataclass(eq=False)
class ArchiveLocked(Refusal):
    """Protected with a password."""

    file: str


@dataclass(eq=False)
class SpreadsheetTooOld(Refusal):
    """The binary format of before 2007 (.xls), or one with a password, which looks the same."""

    file: str


@dataclass(eq=False)
class SheetUnknown(Refusal):
    """No sheet of that name."""

    file: str
    sheet: str


@dataclass(eq=False)
class XmlDamaged(Refusal):
    """XML that ends too soon, or is not well-formed."""

    file: str
    line: int


@dataclass(eq=False)
class XmlForbidden(Refusal):
    """XML with a DOCTYPE, which no bank and no spreadsheet needs and attackers do."""

    file: str
    line: int


@dataclass(eq=False)
class XmlTooDeep(Refusal):
    """XML with more elements inside each other than any real file has."""

    file: str
    line: int


# --- its columns ----------------------------------------------------------------------------


@dataclass(eq=False)
class MappingUnclear(Refusal):
    """Not of the form field=column."""

    text: str


@dataclass(eq=False)
class FieldUnknown(Refusal):
    """This import has no field of that name; `known` lists those it has."""

    name: str
    known: str


@dataclass(eq=False)
class ColumnUnknown(Refusal):
    """The file has no column of that name or letter; `known` lists those it has."""

    column: str
    known: str


@dataclass(eq=False)
class FieldMappedTwice(Refusal):
    """Two columns go to one field: an error at both."""

    name: str
    first: str
    second: str


@dataclass(eq=False)
class ColumnMappedTwice(Refusal):
    """One column goes to two fields."""

    column: str
    first: str
    second: str


@dataclass(eq=False)
class HeaderTwice(Refusal):
    """Two columns have the same name, so the name does not say which is meant."""

    header: str
    first: str
    second: str


@dataclass(eq=False)
class FieldMissing(Refusal):
    """No column is mapped to a field that the import cannot do without."""

    name: str


@dataclass(eq=False)
class DecimalsAmbiguous(Refusal):
    """Every number of the column reads both with a comma and with a point, differently."""

    column: str
    example: str


@dataclass(eq=False)
class DecimalsMixed(Refusal):
    """One number needs a decimal comma, another one in the same column a decimal point."""

    column: str
    comma_line: int
    comma: str
    point_line: int
    point: str


@dataclass(eq=False)
class DatesAmbiguous(Refusal):
    """Two patterns fit every date of the column and mean different days."""

    column: str
    example: str
    first: str
    second: str


@dataclass(eq=False)
class DatePatternInvalid(Refusal):
    """Not a pattern that reads a whole date, such as %d-%m-%Y."""

    pattern: str


# --- one line, one cell ---------------------------------------------------------------------


@dataclass(eq=False)
class LineRagged(Refusal):
    """A line with another number of cells than there are columns."""

    found: int
    expected: int


@dataclass(eq=False)
class CellMissing(Refusal):
    """Empty where the import cannot do without."""


@dataclass(eq=False)
class CellTooLong(Refusal):
    """More characters than the field takes."""

    limit: int


@dataclass(eq=False)
class CellHasError(Refusal):
    """The spreadsheet itself says that the cell is wrong, such as #REF!."""

    value: str


@dataclass(eq=False)
class FormulaWithoutResult(Refusal):
    """A formula whose outcome was never saved, so there is no value to read."""


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """No number."""

    value: str


@dataclass(eq=False)
class TooManyDecimals(Refusal):
    """More decimals than the field keeps."""

    value: str
    decimals: int


@dataclass(eq=False)
class NumberTooLarge(Refusal):
    """Larger than the program accepts."""

    value: str


@dataclass(eq=False)
class NotWhole(Refusal):
    """No whole number from 0."""

    value: str


@dataclass(eq=False)
class NotADay(Refusal):
    """No existing day in the pattern of its column."""

    value: str


@dataclass(eq=False)
class NotAChoice(Refusal):
    """None of the words that the field knows; `known` lists them."""

    value: str
    known: str


@dataclass(eq=False)
class NumberTwice(Refusal):
    """The same number stands on an earlier line of the file."""

    number: str
    first_line: int


@dataclass(eq=False)
class PostalCodeAbsent(Refusal):
    """A business without a postal code: it comes in, but its invoices would be incomplete."""


# --- cards ----------------------------------------------------------------------------------


@dataclass(eq=False)
class NoCards(Refusal):
    """Not a single complete card in the file."""

    file: str


@dataclass(eq=False)
class CardCutOff(Refusal):
    """A card that starts at this line and does not end."""

    file: str
    line: int


@dataclass(eq=False)
class CardWithoutName(Refusal):
    """A card with neither name, company nor e-mail address."""


# --- mail -----------------------------------------------------------------------------------


@dataclass(eq=False)
class NotAMail(Refusal):
    """No headers of a mail, or nothing that can be read as one."""

    file: str
    line: int


@dataclass(eq=False)
class MailTooLarge(Refusal):
    """Larger than one mail may be, in whole megabytes."""

    file: str
    line: int
    limit: int
