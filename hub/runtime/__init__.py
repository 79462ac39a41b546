"""What runs as long as the program does: loops and no rules."""
