"""What the project is made of that others wrote: packages with their licences, files with their origin, one bill for all."""
