"""Work that outlives a request: a table that is the truth, and a worker that takes leases on it."""
