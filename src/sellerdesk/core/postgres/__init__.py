"""PostgreSQL with a second wall between shops: the role that connections take on, and the policies it lives under."""
