"""The characters that show nothing: blanks, controls, and marks that need a letter to stand on."""
import unicodedata

LAST = 0x10FFFF
# These are letters or symbols in Unicode, but nobody can see them.
UNSEEN = {0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC, 0x1D159}
# Default_Ignorable_Code_Point, as far as the category does not say it, and what is no character.
IGNORED = [(0x2060, 0x206F), (0xFDD0, 0xFDEF), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF)]
# Characters of other categories that look like a blank where a text begins or ends.
BLANKS = {
    0xAD,
    0x115F,
    0x1160,
    0x180E,
    0x200B,
    *range(0x2060, 0x2065),
    0x2800,
    0x3164,
    0xFEFF,
    0xFFA0,
}


def is_silent(point):
    """Whether a text of such characters says nothing. None: Unicode does not know the character."""
    if point in UNSEEN or point & 0xFFFE == 0xFFFE:  # the last two of a plane are no characters
        return True
    if any(first <= point <= last for first, last in IGNORED):
        return True
    kind = unicodedata.category(chr(point))
    return None if kind == "Cn" else kind[0] in "CMZ"


def is_blank(point):
    return point in BLANKS or unicodedata.category(chr(point))[0] == "Z"


def ranges(belongs):
    """The first and last character of each range that belongs. None belongs to what is around."""
    first = last = None
    for point in range(1, LAST + 1):
        here = belongs(point)
        if here:
            first, last = point if first is None else first, point
        elif here is False and first is not None:
            yield first, last
            first = None
    if first is not None:
        yield first, last


def bracket():
    """The inside of PostgreSQL's bracket expression of all silent characters."""
    return "".join(
        rf"\U{first:08x}-\U{last:08x}" if last > 0xFFFF else rf"\u{first:04x}-\u{last:04x}"
        for first, last in ranges(is_silent)
    )
