"""The words of the field and UNHCR's codes, each in two sentences with its source."""

from data.glossary.lookup import Entry, Glossary

__all__ = ["Entry", "Glossary"]
