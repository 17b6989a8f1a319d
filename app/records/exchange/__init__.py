"""Records in and out: tables (CSV, XLSX), maps (GeoJSON, GoGoCarto), other programs (JSON, JSON-LD, vCard)."""
