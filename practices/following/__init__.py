"""Following a selection of the directory, or a city, by e-mail."""
