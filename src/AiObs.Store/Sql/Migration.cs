namespace AiObs.Store.Sql;

/// <summary>One step from a version of the schema of a part to the next.</summary>
/// <param name="Version">The version that it leads to.</param>
/// <param name="Sql">What it runs.</param>
internal sealed record Migration(int Version, string Sql);
