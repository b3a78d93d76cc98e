"""Translations of texts by way of catalogues, as programs for translators read them."""
