"""What the hub talks about and how it decides. Pure: standard library only, no clock, no log, no await."""
