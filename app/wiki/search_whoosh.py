"""Import Whoosh quietly: its sources, kept as they are since 2016, warn on newer Pythons when they are compiled."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import columns, fields, index, writing  # type: ignore[import-untyped]
    from whoosh.codec import whoosh3  # type: ignore[import-untyped]
    from whoosh.filedb import filestore, filetables, structfile  # type: ignore[import-untyped]
    from whoosh.support import levenshtein  # type: ignore[import-untyped]

__all__ = ["columns", "fields", "filestore", "filetables", "index", "levenshtein", "structfile", "whoosh3", "writing"]
