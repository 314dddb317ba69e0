"""Judged collections: documents, questions, and who found what relevant."""
