"""The case of a factory (一厂一档) as one file: papers, photographs, data, and checksums."""
