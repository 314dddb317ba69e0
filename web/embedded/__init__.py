"""A record within a page, for what reads pages: reference managers, link resolvers, search engines.

Zotero takes what it finds first: unAPI (a whole RIS record), COinS, then the `citation_*` tags; it reads no
JSON-LD. Priorities 300, 310 and 320 of https://github.com/zotero/translators: one item is imported once.
"""
