"""One sentence each, up and down."""
