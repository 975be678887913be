"""A plainly fictional county, made by the same actions as people use."""
