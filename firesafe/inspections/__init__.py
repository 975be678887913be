"""A visit, from opening to closing: answers, photographs, signatures, score."""
