"""`python -m i18n.check`: fails when a text in the code is not said in every language; `--update` rewrites them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from i18n.languages import COMPLETE
from i18n.loader import DOMAIN, catalog_file, read_catalog

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("kiosk", "boxoffice", "shared")
# The translator's methods: which argument is the text, the plural, the context.
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
COMMENTS = ("Translators:",)


def extracted(root: Path = ROOT) -> Catalog:
    """Every text that the code says, with its places and the comments for translators."""
    catalog = Catalog(domain=DOMAIN, project="Shanmen", fuzzy=False)
    for package in PACKAGES:
        found = extract_from_dir(
            root / package, [("**.py", "python")], None, KEYWORDS, COMMENTS, strip_comment_tags=True
        )
        for name, line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
            catalog.add(message, None, [(f"{package}/{name}", line)], auto_comments=comments, context=context)
    return catalog


def complaints(source: Catalog, language: str) -> Iterator[str]:
    """What is missing, fuzzy, unused or loses a field such as `{count}` in one language."""
    translated = read_catalog(language)
    for message in source:
        if not message.id:
            continue
        found = translated.get(_key(message), message.context)
        if found is None or not _said(found, translated.num_plurals):
            yield f"{language}: missing: {_key(message)!r}"
        elif found.fuzzy:
            yield f"{language}: fuzzy: {_key(message)!r}"
        elif not _fields_kept(found):
            yield f"{language}: a field is lost: {_key(message)!r}"
    for message in translated:
        if message.id and source.get(_key(message), message.context) is None:
            yield f"{language}: unused: {_key(message)!r}"


def update(source: Catalog, language: str) -> None:
    """Writes the language's file anew: new texts empty, unused ones gone, everything else as it was."""
    translated = read_catalog(language)
    header = _header(translated)
    fresh = read_po(BytesIO(header), locale=translated.locale, domain=DOMAIN)
    for message in source:
        if message.id:
            known = translated.get(_key(message), message.context)
            fresh.add(
                message.id,
                known.string if known else None,
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    body = BytesIO()
    write_po(body, fresh, width=118, omit_header=True, sort_by_file=True, include_lineno=False)
    Path(str(catalog_file(language))).write_bytes(header + body.getvalue())


def _header(catalog: Catalog) -> bytes:
    """What a catalogue must say of itself, and no dates: a file changes only when a text does."""
    plurals = f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};"
    lines = ("Content-Type: text/plain; charset=utf-8", f"Language: {catalog.locale}", f"Plural-Forms: {plurals}")
    return ('msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n").encode()


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _said(message: Message, plurals: int) -> bool:
    if isinstance(message.id, tuple | list):
        return isinstance(message.string, tuple | list) and len(message.string) == plurals and all(message.string)
    return bool(message.string)


def _fields_kept(message: Message) -> bool:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    fields = {field for text in ids for field in _fields(str(text))}
    return all(_fields(str(text)) <= fields and (len(ids) > 1 or _fields(str(text)) == fields) for text in texts)


def _fields(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def main() -> int:
    """0 when every language says everything."""
    parser = argparse.ArgumentParser(prog="i18n.check", description=__doc__)
    parser.add_argument("--update", action="store_true", help="rewrite the catalogues from the code first")
    source = extracted()
    if parser.parse_args().update:
        for language in COMPLETE:
            update(source, language)
    found = [complaint for language in COMPLETE for complaint in complaints(source, language)]
    sys.stdout.write("".join(f"{complaint}\n" for complaint in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
