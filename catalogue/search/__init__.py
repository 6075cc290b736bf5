"""Finding works by words: domain rules of Indonesian and English, over PostgreSQL's `simple` text search."""
