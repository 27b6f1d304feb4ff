"""Interest for late payment and flat sums: functions of principal, rates and days (design 4.6)."""
