"""OAI-PMH 2.0: reading answers, walking lists."""
