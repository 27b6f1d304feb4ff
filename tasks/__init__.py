"""THE HANDS: one outside effect per module (e-mail, SMS, files in), and the words they carry.

Plain async functions over values; whether and when something leaves is decided elsewhere. One call is one attempt.
"""
