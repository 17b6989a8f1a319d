"""The list archive: mail of discussion lists, imported and received; read, searched, linked, forgotten."""
