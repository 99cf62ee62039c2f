"""Invented names and goods of the example business. Any likeness is chance."""

from __future__ import annotations

from typing import Final, NamedTuple

from klantenapp.services.customers.business import BusinessData

BUSINESS: Final = BusinessData(
    legal_name="Noordkade Installatie",
    contact_name="Sanne de Wilde",
    street="Noordkade 7",
    postal_code="8011 ZZ",
    city="Zwolle",
    kvk="01234567",
    vat_id="NL001234567B29",
    iban="NL02ABNA0123456789",
    bic="ABNANL2A",
    email="administratie@noordkade.example",
    phone="038 000 45 67",
    website="noordkade.example",
    is_example=True,
)


class Who(NamedTuple):
    """A customer and how it pays.

    Attributes:
        late: days after the due date at which it pays on average; None never pays the last ones.
        spread: how much that varies.
        share: how often it is invoiced, against others.
    """

    name: str
    contact: str
    street: str
    postal_code: str
    city: str
    late: int | None
    spread: int
    share: int
    kind: str = "business"
    country: str = "NL"
    tax_treatment: str | None = None
    vat_id: str | None = None
    language: str | None = None


#: The customers of the pictures.
KNOWN: Final = (
    Who(
        "Voorbeeld Bouw B.V.",
        "Henk Voorbeeld",
        "Modelweg 8",
        "8011 AB",
        "Zwolle",
        2,
        6,
        14,
        tax_treatment="reverse_charge",
        vat_id="NL009876543B46",
    ),
    Who("Hotel Voorbeeldzicht", "Noor Zicht", "Kade 21", "8261 AA", "Kampen", 5, 5, 12),
    Who("VvE Modelflat 12–48", "Karel Model", "Modelflat 12", "7411 AB", "Deventer", -3, 2, 8),
    Who(
        "Musterhaus GmbH",
        "Petra Muster",
        "Musterstraße 4",
        "48527",
        "Nordhorn",
        -6,
        2,
        6,
        country="DE",
        tax_treatment="intra_eu",
        vat_id="DE123456788",
        language="en",
    ),
    Who("Camping De Demo", "Bas Demo", "Demolaan 1", "7731 AB", "Ommen", 8, 6, 6),
    Who(
        "Garage Fictief & Zn.", "Wim Fictief", "Fictiefstraat 30", "7311 AB", "Apeldoorn", 41, 12, 4
    ),
    Who("Bakkerij Het Testbrood", "Ilse de Korst", "Ovenstraat 5", "7411 CD", "Deventer", 16, 7, 8),
    Who(
        "Familie Proefstra",
        "Tom Proefstra",
        "Proeflaan 21",
        "8051 ZZ",
        "Hattem",
        38,
        10,
        3,
        kind="consumer",
    ),
    Who("Drukkerij Schijnwerk", "Joost Schijn", "Persweg 14", "8051 AA", "Hattem", 19, 8, 5),
    Who("Kaasboerderij De Schets", "Geert Schets", "Weidepad 2", "7721 AB", "Dalfsen", 2, 3, 5),
    Who("Stichting De Proefwoning", "Adinda Proef", "Woonhof 9", "8012 AB", "Zwolle", -1, 2, 6),
    Who(
        "M. Voorbeeld-Jansen",
        "Marit Voorbeeld",
        "Zuiderzeestraat 11",
        "8091 AB",
        "Wezep",
        0,
        1,
        3,
        kind="consumer",
    ),
    Who("Praktijk Denkbeeld", "Mirjam Denk", "Spreekkade 3", "8011 CD", "Zwolle", 0, 2, 6),
    Who("Atelier Maquette", "Lotte Maquet", "Lijmsteeg 1", "8011 EF", "Zwolle", 1, 2, 5),
    Who("Rijschool Proefrit", "Dirk Proef", "Koppelweg 6", "8141 AB", "Heino", 4, 4, 5),
    Who("Slagerij Vitrine", "Kees Vitrine", "Vleesmarkt 2", "8011 GH", "Zwolle", None, 5, 2),
    Who(
        "Gemeente Voorbeeldstad",
        "Afdeling Beheer",
        "Raadhuisplein 1",
        "8200 AB",
        "Voorbeeldstad",
        -4,
        3,
        5,
        kind="government",
    ),
)

#: Parts of further names: trade and invented proper name.
TRADES: Final = (
    "Bakkerij",
    "Bloemist",
    "Café",
    "Dierenkliniek",
    "Drogisterij",
    "Fietsenmaker",
    "Fysiotherapie",
    "Garage",
    "Hotel",
    "Huisartsenpraktijk",
    "Kapsalon",
    "Kwekerij",
    "Makelaardij",
    "Manege",
    "Museum",
    "Notariskantoor",
    "Pension",
    "Restaurant",
    "Schildersbedrijf",
    "Slagerij",
    "Sportschool",
    "Tandartspraktijk",
    "Theater",
    "Timmerfabriek",
    "Transportbedrijf",
    "VvE",
    "Wasserij",
    "Winkel",
)
NAMES: Final = (
    "Bedenksel",
    "Bijnaecht",
    "Denkbaar",
    "Doorsnee",
    "Fantasie",
    "Gemiddeld",
    "Hypothese",
    "Illusie",
    "Kladblok",
    "Luchtkasteel",
    "Misschien",
    "Nagemaakt",
    "Ontwerp",
    "Oefening",
    "Papier",
    "Proefdruk",
    "Quasi",
    "Raadsel",
    "Schets",
    "Sjabloon",
    "Stelsel",
    "Terzijde",
    "Uitprobeer",
    "Vermoeden",
    "Verzinsel",
    "Voorwendsel",
    "Zogenaamd",
    "Zomaar",
)
FIRST_NAMES: Final = (
    "Anna",
    "Bram",
    "Chantal",
    "Daan",
    "Eva",
    "Fatima",
    "Gijs",
    "Hanna",
    "Ivo",
    "Jelle",
    "Karin",
    "Lars",
    "Mila",
    "Niek",
    "Olga",
    "Pim",
    "Quinten",
    "Roos",
    "Sam",
    "Tess",
    "Umar",
    "Vera",
    "Wout",
    "Yara",
    "Zoë",
)
PLACES: Final = (
    ("8011", "Zwolle"),
    ("7411", "Deventer"),
    ("8261", "Kampen"),
    ("7311", "Apeldoorn"),
    ("8051", "Hattem"),
    ("7731", "Ommen"),
    ("7721", "Dalfsen"),
    ("8141", "Heino"),
    ("8181", "Heerde"),
    ("8171", "Vaassen"),
    ("7941", "Meppel"),
    ("7701", "Dedemsvaart"),
)
STREETS: Final = (
    "Dorpsstraat",
    "Kerkweg",
    "Molenpad",
    "Stationsweg",
    "Havenkade",
    "Lindelaan",
    "Marktplein",
    "Nijverheidsweg",
    "Eikenhof",
    "Veerallee",
)


class What(NamedTuple):
    """An item; the price is text in euro."""

    code: str
    name: str
    name_en: str
    group: str
    unit: str
    price: str
    tax: str = "high"
    nature: str = "service"


ITEMS: Final = (
    What("A-100", "Monteur, uurtarief", "Engineer, per hour", "Arbeid", "uur", "68.00"),
    What("A-110", "Leerling-monteur", "Apprentice engineer", "Arbeid", "uur", "44.00"),
    What("A-120", "Projectleider", "Project lead", "Arbeid", "uur", "85.00"),
    What(
        "A-150",
        "Isolatie leidingwerk, arbeid",
        "Pipe insulation, labour",
        "Arbeid",
        "uur",
        "62.00",
        "low",
    ),
    What("O-200", "Onderhoudsbeurt cv-ketel", "Boiler service visit", "Onderhoud", "stuk", "94.50"),
    What(
        "O-210",
        "Onderhoudsbeurt warmtepomp",
        "Heat pump service visit",
        "Onderhoud",
        "stuk",
        "148.00",
    ),
    What("O-220", "Inspectie rookgasafvoer", "Flue inspection", "Onderhoud", "stuk", "57.50"),
    What(
        "O-230",
        "Servicecontract keuken en hotel",
        "Service contract kitchen and hotel",
        "Onderhoud",
        "maand",
        "990.00",
    ),
    What("V-300", "Voorrijkosten zone 1", "Call-out zone 1", "Voorrijden", "rit", "27.50"),
    What("V-301", "Voorrijkosten zone 2", "Call-out zone 2", "Voorrijden", "rit", "45.00"),
    What(
        "V-302",
        "Voorrijkosten avond en weekend",
        "Call-out evening and weekend",
        "Voorrijden",
        "rit",
        "65.00",
    ),
    What("V-310", "Spoedtoeslag", "Urgency surcharge", "Voorrijden", "keer", "75.00"),
    What(
        "M-400",
        "Leidingisolatie 22 mm",
        "Pipe insulation 22 mm",
        "Materiaal",
        "m",
        "3.85",
        nature="goods",
    ),
    What("M-410", "Koperbuis 22 mm", "Copper pipe 22 mm", "Materiaal", "m", "9.40", nature="goods"),
    What(
        "M-420",
        "Radiatorkraan, thermostatisch",
        "Radiator valve, thermostatic",
        "Materiaal",
        "stuk",
        "31.75",
        nature="goods",
    ),
    What(
        "M-430",
        "Expansievat 18 liter",
        "Expansion vessel 18 litre",
        "Materiaal",
        "stuk",
        "62.40",
        nature="goods",
    ),
    What(
        "M-440",
        "Kamerthermostaat, modulerend",
        "Room thermostat, modulating",
        "Materiaal",
        "stuk",
        "129.00",
        nature="goods",
    ),
    What(
        "M-450",
        "Radiator 600 × 1200",
        "Radiator 600 × 1200",
        "Materiaal",
        "stuk",
        "214.50",
        nature="goods",
    ),
    What(
        "M-460", "Circulatiepomp", "Circulation pump", "Materiaal", "stuk", "187.25", nature="goods"
    ),
    What(
        "M-470", "Warmtepomp 6 kW", "Heat pump 6 kW", "Materiaal", "stuk", "4250.00", nature="goods"
    ),
)

CALLS: Final = (
    "Gebeld over de openstaande factuur. Betaalt deze week.",
    "Vraagt om een offerte voor het vervangen van de ketel.",
    "Afspraak verzet naar volgende week.",
    "Tevreden over het werk; vraagt om een kopie van de factuur.",
    "Restant na oplevering, uiterlijk het einde van de maand.",
)
NOTES: Final = (
    "Sleutel ligt bij de receptie.",
    "Liever na 15.00 uur bellen.",
    "Facturen met inkoopnummer, anders komen ze terug.",
    "Hond loopt los op het erf.",
)
