"""People who sign in: their posts, what a post allows, sessions, lockout, invitations."""
