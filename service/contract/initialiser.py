"""Values as C initialisers."""
import hashlib
import re

C = type("C", (str,), {"__doc__": "A piece of C, copied unchanged."})


def c(value):
    """A value as a C initialiser. A tuple sets members in order, a dict those that are not 0."""
    if isinstance(value, tuple):
        return f"{{{', '.join(map(c, value))}}}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'.{key} = {c(item)}' for key, item in value.items() if item)}}}"
    if value is None or isinstance(value, (bool, int, C)):
        return (
            "NULL"
            if value is None
            else str(value).lower()
            if isinstance(value, bool)
            else str(value)
        )
    escape = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "?": "\\?"}
    lines = [
        "".join(escape.get(char, char) for char in line)
        for line in re.findall(r"[^\n]{1,4000}\n?|\n", value)
    ]
    return "\n\t".join(f'"{line}"' for line in lines) or '""'


def c_list(type_name, items):
    return C(f"(const {type_name}[]){{\n\t{', '.join(map(c, items))}}}") if items else None


def c_document(name, text):
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'
    return f"const struct document contract_{name} = {c((text, len(text.encode()), etag))};\n"
