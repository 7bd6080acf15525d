"""Bills of materials (物料清单): what a unit of a product is made of."""
