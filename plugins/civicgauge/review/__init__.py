"""What people judge, as rules without I/O: editions, decisions, attestations. What they say stands beside what was
measured, and changes none of it."""
