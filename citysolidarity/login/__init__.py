"""The login of the desk: a password, then a second factor. Nobody is logged in before both."""
