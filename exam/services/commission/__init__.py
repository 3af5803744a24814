"""The commission: its people, meetings, cases, votes and what follows a decision."""
