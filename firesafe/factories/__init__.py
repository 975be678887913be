"""The register of the premises that are inspected."""
