"""The label engine (标签): a template in millimetres and the data of an item become marks in whole printer dots."""
