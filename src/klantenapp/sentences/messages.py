"""Sentences about contact with customers: the timeline, templates, mail and attachments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantenapp.i18n import N_
from klantenapp.services.errors import mail, messages

if TYPE_CHECKING:
    from klantenapp.services.errors.base import Refusal

SENTENCES: dict[type[Refusal], str] = {
    messages.EmptyText: N_("There is no text yet. Write what was said or is to be remembered."),
    messages.TextTooLong: N_(
        "The text has {length} characters, and {limit} fit. Shorten it, or add a file."
    ),
    messages.FollowUpTooEarly: N_(
        "{day} lies before the contact itself. Choose a later day to come back to it."
    ),
    messages.OtherCustomersDocument: N_(
        "{number} is another customer's. Choose an invoice of this customer."
    ),
    messages.NotEditable: N_(
        "What was sent or received stays as it was. Add a note to say more about it."
    ),
    messages.MailOnItsWay: N_(
        "This mail is still in the outbox. Stop it there first, then remove it."
    ),
    messages.MailKnown: N_("The mail “{subject}” is in the administration already."),
    messages.PlaceholderUnknown: N_(
        "The text names {{{name}}}, which does not exist. You can use: {known}."
    ),
    messages.PlaceholderEmpty: N_(
        "Nothing is known for {{{name}}}. Fill it in, or take it out of the text."
    ),
    messages.SubjectHasLineBreak: N_("A subject is one line. Take out the line break."),
    mail.AddressMissing: N_("Nobody gets this mail yet. Choose a contact or type an address."),
    mail.AddressMalformed: N_(
        "“{text}” is not a mail address. Check it, for example name@company.nl."
    ),
    mail.AddressLineBreak: N_(
        "There is a line break or another invisible sign in it. Type it again on one line."
    ),
    mail.SeveralAddresses: N_("“{text}” is more than one address. Add them one by one."),
    mail.SubjectMissing: N_("There is no subject yet. Say in a few words what it is about."),
    mail.BodyMissing: N_("There is no text yet. Write what you want to say."),
    mail.AttachmentsTooLarge: N_(
        "The files are {megabytes} MB together, and your provider takes {limit} MB. Leave some"
        " out, or send them apart."
    ),
    mail.NoAccount: N_(
        "No mail account is set up yet, so the mail waits in the outbox. Set it up under Settings,"
        " E-mail."
    ),
    mail.HostMalformed: N_(
        "“{text}” is not the name of a mail server. Copy it from your provider's help page."
    ),
    mail.PortOutOfRange: N_("A port lies between 1 and 65535; usual are 465 and 587."),
    mail.CertificateUnreadable: N_(
        "This file is not a certificate. Choose the .pem or .crt file that your mail program"
        " exported."
    ),
    mail.PasswordMissing: N_(
        "The password for {user} is not known. Type it, and the waiting mail goes."
    ),
    mail.Offline: N_("There is no internet. The mail waits and goes by itself."),
    mail.ServerUnknown: N_(
        "The mail server {host} cannot be found. Check the internet connection and the name under"
        " Settings, E-mail. The mail waits."
    ),
    mail.ServerRefused: N_(
        "{host} does not answer on port {port}. Check the port under Settings, E-mail; 465 and 587"
        " are usual. The mail waits."
    ),
    mail.ServerSilent: N_(
        "{host} did not answer within {seconds} seconds. Nothing was sent; it is tried again."
    ),
    mail.ConnectionLost: N_(
        "{host} broke the connection before the mail was handed over. Nothing was sent; it is"
        " tried again."
    ),
    mail.NotAMailServer: N_(
        "What answers at {host}, port {port}, is not a mail server. Check both under Settings,"
        " E-mail."
    ),
    mail.TlsMissing: N_(
        "{host} offers no encryption here, so nothing was sent. Choose port 465 or 587 under"
        " Settings, E-mail."
    ),
    mail.TlsFailed: N_(
        "No encrypted connection with {host} on port {port}. Port 465 goes with TLS, port 587 with"
        " STARTTLS; choose the other one under Settings, E-mail."
    ),
    mail.CertificateOfAnother: N_(
        "The certificate of {host} is made out to another name, so nothing was sent. Use the name"
        " of the mail server that your provider gives."
    ),
    mail.CertificateExpired: N_(
        "The certificate of {host} is not valid today, so nothing was sent. Check the date of this"
        " computer, or ask your provider."
    ),
    mail.CertificateUntrusted: N_(
        "Nobody vouches for the certificate of {host}, so nothing was sent. Check the name of the"
        " server. For a server on this computer, choose its certificate under Settings, E-mail."
    ),
    mail.PasswordWrong: N_(
        "{host} does not accept the password of {user}. Type it again under Settings, E-mail."
    ),
    mail.AppPasswordNeeded: N_(
        "{provider} does not accept your normal password here. Make an app password in the"
        " security settings of your account, and type that under Settings, E-mail."
    ),
    mail.BasicSignInOff: N_(
        "{host} no longer accepts passwords from programs (5.7.30). Ask your administrator to"
        " allow authenticated SMTP, choose another provider, or use “Open in mail program”."
    ),
    mail.SignInImpossible: N_(
        "{host} offers no way to sign in on this port. Check server and port under Settings,"
        " E-mail."
    ),
    mail.SenderRefused: N_(
        "The server does not send in the name of {address}: {reply}. Use the address that belongs"
        " to your account, under Settings, E-mail."
    ),
    mail.RecipientRefused: N_(
        "The server does not accept {address}: {reply}. Nobody got the mail. Correct the address"
        " and send it again."
    ),
    mail.MailRefused: N_("The server refused the mail: {reply}. Change it and send it again."),
    mail.TriedTooEarly: N_("The server asks to try later: {reply}. That is done by itself."),
    mail.MailTooLargeForServer: N_(
        "The mail is {megabytes} MB, and the server takes {limit} MB. Leave out files and send it"
        " again."
    ),
    mail.PerhapsSent: N_(
        "{host} broke the connection before it confirmed the mail. Perhaps it arrived. Ask the"
        " customer or look in your sent mail, then choose whether to send it again."
    ),
    mail.StoppedWhileSending: N_(
        "The program ended while this mail was being sent. Perhaps it arrived. Ask the customer or"
        " look in your sent mail, then choose whether to send it again."
    ),
    mail.MailNotWaiting: N_(
        "This mail was sent, stopped or changed meanwhile. Look in the outbox how it stands."
    ),
    mail.SentAlready: N_("Too late to stop: the mail is on its way."),
    mail.SendingElsewhere: N_(
        "Another window or command is sending the outbox now. Wait until it is done."
    ),
    mail.SenderMissing: N_(
        "Your own mail address is not known. Fill it in under Settings, E-mail."
    ),
    messages.NothingInFile: N_(
        "“{name}” is empty. If it is in a cloud folder, open it there first so that it is"
        " downloaded."
    ),
    messages.FileTooBig: N_(
        "“{name}” is {megabytes} MB, and {limit} MB fit in the administration. Make it smaller, or"
        " keep it elsewhere and note where."
    ),
    messages.NotOpened: N_(
        "“{name}” can be a program, so it is not opened here. Save it, and open it only if you"
        " trust who made it."
    ),
}

NOT_FOUND: dict[str, str] = {
    "message": N_("This message is no longer there. Refresh the timeline."),
    "file": N_("This file is no longer there."),
}

OPERATIONS: dict[str, str] = {
    "note.add": N_("Add note"),
    "call.add": N_("Record call"),
    "meeting.add": N_("Record meeting"),
    "letter.add": N_("Record letter"),
    "note.change": N_("Change note"),
    "note.pin": N_("Pin note"),
    "message.remove": N_("Remove message"),
    "message.link": N_("Link message to invoice"),
    "message.assign": N_("Put message with customer"),
    "mail_account.change": N_("Change mail account"),
    "statement.mail": N_("Mail statements of account"),
    "mail.queue": N_("Send mail"),
    "mail.stop": N_("Stop mail"),
    "mail.draft": N_("Keep mail as draft"),
    "mail.discard": N_("Discard draft"),
    "mail.begin": N_("Begin sending mail"),
    "mail.finish": N_("Record outcome of sending"),
    "mail.note": N_("Record why mail waits"),
    "mail.adopt": N_("Mark mail as perhaps sent"),
    "mail.retry": N_("Send mail again"),
    "mail.confirm": N_("Mark mail as sent"),
    "mail.remove": N_("Remove mail from outbox"),
    "attachment.add": N_("Add file"),
    "attachment.rename": N_("Rename file"),
    "attachment.remove": N_("Remove file"),
    "mail.import": N_("Import mail"),
    "template.change": N_("Change template"),
    "follow_up.finish": N_("Finish follow-up"),
}
