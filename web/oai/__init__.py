"""The catalogue as an OAI-PMH 2.0 repository: https://www.openarchives.org/OAI/openarchivesprotocol.html.

**Dates.** A record's datestamp is when it last changed as it is served, and dates never go down from one
change to the next. Lists are in the order of changes, so what changes while somebody harvests moves to the
end of the list and is sent again; with `until` it drops out and is the next harvest's. A change is seen by
others a moment after it was dated. So `responseDate` lies `SETTLING` seconds back, and a request up to a
second that is not over, or not over for so long, is answered when it is: what was once answered never gets
another record with a date before it, whether the next harvest begins at the `responseDate`, or behind the
`until`, of the last.

**Sets** are the sources, the classes of the Library of Congress Classification and the saved searches. A
header names all sets a record is in, those above a class too. A record that is gone stays in all the sets of
sources and classes that it ever was in, so that whoever has it learns of it. Which searches ever found it
nobody knows, so it is told in all of them: a deletion of what one never had is passed over, one that is not
told leaves a record standing for ever. A record that leaves a set and is still there is not told as deleted
in that set: the protocol knows only records that are deleted everywhere, and harvesters of several sets would
lose it. Its datestamp changes, and the headers say in what sets it is; the definition of a saved search,
however, is no part of its records, and after it was changed its set is to be harvested anew.

While the index lags behind the catalogue, the `responseDate` of a list by saved search is that of the first
change that is not in the index yet, so that the next harvest begins there.

**Tokens** hold all that is to be known of a list; no server keeps anything. `completeListSize` is the number
of records in the list, and `cursor` that of those before the page. When the catalogue has changed both are
counted again: a record that was sent and changed since is then one of those to come, so that at the end both
agree. Of sets the size is told where it is known without walking the list, and left out when the catalogue
has changed.

**Formats.** A record without a form in some format is left out of lists in it. One that had a form before it
changed is told as deleted in that format.
"""
