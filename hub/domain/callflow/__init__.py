"""What a call does next: a line's plan, what happens and what to do (steps), and the machine between the two."""
