"""The numbered papers: number, snapshot, PDF, withdrawal, public check."""
