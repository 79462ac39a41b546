"""A thin typed layer over aiohttp: annotations become validation, problems and the OpenAPI document."""
