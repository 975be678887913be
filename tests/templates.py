"""Templates are compiled once: it took each service under test half a second to do it again."""

from flask import Flask
from jinja2 import FileSystemBytecodeCache


def keep_compiled_templates() -> None:
    """Let every service that is put together take what another has compiled, unless it changed.

    Jinja knows by a checksum of a template whether it did.
    """
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache()}
