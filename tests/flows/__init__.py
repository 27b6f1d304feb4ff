"""What the flows do with Prefect's runs, on the real stack."""
