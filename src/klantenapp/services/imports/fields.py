"""The fields that an import knows: key, kind, and the names that other programs give them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of a field becomes."""

    TEXT = "text"  # one line of text
    LONG_TEXT = "long_text"  # may have line breaks
    CODE = "code"  # text that spreadsheets like to store as a number: 007, 573415
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    VAT_ID = "vat_id"
    KVK = "kvk"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"  # ISO 3166 letters
    CHOICE = "choice"
    LABELS = "labels"  # words divided by a comma or semicolon
    AMOUNT = "amount"  # Money
    PRICE = "price"  # UnitPrice
    QUANTITY = "quantity"  # Quantity
    PERCENT = "percent"  # Percent
    DATE = "date"
    WHOLE = "whole"  # a count, such as days


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can go to.

    Attributes:
        key: name on the command line and in results.
        kind: what a cell becomes.
        names: folded column names (see `folded`) by which it is recognised, best first.
        required: the import cannot do without.
        longest: characters that it takes.
        choices: for CHOICE: folded words and what each means.
    """

    key: str
    kind: Kind
    names: tuple[str, ...]
    required: bool = False
    longest: int = 200
    choices: tuple[tuple[str, str], ...] = ()


def folded(text: str) -> str:
    """Letters and digits only, lower case, no diacritics: how column names are compared."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _field(
    key: str,
    kind: Kind,
    names: str,
    *,
    required: bool = False,
    longest: int = 200,
    choices: dict[str, str] | None = None,
) -> Field:
    words = tuple(dict.fromkeys((folded(key), *names.split())))
    return Field(key, kind, words, required, longest, tuple((choices or {}).items()))


_KINDS = {
    "business": "business",
    "zakelijk": "business",
    "bedrijf": "business",
    "company": "business",
    "b2b": "business",
    "consumer": "consumer",
    "consument": "consumer",
    "particulier": "consumer",
    "prive": "consumer",
    "private": "consumer",
    "person": "consumer",
    "b2c": "consumer",
    "government": "government",
    "overheid": "government",
    "b2g": "government",
}
_LANGUAGES = {
    "nl": "nl",
    "nederlands": "nl",
    "dutch": "nl",
    "nlnl": "nl",
    "nld": "nl",
    "en": "en",
    "engels": "en",
    "english": "en",
    "eng": "en",
    "engb": "en",
    "enus": "en",
}
_TREATMENTS = {
    "domestic": "domestic",
    "binnenland": "domestic",
    "nederland": "domestic",
    "reversecharge": "reverse_charge",
    "btwverlegd": "reverse_charge",
    "verlegd": "reverse_charge",
    "intraeu": "intra_eu",
    "icl": "intra_eu",
    "binneneu": "intra_eu",
    "eu": "intra_eu",
    "export": "export",
    "buiteneu": "export",
    "exempt": "exempt",
    "vrijgesteld": "exempt",
    "outsidescope": "outside_scope",
    "geenbtw": "outside_scope",
    "buitenbtw": "outside_scope",
}
_METHODS = {
    "transfer": "transfer",
    "overboeking": "transfer",
    "overschrijving": "transfer",
    "bank": "transfer",
    "banktransfer": "transfer",
    "opfactuur": "transfer",
    "directdebit": "direct_debit",
    "incasso": "direct_debit",
    "automatischeincasso": "direct_debit",
    "sepadirectdebit": "direct_debit",
    "cash": "cash",
    "contant": "cash",
    "kas": "cash",
    "card": "card",
    "pin": "card",
    "pinpas": "card",
    "creditcard": "card",
    "other": "other",
    "anders": "other",
    "overig": "other",
}
_NATURES = {
    "goods": "goods",
    "goederen": "goods",
    "product": "goods",
    "goed": "goods",
    "service": "service",
    "dienst": "service",
    "diensten": "service",
    "services": "service",
}

#: Fields of a customer.
CUSTOMER_FIELDS = (
    _field(
        "number",
        Kind.CODE,
        "customernumber customerno customerid custno klantnummer klantnr klantcode klantid "
        "debiteurnummer debiteurnr debiteurennummer debiteurcode relatienummer relatienr "
        "relatiecode nummer nr accountnumber code",
        longest=40,
    ),
    _field(
        "name",
        Kind.TEXT,
        "naam bedrijfsnaam bedrijf klantnaam customername customer klant company companyname "
        "firma organisatie organization organisation debiteurnaam debiteur relatienaam relatie "
        "handelsnaam naamklant naambedrijf displayname weergavenaam fullname volledigenaam",
        required=True,
    ),
    _field(
        "kind",
        Kind.CHOICE,
        "soort type klantsoort klanttype customertype customerkind soortklant typeklant",
        choices=_KINDS,
    ),
    _field(
        "contact",
        Kind.TEXT,
        "contactpersoon contactperson contactname contactnaam tav attentie naamcontactpersoon",
    ),
    _field(
        "email",
        Kind.EMAIL,
        "emailadres emailaddress mail mailadres mailfacturen emailfacturen factuuremail "
        "invoiceemail emailfactuur emailadresfactuur primaryemail",
        longest=254,
    ),
    _field(
        "phone",
        Kind.PHONE,
        "telefoon telefoonnummer telefoonnr tel telnr phonenumber telephone mobiel mobile "
        "mobielnummer mobilenumber mobilephone gsm workphone businessphone",
        longest=60,
    ),
    _field(
        "street",
        Kind.TEXT,
        "straat adres address straatnr straathuisnummer straatenhuisnummer straathuisnr "
        "straatennr adresregel1 address1 addressline1 streetaddress factuuradres adres1 "
        "bezoekadres postadres",
    ),
    _field(
        "postal_code",
        Kind.POSTAL_CODE,
        "postcode pc zip zipcode postalcode postkode plz factuurpostcode",
        longest=20,
    ),
    _field("city", Kind.TEXT, "plaats woonplaats stad town plaatsnaam vestigingsplaats ort"),
    _field("country", Kind.COUNTRY, "land landcode countrycode landnaam", longest=80),
    _field(
        "vat_id",
        Kind.VAT_ID,
        "btwid btwnummer btwnr btwidentificatienummer vatnumber vatno vat vatid vatnr "
        "omzetbelastingnummer ustid ustidnr obnummer",
        longest=30,
    ),
    _field(
        "kvk",
        Kind.KVK,
        "kvknummer kvknr handelsregisternummer chamberofcommerce cocnumber coc cocno "
        "kamervankoophandel handelsregister",
        longest=20,
    ),
    _field(
        "iban",
        Kind.IBAN,
        "rekeningnummer bankrekening banknummer bankaccount rekening bankrekeningnummer ibannummer",
        longest=50,
    ),
    _field(
        "payment_terms_days",
        Kind.WHOLE,
        "betaaltermijn termijn betalingstermijn paymentterm paymentterms terms termdays "
        "betaaltermijndagen betalingstermijndagen termijndagen betaalconditie",
    ),
    _field(
        "payment_method",
        Kind.CHOICE,
        "betaalwijze betaalmethode betalingswijze betaalmanier method",
        choices=_METHODS,
    ),
    _field("price_list", Kind.TEXT, "prijslijst pricelistname prijsgroep pricegroup tariefgroep"),
    _field("language", Kind.CHOICE, "taal taalcode lang languagecode", choices=_LANGUAGES),
    _field(
        "tax_treatment",
        Kind.CHOICE,
        "btwbehandeling btwregime btwsoort taxtreatment vattreatment btw",
        choices=_TREATMENTS,
    ),
    _field(
        "labels", Kind.LABELS, "label tags tag categorie categorieen categories groep", longest=500
    ),
    _field("salutation", Kind.TEXT, "aanhef aanspreekvorm aanspreektitel titel greeting"),
)

#: Fields of an item.
ITEM_FIELDS = (
    _field(
        "code",
        Kind.CODE,
        "artikelcode artikelnummer artikelnr itemcode itemnumber itemno productcode sku "
        "stockcode productnummer productnr nummer nr art",
        required=True,
        longest=60,
    ),
    _field(
        "name",
        Kind.TEXT,
        "naam artikelnaam omschrijving description artikel product productnaam productname "
        "itemname item titel title namenl omschrijvingnl",
        required=True,
    ),
    _field(
        "name_en",
        Kind.TEXT,
        "naamen naamengels englishname engelsenaam omschrijvingen omschrijvingengels descriptionen",
    ),
    _field("unit", Kind.TEXT, "eenheid unitname uom per", longest=40),
    _field(
        "price",
        Kind.PRICE,
        "prijs verkoopprijs stukprijs unitprice salesprice prijsexbtw prijsexclbtw tarief rate "
        "bedrag verkoopprijsexbtw verkoopprijsexclbtw priceextax",
    ),
    _field(
        "tax",
        Kind.CHOICE,
        "btw btwtarief btwpercentage btwcode vat vatrate taxrate taxcode taxpercent vatpercentage",
        choices={
            "21": "21",
            "hoog": "21",
            "high": "21",
            "btwhoog": "21",
            "9": "9",
            "laag": "9",
            "low": "9",
            "btwlaag": "9",
            "0": "0",
            "nul": "0",
            "zero": "0",
            "geen": "0",
            "exempt": "exempt",
            "vrijgesteld": "exempt",
            "vrij": "exempt",
        },
    ),
    _field("nature", Kind.CHOICE, "soort type aard goodsorservice", choices=_NATURES),
    _field("group", Kind.TEXT, "groep artikelgroep itemgroup productgroep categorie category"),
)

#: Fields of an invoice from another program: one row per invoice, or one per line.
INVOICE_FIELDS = (
    _field(
        "number",
        Kind.CODE,
        "factuurnummer factuurnr factuur invoicenumber invoiceno invoice invoiceid nummer nr "
        "documentnumber documentno boekstuk boekstuknummer",
        required=True,
        longest=60,
    ),
    _field(
        "customer",
        Kind.CODE,
        "klantnummer klantnr klantcode klantid customerid customernumber customerno "
        "customercode debiteurnummer debiteurnr debiteur klant relatienummer relatiecode "
        "accountnumber",
        longest=40,
    ),
    _field(
        "customer_name",
        Kind.TEXT,
        "klantnaam naam name bedrijfsnaam debiteurnaam relatienaam customername company bedrijf",
    ),
    _field(
        "date",
        Kind.DATE,
        "factuurdatum datum invoicedate documentdate boekdatum issuedate",
        required=True,
    ),
    _field(
        "due_date",
        Kind.DATE,
        "vervaldatum duedate vervalt uiterstebetaaldatum betaaldatumuiterlijk",
    ),
    _field(
        "amount",
        Kind.AMOUNT,
        "bedrag totaal total totaalbedrag factuurbedrag totalamount invoiceamount bedraginclbtw "
        "totaalinclbtw inclbtw grandtotal",
    ),
    _field(
        "paid_date", Kind.DATE, "betaaldatum betaaldop betaald paiddate paymentdate datumbetaald"
    ),
    _field(
        "item",
        Kind.CODE,
        "artikel artikelcode artikelnummer artikelnr stockcode sku productcode itemcode product",
        longest=60,
    ),
    _field(
        "description",
        Kind.TEXT,
        "omschrijving beschrijving regelomschrijving regel productnaam productname itemname",
        longest=1000,
    ),
    _field("quantity", Kind.QUANTITY, "aantal hoeveelheid qty numberofunits stuks"),
    _field(
        "unit_price",
        Kind.PRICE,
        "stukprijs prijs price unitprice prijsperstuk eenheidsprijs tarief",
    ),
    _field(
        "tax_percent",
        Kind.PERCENT,
        "btw btwpercentage btwtarief vat vatrate taxrate btwpercent vatpercent vatpercentage",
    ),
    # of a customer that is new; history also says "Unspecified", which is no reason to refuse it
    _field("country", Kind.TEXT, "land landcode countrycode", longest=80),
)

#: Fields of the prices on a list; a row without a price is left alone.
PRICE_FIELDS = (
    ITEM_FIELDS[0],
    _field(
        "min_quantity",
        Kind.QUANTITY,
        "vanafaantal vanaf staffel fromquantity minimumaantal minimum minquantity aantal quantity",
    ),
    _field(
        "price",
        Kind.PRICE,
        "prijs nieuweprijs verkoopprijs lijstprijs stukprijs unitprice salesprice listprice tarief",
    ),
)
