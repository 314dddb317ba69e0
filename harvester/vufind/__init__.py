"""VuFind: its REST API, and the export of single records."""
