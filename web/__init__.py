"""THE DOORS: who may reach the Prefect server, what they may do there, and in whose name.

The desk stands before Prefect's own UI and API. It lets in people of this house (a session given by a one-time link)
and our own processes (the service credential), nobody else, and refuses whatever it does not know.
"""
