"""Catalogues of the visitor's languages and their loader."""
