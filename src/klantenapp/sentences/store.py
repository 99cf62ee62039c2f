"""Sentences about the file: opening it, writing in it, its history and its backups."""

from __future__ import annotations

from klantenapp.i18n import N_
from klantenapp.services.errors import store

SENTENCES: dict[type[Exception], str] = {
    store.FileMissing: N_(
        "There is no file {path}. Choose another one, or make a new administration."
    ),
    store.FileExists: N_("{path} exists already. Choose another name, or open that file."),
    store.ForeignFile: N_(
        "{path} is not an administration of Klantenapp. It was left as it is; choose another file."
    ),
    store.NewerFile: N_(
        "{path} was made by a newer Klantenapp and was left as it is. Update the program first."
    ),
    store.InUse: N_("{path} is open in another window. Go on there, or close it first."),
    store.ReadOnly: N_(
        "{path} can be read but not changed. Make it writable, or copy it to a folder of your own."
    ),
    store.FolderNotWritable: N_("Nothing can be saved in {path}. Choose another folder."),
    store.DiskFull: N_(
        "The disk is full, so nothing was changed. Make room on the disk of {path} and try again."
    ),
    store.Busy: N_("Another program is working in {path}. Wait a moment and try again."),
    store.DiskError: N_(
        "The disk of “{path}” gives an error. Look whether your last change is there, and make a"
        " backup on another disk."
    ),
    store.Damaged: N_(
        "{path} is damaged. Keep it, and restore the newest backup under another name."
    ),
    store.SchemaDiffers: N_(
        "{path} was changed from outside ({names}). Keep it, and restore the newest backup under"
        " another name."
    ),
    store.Frozen: N_(
        "What is final or booked cannot be changed. Make a credit note or book the opposite."
    ),
    store.SettlementExceeds: N_(
        "This is more than is still open. Choose an amount up to what is open."
    ),
    store.AlreadyDone: N_("This was done before, so it was not done again. Nothing is lost."),
    store.NothingToUndo: N_("There is nothing to undo."),
    store.NotReversible: N_("This cannot be undone. Correct it with a new entry instead."),
    store.UndoConflict: N_(
        "This cannot be undone, because it was changed since by “{operation}”. Undo that first."
    ),
    store.ImportUndone: N_("The import of “{file_name}” was undone before."),
    store.ImportInUse: N_(
        "The import of “{file_name}” cannot be undone, because what came in is used by: {used_by}."
        " Remove that first, or correct it by hand."
    ),
    store.BackupFailed: N_(
        "The backup in {path} failed ({reason}). Earlier backups are untouched; choose another"
        " folder or disk."
    ),
    store.MigrationFailed: N_(
        "{path} could not be brought to this version and is as it was. A copy stands in {backup}."
        " Go on with the earlier version of the program, and report this."
    ),
}

OPERATIONS: dict[str, str] = {
    "history.undo": N_("Undo"),
    "import.undo": N_("Undo import"),
    "setting.change": N_("Change setting"),
}
