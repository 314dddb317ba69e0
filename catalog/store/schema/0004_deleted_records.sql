-- The deleted records in the order of their change: providers of lists tell every one of them, also in lists of
-- few records, and would else look through all that are not deleted.
CREATE INDEX record_deleted ON record(revision) WHERE deleted;
