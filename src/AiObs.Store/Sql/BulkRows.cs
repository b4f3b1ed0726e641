namespace AiObs.Store.Sql;

/// <summary>Rows for a table.</summary>
/// <param name="Table">Where, and what becomes of a row whose key there is already.</param>
/// <param name="Values">The values of each, in the order of the columns; none with the key of another.</param>
internal sealed record BulkRows(BulkTable Table, IReadOnlyList<object?[]> Values);
