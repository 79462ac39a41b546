"""JSON for our own screens and for integrators."""
