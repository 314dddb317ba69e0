"""The SRU server: searchRetrieve, scan and explain in versions 1.1, 1.2 and 2.0.

Sources: https://www.loc.gov/standards/sru/ for 1.1 and 1.2, for 2.0 parts 3 (searchRetrieve), 6 (scan) and 7
(explain) of http://docs.oasis-open.org/search-ws/searchRetrieve/v1.0/. What is answered is made by pure
functions of parameters, catalogue and index; `endpoint` alone knows of HTTP.
"""

from web.sru.endpoint import routes

__all__ = ["routes"]
