"""Django's PostgreSQL, asked with patience that ends (``base``), by deadlines for each kind of process (``deadlines``)."""
