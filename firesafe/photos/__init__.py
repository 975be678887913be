"""Pictures: taking in, checking, turning upright, shrinking, keeping, giving out.

A photograph is known by the SHA-256 of the bytes it came as. It is *received* once those
bytes lie safely in the store, and *readable* once a job has decoded them whole and made
the sizes that are shown and printed. What a picture shows is no business of this room.
"""
