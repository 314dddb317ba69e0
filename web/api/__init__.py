"""The catalogue as JSON: the same searches and the same counts as the pages."""
