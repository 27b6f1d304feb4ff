"""People of the house who answer in tests."""

from policies.staff import Role, Signer

MARIE = Signer("marie", Role.ADMIN)
JEAN = Signer("jean", Role.ADMIN)
