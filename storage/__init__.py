"""THE MEMORY: tables, repositories, migrations. Rows and sessions never leave this room; frozen values do."""
