"""What people judge, with its reading and writing: each act in one transaction with its row in the audit."""
