"""Search engines side by side: each indexes the same tokens and answers the same queries, in its own process.

`worker.py` and the engines but `ours` need nothing of peerlit, so that one may run in another Python.
"""
