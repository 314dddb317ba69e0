"""What programs come back for: news of a search as Atom, how to search, all addresses as a sitemap."""
