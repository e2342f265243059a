"""Any selection of practices as a file, written while it is read: the memory it takes does not grow with the list."""
