"""One record of the open data: its own fields, its page, and the licence of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aigaq.pages import addresses, data_format

if TYPE_CHECKING:
    from aigaq.archive.public import PublicArchive, Site, Text


def kinds(archive: PublicArchive) -> dict[str, str]:
    """The kind of every record by id, a key of `data_format.RECORDS`."""
    return {
        record_id: kind
        for kind, (_, place) in data_format.RECORDS.items()
        for record_id in getattr(archive, place)
    }


def of(archive: PublicArchive, kind: str, record_id: str) -> dict[str, Any]:
    """A record as JSON has it."""
    record = getattr(archive, data_format.RECORDS[kind][1])[record_id]
    made: dict[str, Any] = {"record": kind, "page": page(archive, kind, record_id)}
    if kind == "text":
        tongues = [v.lang for v in record.versions if v.lang in archive.site.languages]
        made["pages"] = {
            lang: _address(archive.site, "text", record_id, lang) for lang in tongues
        }
        made |= {"licence": terms} if (terms := licence(record, archive.site)) else {}
    return {**made, **data_format.value(record)}


def page(archive: PublicArchive, kind: str, record_id: str) -> str:
    """The address of a record's page; its path where the site has no address.

    That of a text in the language of its original, where every paragraph is; of any other
    record in the first language of the site.
    """
    site = archive.site
    if kind == "text":
        return _address(site, kind, record_id, archive.texts[record_id].lang)
    if kind == "group":
        holder = archive.people.get(archive.groups[record_id].of)
        if holder and holder.protect == "open":
            return f"{_address(site, 'person', holder.id)}#{record_id}"
    return _address(site, kind, record_id)


def _address(site: Site, kind: str, record_id: str, lang: str = "") -> str:
    tree = lang if lang in site.languages else site.languages[0]
    return site.address + addresses.of_record(kind, record_id, tree)


def licence(text: Text, site: Site) -> str:
    """The licence of the words of a text, where they are the archive's own."""
    is_own = text.original is None or text.original.rights == "own"
    return site.licence_text if is_own else ""
