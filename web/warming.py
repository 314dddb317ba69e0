"""What the first reader would else wait for."""

from index.fields import FACETS
from web.asked import Search
from web.searching import find
from web.shelf import Shelf
from web.site import Site


def warm_up(shelf: Shelf, site: Site) -> None:
    """Search for everything with all facets, however long that takes: what is made once is made then."""
    with shelf.visit(limited=False) as visit:
        find(Search(), visit, site, facets=FACETS, most_values=1)
        visit.engine.vocabulary()  # what a misspelt word is compared with
