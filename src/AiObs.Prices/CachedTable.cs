namespace AiObs.Prices;

/// <summary>A price table as it was kept.</summary>
/// <param name="Bytes">The table.</param>
/// <param name="Notes">What was noted of it.</param>
internal sealed record CachedTable(byte[] Bytes, CacheNotes Notes);
