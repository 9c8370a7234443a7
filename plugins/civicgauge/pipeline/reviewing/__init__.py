"""What people judge, with the lake and the warehouse: each act in one transaction with its row in the audit."""
