"""Files of records, whatever their format and packing, cut into raw records."""
