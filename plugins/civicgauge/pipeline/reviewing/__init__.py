"""What people judge, with the lake and the warehouse at hand: editions, decisions, attestations, and the audit."""
