"""Filling the catalogue from a spreadsheet, in four steps that know little of each other.

Reading (`source`, `workbook`, `delimited`, `sheet`) turns a file into rows;
understanding (`columns`, `fields`, `values`, `money`, `measures`, `rows`) turns
rows into entries; `works` and `words` find what they mean in the catalogue;
`makers`, `product`, `variants`, `photos` and `publication` write. `run` leads.
"""
