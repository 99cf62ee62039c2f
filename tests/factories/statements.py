"""Bank statements for tests, written out by hand in two formats."""

from __future__ import annotations

OWN = "NL02ABNA0123456789"
OTHER = "NL91ABNA0417164300"


def entry(day, amount, text, name="Jansen B.V.", account=OTHER, more=""):
    """One booked line of a CAMT.053; the amount is signed."""
    mark, plain = ("DBIT", amount[1:]) if amount.startswith("-") else ("CRDT", amount)
    party, side = ("Cdtr", "CdtrAcct") if mark == "DBIT" else ("Dbtr", "DbtrAcct")
    details = (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><{party}><Pty>"
        f"<Nm>{name}</Nm></Pty></{party}><{side}><Id><IBAN>{account}</IBAN></Id></{side}>"
        f"</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf>{more}</TxDtls>"
    )
    return (
        f'<Ntry><Amt Ccy="EUR">{plain}</Amt><CdtDbtInd>{mark}</CdtDbtInd><Sts>BOOK</Sts>'
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def camt(*entries, opening="1000.00", closing="1000.00", account=OWN, days=("2026-11-16",) * 2):
    """A CAMT.053 of one statement."""

    def balance(code, amount, day):
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
            f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            f"<Dt><Dt>{day}</Dt></Dt></Bal>"
        )

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>'
        f"<GrpHdr/><Stmt><Id>1</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{balance('OPBD', opening, days[0])}{balance('CLBD', closing, days[1])}{''.join(entries)}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def mt940(*lines, account=OWN, opening="1000,00", closing="1000,00", day="261116"):
    """An MT940 of one statement; lines are (yymmdd, signed amount with a comma, text)."""
    body = ""
    for date, amount, text in lines:
        mark, plain = ("D", amount[1:]) if amount.startswith("-") else ("C", amount)
        coded = f"/TRTP/SEPA OVERBOEKING/IBAN/{OTHER}/BIC/ABNANL2A/NAME/Jansen/REMI/{text}/EREF/E"
        body += f":61:{date}{date[2:]}{mark}{plain}NTRFNONREF//B1\r\n:86:{coded}\r\n"
    return (
        f":20:X\r\n:25:{account}\r\n:28C:1\r\n:60F:C{day}EUR{opening}\r\n{body}"
        f":62F:C{day}EUR{closing}\r\n-\r\n"
    ).encode()
