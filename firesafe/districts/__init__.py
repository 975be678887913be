"""Counties and functional zones as data; towns and communities kept by the county."""
