"""What screening tools and reference managers take: the format that loses least, and its settings."""

from typing import Final, NamedTuple

from catalog.errors import UsageFault
from catalog.export import Options


class Limit(NamedTuple):
    """How much of an import a tool takes as one file; None where it sets no bound."""

    records: int | None = None
    megabytes: int | None = None


class Preset(NamedTuple):
    """One tool: the formats it takes, the best first, and what is set for it.

    `settings` are fields of Options. `source` is the address of what the tool says about its imports.
    """

    name: str
    label: str
    formats: tuple[str, ...]
    settings: Options
    limit: Limit
    source: str


_USUAL: Final = Options(url="always", split_names=True)

PRESETS: Final = {
    preset.name: preset
    for preset in (
        Preset(
            "rayyan",
            "Rayyan",
            ("ris", "nbib"),
            _USUAL,
            Limit(megabytes=100),
            "https://help.rayyan.ai/hc/en-us/articles/17216953358353-How-to-Import-References-into-Rayyan",
        ),
        Preset(
            "covidence",
            "Covidence",
            ("ris", "endnote-xml", "nbib"),
            _USUAL._replace(batch_as="note"),
            Limit(records=15_000, megabytes=50),
            "https://libguides.rutgers.edu/covidence/import",
        ),
        # From RIS ASReview 3 reads no address, from csv all it has a use for; other columns it hands back.
        Preset(
            "asreview",
            "ASReview",
            ("csv", "ris"),
            _USUAL._replace(
                fields=("title", "abstract", "authors", "year", "journal", "keywords", "doi", "url", "key")
            ),
            Limit(),
            "https://asreview.readthedocs.io/en/latest/lab/data_format.html",
        ),
        Preset(
            "endnote",
            "EndNote",
            ("endnote-xml", "ris", "nbib"),
            _USUAL,
            Limit(),
            "https://docs.endnote.com",
        ),
        # Of BibLaTeX Zotero leaves whole entries out (@dataset, @periodical), of CSL-JSON the keywords.
        Preset(
            "zotero",
            "Zotero",
            ("ris", "csl-json", "endnote-xml", "biblatex", "bibtex", "nbib"),
            _USUAL,
            Limit(),
            "https://www.zotero.org/support/kb/importing_standardized_formats",
        ),
    )
}
"""Every tool by its name."""


def chosen(preset: Preset, form: str | None, options: Options) -> tuple[str, Options]:
    """Return the format and the options for a tool; columns and addresses stay as they were asked for.

    Raises UsageFault on a format the tool does not take.
    """
    if form is not None and form not in preset.formats:
        raise UsageFault(f"{preset.label} does not take {form}", hint=f"it takes {', '.join(preset.formats)}")
    settings = preset.settings
    return form or preset.formats[0], options._replace(
        url=settings.url if options.url == "fallback" else options.url,
        fields=options.fields or settings.fields,
        batch_as=settings.batch_as,
        split_names=settings.split_names,
    )
