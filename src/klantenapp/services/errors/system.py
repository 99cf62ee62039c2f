"""What the operating system says about a file, in words that are translated."""

from __future__ import annotations

import errno
from typing import Final

from klantenapp.i18n import N_
from klantenapp.services.errors.base import Word

_WORDS: Final = {
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("it is not there"),
    errno.EACCES: N_("you are not allowed to"),
    errno.EPERM: N_("you are not allowed to"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk does not answer as it should"),
}


def reason(problem: OSError) -> Word:
    """Why a file cannot be used; what has no words here is told in those of the system."""
    return Word(_WORDS.get(problem.errno or 0, problem.strerror or type(problem).__name__))
